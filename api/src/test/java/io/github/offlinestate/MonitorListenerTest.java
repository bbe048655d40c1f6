package io.github.offlinestate;

import static io.github.offlinestate.Connectivity.OFFLINE;
import static io.github.offlinestate.Connectivity.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.ConnectionChange.Cause;
import java.awt.EventQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each listener on its own lane: order, one at a time, bounded, whatever the executor and the other listeners do. */
class MonitorListenerTest {
    private static final int FLIPS = 200;
    private static final ListenerOptions SAME_THREAD = ListenerOptions.DEFAULT.on(Runnable::run);

    private final FakeManager manager = new FakeManager();
    private final ManualTime time = new ManualTime();
    private final ConnectionMonitor monitor =
            ConnectionMonitor.builder().manager(manager).time(time).open();
    private final Recorder told = new Recorder();

    /** What listeners hang on, until the test or its end lets them go. */
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void close() {
        go.countDown();
        monitor.close();
    }

    static Stream<Arguments> executors() throws ReflectiveOperationException {
        List<Arguments> all = new ArrayList<>(List.of(
                Arguments.of("same thread", (Executor) Runnable::run, false),
                Arguments.of("single thread", Executors.newSingleThreadExecutor(), true),
                Arguments.of("pool", Executors.newFixedThreadPool(4), true),
                Arguments.of("event queue of AWT and Swing", (Executor) EventQueue::invokeLater, false)));
        if (Runtime.version().feature() >= 21) {
            all.add(Arguments.of(
                    "virtual threads",
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null),
                    true));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("executors")
    void everyChangeIsToldInOrderAndOneAtATime(String name, Executor executor, boolean ours) {
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        monitor.listen(
                change -> {
                    overlapped.compareAndSet(false, inside.incrementAndGet() > 1);
                    told.onChange(change);
                    inside.decrementAndGet();
                },
                ListenerOptions.DEFAULT.on(executor).buffer(2 * FLIPS));
        manager.flip(FLIPS);
        time.settle();
        assertThat(told.changes())
                .extracting(ConnectionChange::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, FLIPS + 1).boxed().toList());
        assertThat(overlapped).isFalse();
        if (ours) {
            ((ExecutorService) executor).shutdown();
        }
    }

    @Test
    void theFirstEventIsThePresentState() {
        manager.go(ConnectionState.OFFLINE);
        monitor.listen(told);
        time.settle();
        assertThat(told.last().cause()).isEqualTo(Cause.REPLAYED);
        assertThat(told.states()).containsExactly(OFFLINE);
        assertThat(told.last().number()).isEqualTo(2);
    }

    @Test
    void withoutReplayTheNextChangeIsTheFirstEvent() {
        monitor.listen(told, ListenerOptions.DEFAULT.withoutReplay());
        manager.go(ConnectionState.OFFLINE);
        time.settle();
        assertThat(told.causes()).containsExactly(Cause.CHANGED);
    }

    @Test
    void aListenerIsNotCalledOnTheProvidersThread() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        monitor.listen(change -> thread.set(Thread.currentThread()));
        manager.go(ConnectionState.OFFLINE);
        time.settle();
        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
        assertThat(thread.get().getName()).startsWith("offline-state-monitor-(borrowed)-");
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    void allPhasesAreStartChangeAndDoneOrAnAbort() {
        monitor.listen(told, SAME_THREAD.allPhases());
        manager.go(ConnectionState.OFFLINE);
        manager.start(ConnectionState.ONLINE);
        manager.abort();
        assertThat(told.changes())
                .extracting(ConnectionChange::phase)
                .containsExactly(
                        StateChange.Phase.CHANGE,
                        StateChange.Phase.START,
                        StateChange.Phase.CHANGE,
                        StateChange.Phase.DONE,
                        StateChange.Phase.START,
                        StateChange.Phase.DONE);
        assertThat(told.last().isAbort()).isTrue();
        assertThat(told.changes()).extracting(ConnectionChange::number).containsExactly(1L, 1L, 2L, 2L, 2L, 2L);
    }

    @Test
    void aListenerThatThrowsIsToldTheNextChangeAndHarmsNobody() {
        monitor.listen(
                change -> {
                    told.onChange(change);
                    throw new AssertionError("on purpose, by the test");
                },
                SAME_THREAD);
        Recorder other = new Recorder();
        monitor.listen(other, SAME_THREAD);
        manager.flip(2);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE, ONLINE);
        assertThat(other.states()).containsExactly(ONLINE, OFFLINE, ONLINE);
    }

    @Test
    void anInterruptThatAListenerLeavesDoesNotReachTheNextEvent() {
        List<Boolean> seen = new ArrayList<>();
        Held held = new Held();
        monitor.listen(
                change -> {
                    seen.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                },
                ListenerOptions.DEFAULT.on(held));
        manager.flip(2);
        held.run();
        assertThat(Thread.interrupted())
                .as("the executor's thread has it in the end")
                .isTrue();
        assertThat(seen).containsExactly(false, false, false);
    }

    @Test
    void aSlowListenerDelaysNobody() throws InterruptedException {
        monitor.listen(change -> awaitQuietly(go));
        CountDownLatch both = new CountDownLatch(2);
        monitor.listen(change -> both.countDown());
        manager.go(ConnectionState.OFFLINE);
        assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        go.countDown();
    }

    @Test
    void onOverflowWholeTransitionsBecomeOneGap() {
        Held held = new Held();
        ListenerRegistration place =
                monitor.listen(told, ListenerOptions.DEFAULT.on(held).buffer(3));
        held.run();
        manager.flip(8);
        held.run();
        assertThat(told.causes()).containsExactly(Cause.REPLAYED, Cause.GAP, Cause.CHANGED);
        chainIsWhole();
        assertThat(told.last().newState()).isEqualTo(ONLINE);
        assertThat(told.last().number()).isEqualTo(9);
        assertThat(place.missed()).isEqualTo(6);
    }

    @Test
    void aListenerThatHasNotBegunMissesNothing() {
        Held held = new Held();
        monitor.listen(told, ListenerOptions.DEFAULT.on(held).buffer(3));
        manager.flip(7);
        held.run();
        assertThat(told.causes()).containsExactly(Cause.REPLAYED, Cause.CHANGED);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE);
        assertThat(told.last().number()).isEqualTo(8);
    }

    @Test
    void aGapNeverSplitsATransition() {
        for (int taken = 0; taken < 8; taken++) {
            for (int flips = 1; flips < 12; flips++) {
                aGapNeverSplitsATransition(taken, flips);
            }
        }
    }

    private void aGapNeverSplitsATransition(int taken, int flips) {
        Held held = new Held();
        Recorder phases = new Recorder();
        AtomicInteger allowed = new AtomicInteger(taken);
        // The provider goes on while the listener has an event, inside a transition perhaps.
        ListenerRegistration place = monitor.listen(
                change -> {
                    phases.onChange(change);
                    if (allowed.decrementAndGet() == 0) {
                        manager.flip(flips);
                    }
                },
                ListenerOptions.DEFAULT.on(held).allPhases().buffer(4));
        manager.flip(3);
        held.run();
        manager.flip(2);
        held.run();
        place.close();
        StateChange.Phase open = null;
        ConnectionChange last = phases.changes().get(0);
        for (ConnectionChange change :
                phases.changes().subList(1, phases.changes().size())) {
            if (change.phase() == StateChange.Phase.START) {
                assertThat(open).isNull();
                open = change.phase();
            } else if (change.phase() == StateChange.Phase.DONE) {
                assertThat(open).as("DONE after its START").isNotNull();
                open = null;
            } else {
                assertThat(change.oldState()).isEqualTo(last.newState());
                assertThat(change.number()).isEqualTo(last.number() + 1 + change.missed());
                last = change;
            }
        }
        assertThat(open).isNull();
        assertThat(last.newState()).isEqualTo(monitor.state());
    }

    @Test
    void aRejectingExecutorIsTriedAgainAndTheListenerGoesOn() {
        AtomicBoolean rejecting = new AtomicBoolean(true);
        ListenerRegistration place = monitor.listen(
                told,
                ListenerOptions.DEFAULT
                        .on(task -> {
                            if (rejecting.get()) {
                                throw new RejectedExecutionException("on purpose, by the test");
                            }
                            task.run();
                        })
                        .buffer(4));
        manager.flip(9);
        assertThat(place.rejections()).isGreaterThan(1);
        assertThat(told.changes()).isEmpty();
        rejecting.set(false);
        time.advance(Duration.ofSeconds(1)); // nothing happens but the monitor's own trying
        chainIsWhole();
        assertThat(told.last().newState()).isEqualTo(OFFLINE);
        manager.go(ConnectionState.ONLINE);
        assertThat(told.last().newState()).isEqualTo(ONLINE);
    }

    @Test
    void anExecutorThatRunsATaskAndRejectsItTooIsNeverInsideTwice() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean first = new AtomicBoolean(true);
        ListenerRegistration place = monitor.listen(
                change -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    told.onChange(change);
                    inside.countDown();
                    awaitQuietly(go);
                    atOnce.decrementAndGet();
                },
                ListenerOptions.DEFAULT.on(task -> {
                    new Thread(task).start();
                    new Thread(task).start(); // and runs it twice
                    if (first.getAndSet(false)) {
                        awaitQuietly(inside);
                        throw new RejectedExecutionException("on purpose, by the test");
                    }
                }));
        manager.flip(2);
        assertThat(place.rejections()).isEqualTo(1);
        go.countDown();
        await().until(() -> told.changes().size() == 3);
        chainIsWhole();
        assertThat(most).hasValue(1);
    }

    @Test
    void aTaskThatWasRejectedAndComesLateDoesNothing() {
        Held late = new Held();
        AtomicBoolean first = new AtomicBoolean(true);
        monitor.listen(told, ListenerOptions.DEFAULT.on(task -> {
            if (first.getAndSet(false)) {
                late.execute(task);
                throw new RejectedExecutionException("on purpose, by the test");
            }
            task.run();
        }));
        late.run();
        assertThat(told.changes()).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(told.states()).containsExactly(ONLINE);
    }

    @Test
    void aLaneThatAlwaysHasMoreDoesNotKeepTheEventQueue() throws Exception {
        CompletableFuture<Integer> toldWhenOthersCame = new CompletableFuture<>();
        int endless = 1_000;
        AtomicInteger count = new AtomicInteger();
        monitor.listen(
                change -> {
                    if (count.incrementAndGet() == 1) {
                        EventQueue.invokeLater(() -> toldWhenOthersCame.complete(count.get()));
                    }
                    if (count.get() < endless) {
                        manager.flip(1);
                    }
                },
                ListenerOptions.DEFAULT.on(EventQueue::invokeLater));
        assertThat(toldWhenOthersCame.get(10, TimeUnit.SECONDS)).isLessThan(endless / 10);
        await().until(() -> count.get() == endless);
    }

    @Test
    void anExecutorThatDropsIsToldNothingAndHarmsNobody() {
        ConnectionMonitor real = ConnectionMonitor.of(manager); // a virtual time would wait for the dropped task
        Recorder never = new Recorder();
        real.listen(never, ListenerOptions.DEFAULT.on(task -> {}));
        real.listen(told, SAME_THREAD);
        manager.flip(2);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE, ONLINE);
        assertThat(never.changes()).isEmpty();
        real.close();
    }

    @Test
    void aRemovedListenerIsNotToldWhatWasInItsBuffer() {
        Held held = new Held();
        ListenerRegistration place = monitor.listen(told, ListenerOptions.DEFAULT.on(held));
        manager.flip(3);
        place.close();
        held.run();
        assertThat(told.changes()).isEmpty();
    }

    @Test
    void removingWaitsForACallThatRunsAndAnInterruptDoesNotShortenIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        ListenerRegistration place = monitor.listen(change -> {
            inside.countDown();
            awaitQuietly(go);
            left.set(true);
        });
        inside.await();
        CompletableFuture<Boolean> leftWhenRemoved = new CompletableFuture<>();
        Thread remover = new Thread(() -> {
            place.close();
            leftWhenRemoved.complete(left.get() && Thread.interrupted());
        });
        remover.start();
        remover.interrupt();
        await().until(() -> remover.getState() == Thread.State.WAITING);
        assertThat(leftWhenRemoved).isNotDone();
        go.countDown();
        assertThat(leftWhenRemoved.get(10, TimeUnit.SECONDS)).isTrue();
        place.close(); // again, and it still returns
    }

    @Test
    void aSecondRemovalWaitsToo() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicReference<ListenerRegistration> place = new AtomicReference<>();
        CountDownLatch placed = new CountDownLatch(1);
        place.set(monitor.listen(change -> {
            awaitQuietly(placed);
            place.get().close(); // from within: does not wait
            inside.countDown();
            awaitQuietly(go);
        }));
        placed.countDown();
        inside.await();
        Thread remover = new Thread(() -> place.get().close());
        remover.start();
        await().until(() -> remover.getState() == Thread.State.WAITING);
        Thread closer = new Thread(monitor::close);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.WAITING);
        go.countDown();
        remover.join(10_000);
        closer.join(10_000);
        assertThat(remover.isAlive() || closer.isAlive()).isFalse();
    }

    @Test
    void listenersThatRemoveEachOtherDoNotDeadlock() throws Exception {
        List<ListenerRegistration> places = new ArrayList<>();
        CountDownLatch placed = new CountDownLatch(1);
        CountDownLatch bothInside = new CountDownLatch(2);
        CountDownLatch bothOut = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            places.add(monitor.listen(change -> {
                awaitQuietly(placed);
                bothInside.countDown();
                awaitQuietly(bothInside);
                places.get(other).close();
                bothOut.countDown();
            }));
        }
        placed.countDown();
        assertThat(bothOut.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aListenerMayAddAnotherAndRemoveItself() {
        Recorder second = new Recorder();
        AtomicReference<ListenerRegistration> place = new AtomicReference<>();
        place.set(monitor.listen(
                change -> {
                    if (change.cause() == Cause.CHANGED) {
                        told.onChange(change);
                        monitor.listen(second, SAME_THREAD);
                        place.get().close();
                    }
                },
                SAME_THREAD));
        manager.flip(2);
        assertThat(told.states()).containsExactly(OFFLINE);
        assertThat(second.states()).containsExactly(OFFLINE, ONLINE);
    }

    private void chainIsWhole() {
        List<ConnectionChange> changes = told.changes();
        for (int i = 1; i < changes.size(); i++) {
            ConnectionChange before = changes.get(i - 1);
            ConnectionChange now = changes.get(i);
            assertThat(now.oldState()).isEqualTo(before.newState());
            assertThat(now.number()).isEqualTo(before.number() + 1 + now.missed());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An executor that runs what it has when it is told to, on the test's thread. */
    private static final class Held implements Executor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void run() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }
}
