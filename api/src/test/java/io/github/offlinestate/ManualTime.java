package io.github.offlinestate;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A time that a test moves; it waits for the work that was begun, before each task and at the end. */
final class ManualTime implements TimeSource {
    private record Task(long due, long number, Runnable what) {}

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Predicate<String> waitedFor;
    private volatile long now;
    private long scheduled;

    ManualTime() {
        this(work -> true);
    }

    /** Waits for some of the work only. */
    ManualTime(Predicate<String> waitedFor) {
        this.waitedFor = waitedFor;
    }

    void advance(Duration step) {
        long target = now + step.toNanos();
        settle();
        for (Task task = next(target); task != null; task = next(target)) {
            now = Math.max(now, task.due());
            task.what().run();
            settle();
        }
        now = target;
    }

    /** Moves the clock alone: what is due now is late. */
    void jump(Duration step) {
        now += step.toNanos();
    }

    /** Waits for the work in flight. */
    void settle() {
        if (inFlight.get() == 0) {
            return; // at once, for who comes by often
        }
        await("work in flight")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> inFlight.get() == 0);
    }

    int scheduled() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    private Task next(long target) {
        synchronized (tasks) {
            Task first = tasks.peek();
            return first == null || first.due() > target ? null : tasks.poll();
        }
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }

    @Override
    public Scheduled schedule(Runnable what, Duration delay) {
        synchronized (tasks) {
            long wait = Math.max(0, TimeUnit.NANOSECONDS.convert(delay));
            Task task = new Task(wait > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + wait, scheduled++, what);
            tasks.add(task);
            return () -> {
                synchronized (tasks) {
                    tasks.remove(task);
                }
            };
        }
    }

    @Override
    public Work begin(String what) {
        if (!waitedFor.test(what)) {
            return Work.NONE;
        }
        inFlight.incrementAndGet();
        AtomicBoolean finished = new AtomicBoolean();
        return () -> {
            if (finished.compareAndSet(false, true)) {
                inFlight.decrementAndGet();
            }
        };
    }
}
