package io.github.offlinestate.spi;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a backend that asks reports of a source that answers, changes, throws, hangs and comes back. */
class PollingBackendTest {
    private static final Duration INTERVAL = Duration.ofSeconds(8);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final EngineSettings engine = EngineSettings.DEFAULT.withTime(time).withCloseLimit(CLOSE_LIMIT);
    private final PollingSettings polling =
            PollingSettings.DEFAULT.withInterval(INTERVAL).withMisses(2).withLongestPause(INTERVAL.multipliedBy(4));
    private final Reports reports = new Reports();
    private final Source source = new Source();
    private PollingBackend opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
        assertThat(pollThreads()).isEmpty();
    }

    private PollingBackend open(PolledSource source, PollingSettings polling) {
        opened = PollingBackend.open("work", reports, engine, polling, source);
        return opened;
    }

    private PollingBackend open() {
        return open(source, polling);
    }

    private static List<Thread> pollThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("offline-state-poll "))
                .toList();
    }

    @Test
    void it_knows_the_state_when_it_is_open_and_reports_nothing() {
        source.answer = ONLINE;
        PollingBackend backend = open();
        assertThat(backend.currentState()).isEqualTo(ONLINE);
        assertThat(backend.capabilities()).isEqualTo(Capabilities.BOTH);
        assertThat(reports.told).isEmpty();
    }

    @Test
    void it_reports_what_is_new_at_each_interval_and_nothing_else() {
        PollingBackend backend = open();
        time.advance(INTERVAL.multipliedBy(3));
        source.answer = ONLINE;
        time.advance(INTERVAL.minusMillis(1));
        assertThat(reports.told).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(reports.told).containsExactly("changed ONLINE");
        assertThat(backend.currentState()).isEqualTo(ONLINE);
        time.advance(INTERVAL.multipliedBy(3));
        source.answer = OFFLINE;
        time.advance(INTERVAL);
        assertThat(reports.told).containsExactly("changed ONLINE", "changed OFFLINE");
        assertThat(source.polls).hasValue(9);
    }

    @Test
    void it_asks_on_one_daemon_thread_of_its_own_that_has_a_name() {
        open();
        time.advance(INTERVAL);
        assertThat(source.threads).hasSize(2).containsOnly(pollThreads().get(0));
        assertThat(pollThreads()).singleElement().satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("offline-state-poll work");
        });
    }

    @Test
    void BACKEND_4_one_miss_is_none_and_the_last_of_several_is_the_cause_of_the_loss() {
        PollingBackend backend = open();
        source.failure = new IOException("first");
        time.advance(INTERVAL);
        source.failure = null;
        time.advance(INTERVAL);
        source.failure = new IOException("second");
        time.advance(INTERVAL);
        assertThat(reports.told).isEmpty();
        source.failure = new StackOverflowError("third");
        time.advance(INTERVAL);
        assertThat(reports.told).containsExactly("lost java.lang.StackOverflowError: third");
        assertThat(backend.currentState()).isEqualTo(OFFLINE);
    }

    @Test
    void BACKEND_4_it_comes_back_in_the_state_that_the_source_is_in() {
        PollingBackend backend = open();
        source.failure = new IOException("gone");
        time.advance(INTERVAL.multipliedBy(2));
        source.failure = null;
        source.answer = ONLINE;
        time.advance(INTERVAL);
        assertThat(reports.told).containsExactly("lost java.io.IOException: gone", "restored ONLINE");
        assertThat(backend.currentState()).isEqualTo(ONLINE);
        source.answer = OFFLINE;
        time.advance(INTERVAL);
        assertThat(reports.told).last().isEqualTo("changed OFFLINE");
    }

    @Test
    void LOST_5_while_the_source_is_lost_the_pauses_grow_and_begin_anew_each_time() {
        open();
        source.failure = new IOException("gone");
        time.advance(INTERVAL.multipliedBy(2));
        assertThat(source.polls).hasValue(3);
        time.advance(INTERVAL);
        assertThat(source.polls).hasValue(4);
        time.advance(INTERVAL);
        assertThat(source.polls).hasValue(4);
        time.advance(INTERVAL);
        assertThat(source.polls).hasValue(5);
        time.advance(INTERVAL.multipliedBy(4));
        assertThat(source.polls).hasValue(6);
        time.advance(INTERVAL.multipliedBy(40));
        assertThat(source.polls).hasValue(16);
        source.failure = null;
        time.advance(INTERVAL.multipliedBy(4));
        assertThat(source.polls).hasValue(17);
        time.advance(INTERVAL.multipliedBy(2));
        assertThat(source.polls).hasValue(19);
        source.failure = new IOException("gone again");
        time.advance(INTERVAL.multipliedBy(3));
        assertThat(source.polls).hasValue(22);
        assertThat(reports.told).hasSize(3);
    }

    @Test
    void an_interval_longer_than_the_longest_pause_stays_as_it_is() {
        open(source, polling.withLongestPause(Duration.ofMillis(1)).withMisses(1));
        source.failure = new IOException("gone");
        time.advance(INTERVAL.multipliedBy(5));
        assertThat(source.polls).hasValue(6);
    }

    @Test
    void a_null_is_no_state_and_a_miss() {
        open();
        source.answer = null;
        time.advance(INTERVAL.multipliedBy(2));
        assertThat(reports.told)
                .singleElement()
                .asString()
                .startsWith("lost java.lang.NullPointerException: poll() of ")
                .endsWith(" gave null, not a state");
    }

    @Test
    void a_question_that_hangs_is_interrupted_and_a_miss() {
        open(source, polling.withPollLimit(SOON));
        for (int miss = 1; miss <= 2; miss++) {
            source.hold = new CountDownLatch(1);
            time.advance(INTERVAL); // returns when the question has ended: it was interrupted
        }
        assertThat(reports.told)
                .containsExactly(
                        "lost java.util.concurrent.TimeoutException: the source of work has not returned for " + SOON);
        source.hold = null;
        // On a busy machine an answer may take longer than the limit; the next question is as good.
        await().untilAsserted(() -> {
            time.advance(INTERVAL.multipliedBy(4));
            assertThat(reports.told).last().isEqualTo("restored OFFLINE");
        });
    }

    @Test
    void a_question_that_hangs_on_loses_the_source_and_its_answer_brings_it_back() {
        open(source, polling.withPollLimit(SOON));
        source.stubborn = true;
        source.hold = new CountDownLatch(1);
        source.answer = ONLINE;
        opened.pollNow();
        await().untilAsserted(() -> assertThat(reports.told).hasSize(1));
        assertThat(reports.told.get(0)).startsWith("lost java.util.concurrent.TimeoutException");
        assertThat(reports.causes.get(0).getStackTrace())
                .as("where it hangs")
                .anyMatch(frame -> frame.getMethodName().equals("poll"));
        source.hold.countDown();
        time.settle();
        assertThat(reports.told).last().isEqualTo("restored ONLINE");
    }

    @Test
    void an_interrupt_does_not_reach_the_next_question() {
        open(source, polling.withPollLimit(SOON));
        source.stubborn = true; // takes the interrupt and ends with it
        source.hold = new CountDownLatch(1);
        opened.pollNow();
        await().until(() -> source.interrupts.get() > 0);
        source.hold.countDown();
        time.settle();
        source.hold = null;
        time.advance(INTERVAL);
        assertThat(source.interruptedOnEntry).hasValue(0);
    }

    @Test
    void a_hint_asks_at_once_and_moves_the_schedule() {
        open();
        time.advance(INTERVAL.dividedBy(2));
        source.answer = ONLINE;
        opened.pollNow();
        time.settle();
        assertThat(reports.told).containsExactly("changed ONLINE");
        time.advance(INTERVAL.dividedBy(2));
        assertThat(source.polls).hasValue(2);
        time.advance(INTERVAL.dividedBy(2));
        assertThat(source.polls).hasValue(3);
    }

    @Test
    void another_interval_holds_at_once() {
        open();
        opened.pollEvery(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(3));
        assertThat(source.polls).hasValue(4);
        opened.pollEvery(INTERVAL);
        time.advance(INTERVAL.minusSeconds(1));
        assertThat(source.polls).hasValue(4);
        assertThatThrownBy(() -> opened.pollEvery(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval is PT0S: it has to be longer than nothing");
    }

    @Test
    void SET_12_a_source_without_a_change_cannot_be_set() {
        assertThat(open(() -> ONLINE, polling).canSet()).isFalse();
        assertThatThrownBy(() -> opened.beginChange(OFFLINE)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void BACKEND_2_a_change_is_done_when_an_answer_says_so() {
        PollingBackend backend = open();
        assertThat(backend.canSet()).isTrue();
        CompletableFuture<Void> outcome = backend.beginChange(ONLINE).toCompletableFuture();
        time.settle();
        assertThat(outcome).isCompleted();
        assertThat(reports.told).containsExactly("changed ONLINE");
        assertThat(source.threads).containsOnly(pollThreads().get(0));
    }

    @Test
    void BACKEND_2_a_change_that_takes_its_time_is_asked_for_more_often() {
        source.ignoresChanges = true;
        CompletableFuture<Void> outcome = open().beginChange(ONLINE).toCompletableFuture();
        time.advance(INTERVAL.minusMillis(100));
        assertThat(source.polls).hasValueGreaterThan(4);
        assertThat(outcome).isNotDone();
        source.answer = ONLINE;
        time.advance(INTERVAL);
        assertThat(outcome).isCompleted();
        int asked = source.polls.get();
        time.advance(INTERVAL.multipliedBy(2));
        assertThat(source.polls).hasValue(asked + 2);
    }

    @Test
    void BACKEND_2_a_change_that_fails_fails_with_its_cause() {
        PollingBackend backend = open();
        source.changeFailure = new IOException("no");
        CompletableFuture<Void> outcome = backend.beginChange(ONLINE).toCompletableFuture();
        time.settle();
        assertThat(outcome).failsWithin(Duration.ZERO).withThrowableThat().withCause(source.changeFailure);
        source.changeFailure = null;
        outcome = backend.beginChange(ONLINE).toCompletableFuture();
        time.settle();
        assertThat(outcome).isCompleted();
    }

    @Test
    void BACKEND_2_a_change_ends_when_another_begins() {
        PollingBackend backend = open();
        source.ignoresChanges = true;
        CompletableFuture<Void> first = backend.beginChange(ONLINE).toCompletableFuture();
        time.settle();
        source.ignoresChanges = false;
        CompletableFuture<Void> second = backend.beginChange(ONLINE).toCompletableFuture();
        time.settle();
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompleted();
    }

    @Test
    void LOST_2_a_change_during_a_loss_ends_when_the_source_is_back() {
        for (ConnectionState after : ConnectionState.values()) {
            source.answer = OFFLINE;
            source.ignoresChanges = true;
            PollingBackend backend = open();
            CompletableFuture<Void> outcome = backend.beginChange(ONLINE).toCompletableFuture();
            time.settle();
            source.failure = new IOException("gone");
            time.advance(INTERVAL.multipliedBy(2));
            assertThat(reports.told).containsExactly("lost java.io.IOException: gone");
            assertThat(outcome).isNotDone();
            source.failure = null;
            source.answer = after;
            time.advance(INTERVAL.multipliedBy(4));
            assertThat(reports.told).last().isEqualTo("restored " + after);
            assertThat(outcome.isCompletedExceptionally()).isEqualTo(after == OFFLINE);
            assertThat(outcome).isDone();
            backend.close();
            reports.told.clear();
        }
    }

    @Test
    void BACKEND_6_opening_fails_as_the_first_question_does_and_leaves_nothing() {
        source.failure = new OfflineStateException(HResult.MAPI_E_NOT_FOUND, "no such file");
        assertThatThrownBy(this::open).isSameAs(source.failure);
        assertThat(source.closes).hasValue(1);
        source.failure = new IOException("refused");
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        OfflineStateException.class,
                        e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION))
                .hasMessageContaining("the source of work cannot be asked")
                .hasCause(source.failure);
        assertThat(pollThreads()).isEmpty();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void BACKEND_6_opening_does_not_wait_for_a_first_question_that_hangs() {
        source.hold = new CountDownLatch(1);
        assertThatThrownBy(() -> open(source, polling.withPollLimit(SOON)))
                .isInstanceOf(OfflineStateException.class)
                .hasMessageContaining("did not answer within " + SOON)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(pollThreads()).isEmpty();
    }

    @Test
    void opening_keeps_an_interrupt_of_the_opener_from_the_source() {
        Thread.currentThread().interrupt();
        open();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(source.interruptedOnEntry).hasValue(0);
    }

    @Test
    void SET_12_asking_it_all_the_same_is_refused() {
        source.answer = ONLINE;
        PollingBackend backend = open(source::poll, polling);
        assertThat(backend).asString().startsWith("PollingBackend[work, ");
        assertThatThrownBy(() -> backend.beginChange(OFFLINE))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("canSet()");
    }

    @Test
    void limits_may_be_for_ever() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        source.answer = ONLINE;
        opened = PollingBackend.open(
                "work", reports, engine.withCloseLimit(forEver), polling.withPollLimit(forEver), source);
        time.advance(INTERVAL);
        assertThat(opened.currentState()).isEqualTo(ONLINE);
        opened.close();
    }

    @Test
    void BACKEND_5_closing_ends_the_thread_the_schedule_and_the_source() {
        PollingBackend backend = open();
        source.ignoresChanges = true;
        CompletableFuture<Void> outcome = backend.beginChange(ONLINE).toCompletableFuture();
        time.settle();
        backend.close();
        assertThat(pollThreads()).isEmpty();
        assertThat(time.scheduled()).isZero();
        assertThat(source.closes).hasValue(1);
        assertThat(outcome).isCompletedExceptionally();
        backend.close();
        backend.pollNow();
        assertThat(backend.beginChange(ONLINE).toCompletableFuture()).isCompletedExceptionally();
        assertThat(source.closes).hasValue(1);
        assertThat(reports.told).isEmpty();
    }

    @Test
    void BACKEND_5_closing_interrupts_a_question_and_its_answer_is_not_told() throws Exception {
        PollingBackend backend = open();
        source.stubborn = true;
        source.answer = ONLINE;
        source.hold = new CountDownLatch(1);
        backend.pollNow();
        await().until(() -> source.polls.get() == 2);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(backend::close);
        await().until(() -> source.interrupts.get() > 0);
        assertThat(closing).isNotDone();
        source.hold.countDown();
        closing.get(30, TimeUnit.SECONDS);
        assertThat(pollThreads()).isEmpty();
        assertThat(source.closes).hasValue(1);
        assertThat(reports.told).isEmpty();
        time.settle();
    }

    @Test
    void closing_gives_up_a_question_that_never_ends_and_its_thread_ends_with_it() {
        source.stubborn = true;
        opened = PollingBackend.open("work", reports, engine.withCloseLimit(SOON), polling, source);
        source.hold = new CountDownLatch(1);
        opened.pollNow();
        await().until(() -> source.polls.get() == 2);
        Thread.currentThread().interrupt();
        opened.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pollThreads()).hasSize(1);
        source.hold.countDown();
        await().until(() -> pollThreads().isEmpty());
        assertThat(source.closes).hasValue(1);
    }

    @Test
    void what_the_source_throws_in_closing_ends_nothing_else() {
        source.closeFailure = new IOException("stuck");
        open().close();
        assertThat(source.closes).hasValue(1);
    }

    @Test
    void hints_from_many_threads_lose_no_change_and_repeat_none() {
        open();
        AtomicInteger wrong = new AtomicInteger();
        for (int round = 0; round < 200; round++) {
            ConnectionState state = round % 2 == 0 ? ONLINE : OFFLINE;
            source.answer = state;
            IntStream.range(0, 8).parallel().forEach(i -> opened.pollNow());
            time.settle();
            if (reports.told.size() != round + 1 || !reports.told.get(round).equals("changed " + state)) {
                wrong.incrementAndGet();
            }
        }
        assertThat(wrong).hasValue(0);
    }

    @Test
    void settings_refuse_nonsense() {
        assertThatThrownBy(() -> polling.withMisses(0)).hasMessageContaining("misses is 0");
        assertThatThrownBy(() -> polling.withInterval(Duration.ZERO)).hasMessageContaining("interval is PT0S");
        assertThatThrownBy(() -> polling.withPollLimit(Duration.ZERO)).hasMessageContaining("pollLimit is PT0S");
        assertThatThrownBy(() -> polling.withLongestPause(SOON.negated())).hasMessageContaining("longestPause is PT-");
    }

    /** A source in the test's hand. */
    private static final class Source implements PolledSource.Settable {
        final AtomicInteger polls = new AtomicInteger();
        final AtomicInteger closes = new AtomicInteger();
        final AtomicInteger interrupts = new AtomicInteger();
        final AtomicInteger interruptedOnEntry = new AtomicInteger();
        final List<Thread> threads = new CopyOnWriteArrayList<>();
        volatile ConnectionState answer = OFFLINE;
        volatile Throwable failure;
        volatile IOException changeFailure;
        volatile IOException closeFailure;
        volatile CountDownLatch hold;
        volatile boolean stubborn;
        volatile boolean ignoresChanges;

        @Override
        public ConnectionState poll() throws Exception {
            threads.add(Thread.currentThread());
            if (Thread.currentThread().isInterrupted()) {
                interruptedOnEntry.incrementAndGet();
            }
            CountDownLatch gate = hold;
            polls.incrementAndGet();
            while (gate != null) {
                try {
                    gate.await();
                    gate = null;
                } catch (InterruptedException e) {
                    interrupts.incrementAndGet();
                    if (!stubborn) {
                        throw e;
                    }
                }
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (Exception) failure;
            }
            if (interrupts.get() > 0) {
                Thread.currentThread().interrupt();
            }
            return answer;
        }

        @Override
        public void change(ConnectionState target) throws IOException {
            threads.add(Thread.currentThread());
            if (changeFailure != null) {
                throw changeFailure;
            }
            if (!ignoresChanges) {
                answer = target;
            }
        }

        @Override
        public void close() throws IOException {
            closes.incrementAndGet();
            if (closeFailure != null) {
                throw closeFailure;
            }
        }
    }

    /** What the engine would be told. */
    private static final class Reports implements BackendSink {
        final List<String> told = new CopyOnWriteArrayList<>();
        final List<Throwable> causes = new CopyOnWriteArrayList<>();

        @Override
        public void changed(ConnectionState now) {
            told.add("changed " + now);
        }

        @Override
        public void backendLost(Throwable cause) {
            causes.add(cause);
            told.add("lost " + cause);
        }

        @Override
        public void backendRestored(ConnectionState now) {
            told.add("restored " + now);
        }

        @Override
        public void changeStarting(ConnectionState target) {
            told.add("starting " + target);
        }

        @Override
        public void changeCancelled() {
            told.add("cancelled");
        }

        @Override
        public void otherNotification(int type, int mask, int oldState, int newState) {
            told.add("other");
        }
    }
}
