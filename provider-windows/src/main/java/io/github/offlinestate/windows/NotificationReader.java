package io.github.offlinestate.windows;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.windows.com.OfflineObject;
import io.github.offlinestate.windows.com.RawNotification;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns one session's notifications into what the backend is to hear, whatever phases Outlook leaves out, repeats or
 * mixes up; what remains is the engine's to heal. Holds them until {@link #pass}, so that none overtakes the session's
 * own beginning.
 */
final class NotificationReader implements Consumer<RawNotification> {
    private static final Logger LOG = System.getLogger(NotificationReader.class.getName());

    /** What Outlook told, in order. Called under this reader's lock: the order is what it is for. */
    interface Listener {
        void starting(ConnectionState target);

        void changed(ConnectionState now);

        void cancelled();

        void other(int type, int mask, int oldState, int newState);
    }

    private final Listener listener;
    private @Nullable List<RawNotification> held = new ArrayList<>();
    private boolean closed;
    /** Whether Outlook tells of both directions, so that a change into the state last told is none. */
    private boolean complete;

    private boolean started;
    private @Nullable ConnectionState lastTold;
    /** The state that a STATECHANGE told and whose DONE has not come yet. */
    private @Nullable ConnectionState awaitingDone;
    /** The state that a STATECHANGE and a DONE told, until something else is told: another DONE repeats. */
    private @Nullable ConnectionState settled;

    NotificationReader(Listener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void accept(RawNotification notification) {
        if (closed) {
            return;
        }
        if (held != null) {
            held.add(notification);
        } else {
            tell(notification);
        }
    }

    /** Forgets what is held: the state is about to be read, and will hold all of it. */
    synchronized void forgetHeld() {
        if (held != null) {
            held.removeIf(NotificationReader::isStateChange);
        }
    }

    /**
     * Lets notifications through, those that were held first.
     *
     * @param complete whether Outlook tells of both directions
     * @param before an action that has to come before them
     */
    synchronized void pass(boolean complete, Runnable before) {
        this.complete = complete;
        before.run();
        List<RawNotification> waiting = held;
        held = null;
        if (waiting != null) {
            waiting.forEach(this::tell);
        }
    }

    /** Once this returns, the listener is told nothing more, by no thread. */
    synchronized void close() {
        closed = true;
    }

    private static boolean isStateChange(RawNotification n) {
        return n.type() >= MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_START
                && n.type() <= MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_DONE
                && n.mask() == MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK;
    }

    private void tell(RawNotification n) {
        if (closed) {
            return;
        }
        if (!isStateChange(n)) {
            listener.other(n.type(), n.mask(), n.stateOld(), n.stateNew());
            return;
        }
        try {
            ConnectionState before = OfflineObject.state(n.stateOld(), "ulStateOld of a notification");
            ConnectionState after = OfflineObject.state(n.stateNew(), "ulStateNew of a notification");
            switch (n.type()) {
                case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_START -> start(after);
                case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE -> change(after);
                default -> done(before, after);
            }
        } catch (OfflineStateException unreadable) {
            LOG.log(Level.WARNING, "a notification is dropped: " + n, unreadable);
        }
    }

    private void start(ConnectionState target) {
        if (started || (complete && target == lastTold)) {
            return; // repeated, or after the change that it should have come before
        }
        started = true;
        awaitingDone = null;
        settled = null;
        listener.starting(target);
    }

    private void change(ConnectionState now) {
        if (now != awaitingDone) {
            awaitingDone = now;
            tellChange(now);
        }
    }

    private void done(ConnectionState before, ConnectionState after) {
        if (before == after) {
            if (started) {
                started = false;
                listener.cancelled();
            }
        } else if (after == awaitingDone) {
            awaitingDone = null;
            settled = after;
        } else if (after != settled) {
            // A DONE without its STATECHANGE: the change has happened all the same.
            tellChange(after);
        }
    }

    private void tellChange(ConnectionState now) {
        started = false;
        settled = null;
        lastTold = now;
        listener.changed(now);
    }
}
