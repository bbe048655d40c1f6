package io.github.offlinestate;

import io.github.offlinestate.ConnectionChange.Cause;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One listener's way to its executor: in order, one call at a time, never more than one task at the executor. A task
 * takes a few events and makes room for others then, so that a lane that always has more does not keep an event queue
 * for itself. A virtual time waits for the task. No lock is held while the listener or the executor runs.
 */
final class Lane implements ListenerRegistration {
    /** Whom a lane calls. */
    interface Target {
        /** Whether it takes another event now; asked under the lane's lock. */
        boolean isReady();

        /** Takes an event; one call at a time. */
        void take(ConnectionChange change);

        /** The last call after the monitor's closing, when the buffer is empty; null: no call at all from then on. */
        @Nullable
        Runnable lastCall();
    }

    /** How many events one task takes where others wait for the executor too. */
    private static final int EVENTS_A_TASK = 8;

    private final String name;
    private final Executor executor;
    private final Target target;
    private final MonitorThreads threads;
    private final MonitorEvents events;
    private final Consumer<Lane> onQuiet;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notCalling = lock.newCondition();
    private final LaneQueue queue;
    /** What the executor has; any other task is one that it took and rejected too, or runs again. */
    private @Nullable Task current;

    private boolean calling;
    private boolean removed;
    private @Nullable Runnable ending;
    private boolean endAtOnce;
    private long missed;
    private long rejections;
    private boolean retryPlanned;
    private Duration pause = Duration.ZERO;
    private Runnable onRemoval = () -> {};

    Lane(
            String name,
            Executor executor,
            Target target,
            LaneQueue queue,
            MonitorThreads threads,
            MonitorEvents events,
            Consumer<Lane> onQuiet) {
        this.name = name;
        this.executor = executor;
        this.target = target;
        this.queue = queue;
        this.threads = threads;
        this.events = events;
        this.onQuiet = onQuiet;
    }

    /** What to do, once, when the lane has ended: its fan-out forgets it. */
    void onRemoval(Runnable forget) {
        onRemoval = forget;
    }

    /** Puts an event into the buffer; {@link #signal()} hands it over. */
    void offer(ConnectionChange event) {
        lock.lock();
        try {
            if (!removed && ending == null) {
                queue.add(event);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Hands the lane to its executor if there is something to do and it is not there already. */
    void signal() {
        Task task;
        lock.lock();
        try {
            if (current != null || !hasStep()) {
                return;
            }
            task = new Task();
            current = task;
        } finally {
            lock.unlock();
        }
        try {
            task.handOver();
        } catch (Throwable e) { // whatever it is: the lane waits for the executor to recover
            rejected(task, e);
        }
    }

    /** What the executor is given. */
    private final class Task implements Runnable {
        private volatile TimeSource.Work work = TimeSource.Work.NONE;
        private volatile @Nullable Thread giver;
        /** Guarded by the lane's lock. */
        private boolean begun;

        void handOver() {
            work = threads.begin(name);
            giver = Thread.currentThread();
            try {
                executor.execute(this);
            } finally {
                giver = null;
            }
        }

        @Override
        public void run() {
            // An executor that runs it while it is being given it has nobody else to make room for.
            boolean direct = giver == Thread.currentThread();
            try {
                drain(this, direct ? Integer.MAX_VALUE : EVENTS_A_TASK);
            } finally {
                work.finish();
            }
        }
    }

    private void drain(Task task, int most) {
        if (!begins(task)) {
            return;
        }
        boolean interrupted = false;
        Runnable step = nextStep(true);
        for (int taken = 1; step != null; taken++) {
            Runnable ends = events.calling(name);
            try {
                InsideListener.callListener(step);
            } catch (Throwable e) {
                Log.LOG.log(Level.ERROR, name + " threw; it is told the next change all the same", e);
            }
            ends.run();
            interrupted |= Thread.interrupted(); // one event's interrupt is not the next one's
            step = nextStep(taken < most);
        }
        signal(); // where there is more
        forgetIfQuiet();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void forgetIfQuiet() {
        lock.lock();
        try {
            if (!removed || calling) {
                return;
            }
        } finally {
            lock.unlock();
        }
        onQuiet.accept(this);
    }

    private boolean hasStep() {
        return !removed && (isEnding() || (!queue.isEmpty() && target.isReady()));
    }

    private boolean isEnding() {
        return ending != null && (endAtOnce || queue.isEmpty());
    }

    private boolean begins(Task task) {
        lock.lock();
        try {
            if (current != task || task.begun) {
                return false;
            }
            task.begun = true;
            pause = Duration.ZERO;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable nextStep(boolean more) {
        lock.lock();
        try {
            calling = false;
            notCalling.signalAll();
            if (!more || !hasStep()) {
                current = null;
                return null;
            }
            calling = true;
            if (isEnding()) {
                removed = true;
                return ending;
            }
            return call(queue.remove());
        } finally {
            lock.unlock();
        }
    }

    private Runnable call(ConnectionChange event) {
        missed += event.missed();
        if (event.cause() == Cause.GAP) {
            events.gap(name, event);
        }
        return () -> target.take(event);
    }

    private void rejected(Task task, Throwable reason) {
        Optional<Duration> next;
        lock.lock();
        try {
            rejections++;
            if (task.begun) {
                return; // it was taken all the same
            }
            current = null;
            next = planRetry();
        } finally {
            lock.unlock();
        }
        task.work.finish();
        next.ifPresent(after -> retryLater(after, reason));
    }

    private Optional<Duration> planRetry() {
        if (removed || retryPlanned) {
            return Optional.empty();
        }
        retryPlanned = true;
        pause = pause.isZero() ? Pauses.RECOVERY.first() : Pauses.RECOVERY.after(pause);
        return Optional.of(pause);
    }

    private void retryLater(Duration next, Throwable reason) {
        Level level = next.equals(Pauses.RECOVERY.first()) ? Level.WARNING : Level.DEBUG;
        Log.LOG.log(level, "the executor of " + name + " takes nothing: " + executor + "; next try in " + next, reason);
        threads.schedule("another try for " + name, this::retry, next);
    }

    private void retry() {
        lock.lock();
        try {
            retryPlanned = false;
        } finally {
            lock.unlock();
        }
        signal();
    }

    /** Ends the lane because the monitor is closed. */
    void monitorClosed() {
        Runnable last = target.lastCall();
        if (last == null) {
            drop();
        } else {
            end(last, false);
        }
    }

    /** Ends the lane by a last call, after what is in the buffer or at once. */
    void end(Runnable last, boolean atOnce) {
        lock.lock();
        try {
            if (!removed && (ending == null || atOnce)) {
                ending = last;
                endAtOnce = atOnce;
            }
        } finally {
            lock.unlock();
        }
        onRemoval.run();
        signal();
    }

    /** Ends the lane without waiting for a call that runs. */
    void drop() {
        lock.lock();
        try {
            removed = true;
            queue.clear();
        } finally {
            lock.unlock();
        }
        onRemoval.run();
        forgetIfQuiet();
    }

    @Override
    public void close() {
        drop();
        if (!InsideListener.insideListener()) {
            awaitNoCall();
        }
    }

    /** Waits for a call that runs; an interrupt does not shorten that. */
    void awaitNoCall() {
        lock.lock();
        try {
            while (calling) {
                notCalling.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long missed() {
        lock.lock();
        try {
            return missed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long rejections() {
        lock.lock();
        try {
            return rejections;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
