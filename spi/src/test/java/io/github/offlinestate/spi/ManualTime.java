package io.github.offlinestate.spi;

import static org.awaitility.Awaitility.await;

import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A time that stands still until a test moves it, and has then seen the end of all that it set going. */
final class ManualTime implements TimeSource {
    private final PriorityQueue<Due> schedule =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final AtomicInteger underWay = new AtomicInteger();
    private long now;
    private long orders;

    private record Due(long at, long order, Runnable task) {}

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanoTime());
    }

    @Override
    public synchronized Scheduled schedule(Runnable task, Duration delay) {
        Due due = new Due(now + Math.max(0, delay.toNanos()), orders++, task);
        schedule.add(due);
        return () -> remove(due);
    }

    @Override
    public Work begin(String what) {
        underWay.incrementAndGet();
        AtomicBoolean finished = new AtomicBoolean();
        return () -> {
            if (finished.compareAndSet(false, true)) {
                underWay.decrementAndGet();
            }
        };
    }

    void advance(Duration by) {
        long end = nanoTime() + by.toNanos();
        settle();
        for (Due due = take(end); due != null; due = take(end)) {
            due.task().run();
            settle();
        }
    }

    void settle() {
        await().pollInterval(Duration.ofMillis(1)).pollDelay(Duration.ZERO).until(() -> underWay.get() == 0);
    }

    boolean isIdle() {
        return underWay() == 0;
    }

    /** How much work is under way: a delivery, a callback that hangs, a request that is being asked. */
    int underWay() {
        return underWay.get();
    }

    synchronized int scheduled() {
        return schedule.size();
    }

    private synchronized void remove(Due due) {
        schedule.remove(due);
    }

    private synchronized Due take(long end) {
        Due first = schedule.peek();
        if (first == null || first.at() > end) {
            now = end;
            return null;
        }
        now = first.at();
        return schedule.poll();
    }
}
