package io.github.offlinestate.spi;

import io.github.offlinestate.ConnectionState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is given while it opens. Nobody is registered yet, so of what it reports until the session stands only
 * two things matter: whether the state has changed since it was read, and whether the source was lost.
 */
final class OpeningSink implements BackendSink {
    private volatile @Nullable BackendSink session;
    private int changes;
    private @Nullable ConnectionState reported;
    private @Nullable Throwable lostBy;

    /** How many changes have been reported so far. */
    synchronized int changes() {
        return changes;
    }

    /** The state reported last, if any was. */
    synchronized @Nullable ConnectionState reported() {
        return reported;
    }

    /** Why the source is lost, if it is. */
    synchronized @Nullable Throwable lostBy() {
        return lostBy;
    }

    /**
     * From now on the session is told.
     *
     * @return false, and nothing done, where another change was reported, or the source was lost
     */
    synchronized boolean handOver(BackendSink to, int changesThen) {
        if (changes != changesThen || lostBy != null) {
            return false;
        }
        session = to;
        return true;
    }

    @Override
    public void changed(ConnectionState now) {
        tell(() -> noteState(now), sink -> sink.changed(now));
    }

    @Override
    public void backendLost(Throwable cause) {
        tell(() -> lostBy = cause, sink -> sink.backendLost(cause));
    }

    @Override
    public void backendRestored(ConnectionState now) {
        tell(
                () -> {
                    lostBy = null;
                    noteState(now);
                },
                sink -> sink.backendRestored(now));
    }

    @Override
    public void changeStarting(ConnectionState target) {
        tell(() -> {}, sink -> sink.changeStarting(target));
    }

    @Override
    public void changeCancelled() {
        tell(() -> {}, BackendSink::changeCancelled);
    }

    @Override
    public void otherNotification(int type, int mask, int oldState, int newState) {
        tell(() -> {}, sink -> sink.otherNotification(type, mask, oldState, newState));
    }

    private void noteState(ConnectionState now) {
        changes++;
        reported = now;
    }

    private void tell(Runnable opening, Consumer<BackendSink> open) {
        BackendSink to = session;
        if (to == null) {
            synchronized (this) {
                to = session;
                if (to == null) {
                    opening.run();
                    return;
                }
            }
        }
        open.accept(to);
    }
}
