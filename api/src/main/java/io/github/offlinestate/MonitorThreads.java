package io.github.offlinestate;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A monitor's own threads: daemons that are there only while something is to do or was until a few seconds ago, and what
 * it runs later. Nothing but a hand-over runs on the timer's thread.
 */
final class MonitorThreads implements Executor {
    private static final long IDLE_SECONDS = 2;

    private static final TimeSource.Scheduled CANCELLED = () -> {};

    private final TimeSource time;
    private final ThreadPoolExecutor pool;
    private final Set<Plan> plans = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    MonitorThreads(String monitor, TimeSource time) {
        this.time = time;
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        AtomicInteger count = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(null, task, monitor + "-" + count.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader); // the opener's: a provider's thread may have asked for it
                    return thread;
                });
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Says that work has been handed over: a virtual time waits for it. */
    TimeSource.Work begin(String what) {
        return time.begin(what);
    }

    /** Runs a task on one of these threads, and lets a virtual time wait for it. */
    void execute(String what, Runnable task) {
        TimeSource.Work work = time.begin(what);
        try {
            pool.execute(() -> {
                try {
                    task.run();
                } finally {
                    work.finish();
                }
            });
        } catch (RuntimeException | Error e) { // no thread to be had
            work.finish();
            throw e;
        }
    }

    /** Runs a task later on one of these threads, unless {@link #end()} comes before. */
    TimeSource.Scheduled schedule(String what, Runnable task, Duration delay) {
        Plan plan = plan(what, task);
        plan.begin(delay);
        return plan;
    }

    /** A task to be run later; it may be taken back before it is even scheduled. */
    Plan plan(String what, Runnable task) {
        return new Plan(what, task);
    }

    /** Nothing that is scheduled will run, and a thread ends with its task. */
    void end() {
        ended = true;
        plans.forEach(Plan::cancel);
        pool.setKeepAliveTime(0, TimeUnit.SECONDS);
    }

    /** What is scheduled, so that a closed monitor is not held until then. Begins once. */
    final class Plan implements TimeSource.Scheduled {
        private final String what;
        private final Runnable task;
        private final AtomicReference<TimeSource.@Nullable Scheduled> scheduled = new AtomicReference<>();

        private Plan(String what, Runnable task) {
            this.what = what;
            this.task = task;
        }

        /** Schedules it, unless it was taken back. */
        void begin(Duration delay) {
            plans.add(this);
            TimeSource.Scheduled timed = time.schedule(this::run, delay);
            if (!scheduled.compareAndSet(null, timed)) {
                timed.cancel();
                plans.remove(this);
            } else if (ended) {
                cancel();
            }
        }

        private void run() {
            if (plans.remove(this)) {
                execute(what, task);
            }
        }

        @Override
        public void cancel() {
            TimeSource.Scheduled timed = scheduled.getAndSet(CANCELLED);
            if (timed != null) {
                timed.cancel();
            }
            plans.remove(this);
        }
    }
}
