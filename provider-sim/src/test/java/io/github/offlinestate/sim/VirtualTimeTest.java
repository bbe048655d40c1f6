package io.github.offlinestate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final List<String> ran = new ArrayList<>();

    private void schedule(String name, Duration delay) {
        time.schedule(() -> ran.add(name + "@" + time.elapsed().toMillis()), delay);
    }

    @Test
    void standsStillByItself() {
        schedule("never", Duration.ZERO);

        assertThat(time.nanoTime()).isZero();
        assertThat(time.instant()).isEqualTo(VirtualTime.DEFAULT_START);
        assertThat(ran).isEmpty();
    }

    @Test
    void startsAtTheGivenMoment() {
        Instant start = Instant.parse("2030-05-06T07:08:09Z");
        VirtualTime later = new VirtualTime(start);

        later.advance(Duration.ofMillis(1500));

        assertThat(later.instant()).isEqualTo(start.plusMillis(1500));
        assertThat(later.elapsed()).isEqualTo(Duration.ofMillis(1500));
        assertThat(later.nanoTime()).isEqualTo(1_500_000_000);
    }

    @Test
    void runsWhatIsDueInTheOrderOfTimeThenOfScheduling() {
        schedule("late", Duration.ofMillis(20));
        schedule("first", Duration.ofMillis(10));
        schedule("second", Duration.ofMillis(10));
        schedule("past", Duration.ofMillis(-5));
        schedule("beyond", Duration.ofMillis(21));

        time.advance(Duration.ofMillis(20));

        assertThat(ran).containsExactly("past@0", "first@10", "second@10", "late@20");
    }

    @Test
    void runsWhatTasksSchedule() {
        time.schedule(
                () -> {
                    schedule("at once", Duration.ZERO);
                    schedule("in time", SECOND);
                    schedule("too late", Duration.ofSeconds(2));
                },
                SECOND);

        time.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly("at once@1000", "in time@2000");
    }

    @Test
    void takesBackWhatIsCancelled() {
        TimeSource.Scheduled cancelled = time.schedule(() -> ran.add("cancelled"), SECOND);
        schedule("kept", SECOND);
        cancelled.cancel();
        cancelled.cancel();

        time.advance(SECOND);

        assertThat(ran).containsExactly("kept@1000");
    }

    @Test
    void goesOnAfterATaskThatThrows() {
        time.schedule(
                () -> {
                    throw new AssertionError("on purpose");
                },
                SECOND);
        schedule("next", SECOND);

        time.advance(SECOND);

        assertThat(ran).containsExactly("next@1000");
    }

    @Test
    void movesOnToAMoment() {
        schedule("due", SECOND);

        time.advanceTo(VirtualTime.DEFAULT_START.plusSeconds(3));

        assertThat(ran).containsExactly("due@1000");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThatThrownBy(() -> time.advanceTo(VirtualTime.DEFAULT_START.plusSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only moves on");
        assertThatThrownBy(() -> time.advance(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runsOneTaskAtATime() {
        schedule("hour", Duration.ofHours(1));
        schedule("day", Duration.ofDays(1));

        assertThat(time.runNext()).isTrue();
        assertThat(ran).containsExactly("hour@3600000");
        assertThat(time.runNext()).isTrue();
        assertThat(time.runNext()).isFalse();
        assertThat(time.elapsed()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void runsUntilNothingIsScheduled() {
        AtomicInteger left = new AtomicInteger(1000);
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (left.decrementAndGet() > 0) {
                time.schedule(again[0], SECOND);
            }
        };
        time.schedule(again[0], SECOND);

        time.runUntilIdle();

        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(1000));
    }

    @Test
    void refusesToRunWhatHasNoEnd() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> time.schedule(again[0], SECOND);
        time.schedule(again[0], SECOND);

        assertThatThrownBy(time::runUntilIdle)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schedules itself again");
    }

    @Test
    void waitsForWorkBeforeEachTaskAndAtTheEnd() {
        for (int i = 1; i <= 3; i++) {
            String step = "step " + i;
            time.schedule(() -> handOver(step), Duration.ofSeconds(i));
        }

        time.advance(Duration.ofSeconds(3));

        assertThat(ran).containsExactly("step 1@1000", "step 2@2000", "step 3@3000");
    }

    /** The work itself takes two threads, one after the other: what is begun by work is waited for as well. */
    private void handOver(String name) {
        TimeSource.Work outer = time.begin(name);
        Thread first = new Thread(() -> {
            TimeSource.Work inner = time.begin(name + ", second half");
            outer.finish();
            Thread second = new Thread(() -> {
                ran.add(name + "@" + time.elapsed().toMillis());
                inner.finish();
                inner.finish();
            });
            second.start();
        });
        first.start();
    }

    @Test
    void namesTheWorkThatHangsAndCanBeMovedAgainAfterwards() {
        VirtualTime impatient = new VirtualTime(VirtualTime.DEFAULT_START, Duration.ofMillis(30));
        TimeSource.Work hanging = impatient.begin("a callback that hangs");
        for (int i = 0; i < 6; i++) {
            impatient.begin("another " + i);
        }

        assertThatThrownBy(() -> impatient.advance(SECOND))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'a callback that hangs'")
                .hasMessageContaining("'another 3'")
                .hasMessageContaining("2 more")
                .hasMessageContaining("PT0.03S");
        assertThat(impatient.elapsed()).isZero();

        VirtualTime recovering = new VirtualTime(VirtualTime.DEFAULT_START, Duration.ofMillis(30));
        TimeSource.Work late = recovering.begin("late");
        assertThatThrownBy(() -> recovering.advance(SECOND)).hasMessageContaining("'late'");
        late.finish();
        recovering.advance(SECOND);
        assertThat(recovering.elapsed()).isEqualTo(SECOND);
        hanging.finish();
    }

    @Test
    void isNotMovedByATaskOfItsOwn() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        time.schedule(
                () -> {
                    try {
                        time.advance(SECOND);
                    } catch (IllegalStateException e) {
                        thrown.set(e);
                    }
                },
                SECOND);

        time.advance(SECOND);

        assertThat(thrown.get()).hasMessageContaining("from within a task");
        assertThat(time.elapsed()).isEqualTo(SECOND);
    }

    @Test
    void isMovedByOneThreadAtATime() throws Exception {
        CountDownLatch inTask = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        time.schedule(
                () -> {
                    inTask.countDown();
                    try {
                        assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                SECOND);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> time.advance(SECOND));
        assertThat(inTask.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> time.advance(SECOND));
        goOn.countDown();
        first.get(10, TimeUnit.SECONDS);
        second.get(10, TimeUnit.SECONDS);

        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void doesNotWaitForeverForAnotherThreadThatMovesIt() throws Exception {
        VirtualTime impatient = new VirtualTime(VirtualTime.DEFAULT_START, Duration.ofMillis(50));
        CountDownLatch inTask = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        impatient.schedule(
                () -> {
                    inTask.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                SECOND);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> impatient.advance(SECOND));
        assertThat(inTask.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(impatient::settle)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another thread has been moving the time");
        goOn.countDown();
        first.get(10, TimeUnit.SECONDS);
    }

    @Test
    void keepsAnInterrupt() throws Exception {
        TimeSource.Work work = time.begin("work");
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        Thread mover = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                time.settle();
                kept.complete(false);
            } catch (IllegalStateException e) {
                kept.complete(Thread.currentThread().isInterrupted());
            }
        });
        mover.start();

        assertThat(kept.get(10, TimeUnit.SECONDS)).isTrue();
        work.finish();
    }

    @Test
    void takesAnyDelay() throws ExecutionException {
        schedule("in the end", Duration.ofSeconds(Long.MAX_VALUE));

        time.advance(Duration.ofDays(365));
        assertThat(ran).isEmpty();
        assertThatThrownBy(() -> new VirtualTime(VirtualTime.DEFAULT_START, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
