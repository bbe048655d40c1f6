package io.github.offlinestate.spi;

import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.TimeSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of a profile whose callback did not return in time (NOTIFY-12): what is for them is kept, and
 * their own thread, when it comes back, delivers it. Its lock is held for a few lines, never while a client runs.
 */
final class HungCallbacks {
    private record Hung(long token, Delivery delivery, KeptNotifications kept, TimeSource.Work work) {}

    private final Map<Long, Hung> byToken = new HashMap<>();
    private volatile boolean any;

    /** Whether there are any; who delivers asks once, since only the loss of its own delivery can add one. */
    boolean any() {
        return any;
    }

    /** Keeps a notification where its registration hangs; whether it does. */
    synchronized boolean keep(long token, OfflineNotification notification) {
        Hung hung = byToken.get(token);
        if (hung == null) {
            return false;
        }
        hung.kept.add(notification);
        return true;
    }

    /** The others have been told all of that step. */
    synchronized void endStep(Step step) {
        for (Hung hung : byToken.values()) {
            hung.kept.endStep(step);
        }
    }

    /**
     * Takes a delivery away from its thread, if the call seen at an earlier look stands still.
     *
     * @return whether another thread has to go on
     */
    synchronized boolean takeOver(Delivery delivery, long token, long roundsThen, TimeSource.Work work) {
        if (!delivery.giveUp(token, roundsThen)) {
            return false;
        }
        byToken.put(token, new Hung(token, delivery, new KeptNotifications(), work));
        any = true;
        return true;
    }

    /** What a thread asks that finds its announcement marked; waits for the watchdog's decision. */
    synchronized boolean isTakenOver(Delivery delivery) {
        return find(delivery) != null;
    }

    /** Delivers what was kept, on the thread that hung and is back, until the registration is one like any other. */
    void catchUp(Delivery delivery, Registrations registrations) {
        Hung hung;
        synchronized (this) {
            hung = find(delivery);
        }
        if (hung == null) {
            return;
        }
        delivery.announce(Delivery.NOTHING, 0);
        for (OfflineNotification next = next(hung); next != null; next = next(hung)) {
            registrations.tellOne(delivery, hung.token, next);
        }
        hung.work.finish();
        logCaughtUp(hung.kept.leftOut());
    }

    private static void logCaughtUp(long leftOut) {
        if (leftOut > 0) {
            Log.warning("a callback that hung has caught up; left out were " + leftOut
                    + " times a change and its return, or a loss and its restoring");
        }
    }

    private synchronized @Nullable OfflineNotification next(Hung hung) {
        OfflineNotification next = hung.kept.poll();
        if (next == null) {
            byToken.remove(hung.token);
            any = !byToken.isEmpty();
        }
        return next;
    }

    private @Nullable Hung find(Delivery delivery) {
        for (Hung hung : byToken.values()) {
            if (hung.delivery == delivery) {
                return hung;
            }
        }
        return null;
    }
}
