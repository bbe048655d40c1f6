package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
    private final TimeSource time = TimeSource.system();

    @Test
    void runsTasksOnADaemonThatHasAName() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        CountDownLatch ran = new CountDownLatch(1);
        time.schedule(
                () -> {
                    thread.set(Thread.currentThread());
                    ran.countDown();
                },
                Duration.ofNanos(-5));
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().getName()).isEqualTo("offline-state-timer");
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheNext() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        time.schedule(
                () -> {
                    throw new IllegalStateException("on purpose, by the test");
                },
                Duration.ZERO);
        time.schedule(ran::countDown, Duration.ofMillis(1));
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsTakenBackDoesNotRun() throws Exception {
        AtomicReference<String> order = new AtomicReference<>("");
        CountDownLatch ran = new CountDownLatch(1);
        TimeSource.Scheduled taken = time.schedule(() -> order.set("ran"), Duration.ofMillis(200));
        TimeSource.Scheduled never = time.schedule(() -> order.set("ran"), Duration.ofSeconds(Long.MAX_VALUE));
        taken.cancel();
        never.cancel();
        time.schedule(ran::countDown, Duration.ofMillis(201)); // the fence: due after what was taken back
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(order.get()).isEmpty();
    }

    @Test
    void theTimerEndsWhenThereIsNothingToDo() {
        time.schedule(() -> {}, Duration.ZERO);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("offline-state-timer")));
        CountDownLatch again = new CountDownLatch(1);
        time.schedule(again::countDown, Duration.ZERO);
        await().atMost(Duration.ofSeconds(60)).until(() -> again.getCount() == 0);
    }

    @Test
    void isTheSystemsClock() {
        Instant before = Instant.now();
        assertThat(time.instant()).isBetween(before, Instant.now());
        long then = System.nanoTime();
        assertThat(time.nanoTime() - then).isNotNegative();
        assertThat(time).hasToString("TimeSource.system()");
        TimeSource.Work work = time.begin("anything");
        work.finish();
        work.finish();
    }
}
