package io.github.offlinestate;

import io.github.offlinestate.ConnectionChange.Cause;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One listener's way to its executor: in order, one call at a time, never more than one task at the executor. A virtual
 * time waits for that task. No lock is held while the listener or the executor runs.
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

    private final String name;
    private final Executor executor;
    private final Target target;
    private final MonitorThreads threads;
    private final MonitorEvents events;
    private final Consumer<Lane> onQuiet;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notCalling = lock.newCondition();
    private final LaneQueue queue;
    private boolean handedOver;
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
        lock.lock();
        try {
            if (handedOver || !hasStep()) {
                return;
            }
            handedOver = true;
        } finally {
            lock.unlock();
        }
        TimeSource.Work work = threads.begin(name);
        try {
            executor.execute(() -> {
                try {
                    drain();
                } finally {
                    work.finish();
                }
            });
        } catch (Throwable e) { // whatever it is: the lane waits for the executor to recover
            work.finish();
            rejected(e);
        }
    }

    private void drain() {
        boolean interrupted = false;
        for (Runnable step = nextStep(); step != null; step = nextStep()) {
            Runnable ends = events.calling(name);
            try {
                InsideListener.callListener(step);
            } catch (Throwable e) {
                Log.LOG.log(Level.ERROR, name + " threw; it is told the next change all the same", e);
            }
            ends.run();
            interrupted |= Thread.interrupted(); // one event's interrupt is not the next one's
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        forgetIfQuiet();
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

    private @Nullable Runnable nextStep() {
        lock.lock();
        try {
            calling = false;
            notCalling.signalAll();
            pause = Duration.ZERO;
            if (!hasStep()) {
                handedOver = false;
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

    private void rejected(Throwable reason) {
        Duration next;
        lock.lock();
        try {
            handedOver = false;
            rejections++;
            if (removed || retryPlanned) {
                return;
            }
            retryPlanned = true;
            pause = pause.isZero() ? Pauses.RECOVERY.first() : Pauses.RECOVERY.after(pause);
            next = pause;
        } finally {
            lock.unlock();
        }
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
