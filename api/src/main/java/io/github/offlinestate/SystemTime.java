package io.github.offlinestate;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's time, with one timer thread for the JVM that ends when it has had nothing to do for a while. */
final class SystemTime implements TimeSource {
    static final SystemTime INSTANCE = new SystemTime();

    private static final long IDLE_SECONDS = 5;
    /** What the executor can add to a time without an overflow: a century and a half. */
    private static final long LONGEST = Long.MAX_VALUE >> 1;

    private final ScheduledThreadPoolExecutor timer;

    private SystemTime() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "offline-state-timer", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null); // or the first caller's class loader would live as long as the timer
            return thread;
        });
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        Future<?> future = timer.schedule(
                () -> run(task), Math.min(TimeUnit.NANOSECONDS.convert(delay), LONGEST), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Log.LOG.log(Level.ERROR, "a scheduled task failed: " + task, e);
        }
    }

    @Override
    public String toString() {
        return "TimeSource.system()";
    }
}
