package io.github.offlinestate.sim;

import io.github.offlinestate.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A time that stands still until it is moved: for tests and simulations that are fast and deterministic.
 *
 * <pre>{@code
 * VirtualTime time = new VirtualTime();
 * SimulatedProvider provider = SimulatedProvider.builder()
 *         .time(time)
 *         .profile("Work", work -> work.latency(Duration.ofSeconds(2)))
 *         .build();
 * // ... open "Work", register ...
 * provider.profile("Work").goOffline();
 * time.advance(Duration.ofSeconds(6)); // all three notifications have been delivered
 * }</pre>
 *
 * <p>Moving it runs what is scheduled, on the calling thread, in the order of the times due, and of the scheduling
 * where these are equal. Before each task, and before the call returns, it waits until all work in flight
 * ({@link TimeSource#begin}) is finished: notifications that are queued or being delivered above all. So on return
 * everything that was due has been delivered. That waiting has a bound in real time, {@link #DEFAULT_PATIENCE} unless
 * told otherwise; beyond it the call fails and names the work that hangs.
 *
 * <p>All methods may be called from any thread; one thread moves the time while others that want to wait for it. Moving
 * it from within a callback, or from a scheduled task, is refused: it would wait for itself.
 */
public final class VirtualTime implements TimeSource {
    /** What the wall clock shows at first unless told otherwise: 2026-01-01T00:00:00Z. */
    public static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    /** How long, in real time, work in flight is waited for unless told otherwise: 10 s. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

    /** How many tasks {@link #runUntilIdle} runs before it takes what is scheduled for endless. */
    private static final int IDLE_TASKS = 1_000_000;

    /** What the names of all threads of this project begin with: those that call clients and backends. */
    private static final String OWN_THREADS = "offline-state-";

    private final Instant start;
    private final Duration patience;
    private final WorkInFlight work = new WorkInFlight();
    private final ReentrantLock moving = new ReentrantLock();

    private final Object queueLock = new Object();
    private final PriorityQueue<Task> queue =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
    private long scheduled;
    private volatile long now;

    /** A time that starts at {@link #DEFAULT_START}. */
    public VirtualTime() {
        this(DEFAULT_START, DEFAULT_PATIENCE);
    }

    /**
     * A time that starts at a given moment.
     *
     * @param start what the wall clock shows at first
     */
    public VirtualTime(Instant start) {
        this(start, DEFAULT_PATIENCE);
    }

    /**
     * A time with a bound of its own for the work that it waits for.
     *
     * @param start what the wall clock shows at first
     * @param patience how long, in real time, work in flight is waited for
     * @throws IllegalArgumentException where the patience is not positive
     */
    public VirtualTime(Instant start, Duration patience) {
        this.start = Objects.requireNonNull(start, "start");
        this.patience = Objects.requireNonNull(patience, "patience");
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience is " + patience + ": it has to be longer than nothing");
        }
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(now);
    }

    /**
     * How far the time has been moved since its start.
     *
     * @return zero at first
     */
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        Objects.requireNonNull(task, "task");
        synchronized (queueLock) {
            Task queued = new Task(dueIn(delay), scheduled++, task);
            queue.add(queued);
            return () -> cancel(queued);
        }
    }

    private void cancel(Task task) {
        synchronized (queueLock) {
            queue.remove(task);
        }
    }

    @Override
    public Work begin(String what) {
        return work.begin(Objects.requireNonNull(what, "what"));
    }

    /**
     * Moves the time on, and runs what becomes due.
     *
     * @param step how far; zero runs what is due now and waits for the work in flight
     * @throws IllegalArgumentException where the step is negative
     * @throws IllegalStateException from within a callback or a scheduled task; where work in flight did not finish
     *     within the patience (the time stands where the last task put it, and may be moved again later); where the
     *     waiting thread is interrupted (its flag is kept)
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("cannot go back by " + step.negated() + ": time only moves on");
        }
        move(() -> {
            runUntil(dueIn(step));
            return true;
        });
    }

    /**
     * Moves the time on to a moment, and runs what becomes due.
     *
     * @param moment what the wall clock shows afterwards
     * @throws IllegalArgumentException where the moment has passed
     * @throws IllegalStateException as {@link #advance}
     */
    public void advanceTo(Instant moment) {
        move(() -> {
            Duration step = Duration.between(instant(), moment);
            if (step.isNegative()) {
                throw new IllegalArgumentException(
                        "cannot go back to " + moment + " from " + instant() + ": time only moves on");
            }
            runUntil(dueIn(step));
            return true;
        });
    }

    /**
     * Waits for the work in flight, and runs what is due now, without moving the time.
     *
     * @throws IllegalStateException as {@link #advance}
     */
    public void settle() {
        advance(Duration.ZERO);
    }

    /**
     * Moves the time on to the next scheduled task, whenever that is, and runs it alone.
     *
     * @return whether there was one
     * @throws IllegalStateException as {@link #advance}
     */
    public boolean runNext() {
        return move(() -> {
            awaitWork();
            boolean ran = runOne(Long.MAX_VALUE);
            awaitWork();
            return ran;
        });
    }

    /**
     * Moves the time on until nothing is scheduled any more.
     *
     * @throws IllegalStateException as {@link #advance}; after a million tasks: what is scheduled has no end, as
     *     polling has none, so move the time by steps then
     */
    public void runUntilIdle() {
        move(() -> {
            awaitWork();
            for (int ran = 0; runOne(Long.MAX_VALUE); ran++) {
                if (ran == IDLE_TASKS) {
                    throw new IllegalStateException("after " + IDLE_TASKS + " tasks, at " + instant()
                            + ", there are still some scheduled: something schedules itself again and again;"
                            + " move the time by steps, with advance");
                }
                awaitWork();
            }
            return true;
        });
    }

    private boolean move(Move move) {
        if (moving.isHeldByCurrentThread()) {
            throw new IllegalStateException("the time is moved from within a task that it runs: that task would wait"
                    + " for itself; schedule what is to come later instead");
        }
        if (Thread.currentThread().getName().startsWith(OWN_THREADS)) {
            throw new IllegalStateException("the time is moved from within a callback (on thread "
                    + Thread.currentThread().getName()
                    + "): it would wait for that callback to return; move it from the test's own thread");
        }
        try {
            if (!moving.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("another thread has been moving the time for " + patience
                        + ", in real time; work in flight: " + work.describe());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            return move.run();
        } finally {
            moving.unlock();
        }
    }

    private void runUntil(long target) {
        awaitWork();
        while (runOne(target)) {
            awaitWork();
        }
        now = target;
    }

    /** Runs the first task that is due by then; false where there is none. */
    private boolean runOne(long target) {
        Task task;
        synchronized (queueLock) {
            task = queue.peek();
            if (task == null || task.due > target) {
                return false;
            }
            queue.remove();
            now = Math.max(now, task.due);
        }
        try {
            task.what.run();
        } catch (RuntimeException | Error e) {
            Log.LOG.log(Level.ERROR, "a task scheduled in virtual time failed: " + task.what, e);
        }
        return true;
    }

    private void awaitWork() {
        try {
            if (!work.awaitNone(patience)) {
                throw new IllegalStateException("at " + instant() + " there is still work in flight after " + patience
                        + " of real time: " + work.describe()
                        + ". Does a callback hang, or wait for the thread that moves the time?");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while moving the time", cause);
    }

    private long dueIn(Duration delay) {
        if (delay.isNegative()) {
            return now;
        }
        try {
            return Math.addExact(now, delay.toNanos());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public String toString() {
        return "VirtualTime[" + instant() + "]";
    }

    private record Task(long due, long number, Runnable what) {}

    private interface Move {
        boolean run();
    }
}
