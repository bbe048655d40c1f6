package io.github.offlinestate.cli;

import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.TimeSource;

/** Makes a line of each notification until the end, and counts. */
final class NotificationPrinter {
    private final LineWriter lines;
    private final NotificationFormat format;
    private final TimeSource time;
    private final long limit;
    private final Ending ending;

    // Guarded by this, so that the lines of several profiles come in the order of their times and the limit is exact.
    private long notifications;
    private long changes;
    private boolean finished;

    /**
     * A printer for several profiles.
     *
     * @param lines where to
     * @param format how
     * @param time what the sources run on
     * @param limit how many lines, at most
     * @param ending reached with the last of them
     */
    NotificationPrinter(LineWriter lines, NotificationFormat format, TimeSource time, long limit, Ending ending) {
        this.lines = lines;
        this.format = format;
        this.time = time;
        this.limit = limit;
        this.ending = ending;
    }

    /**
     * The callback to register with a profile.
     *
     * @param target the profile
     * @return to be registered once
     */
    OfflineNotify callback(Target target) {
        return notification -> print(notification, target);
    }

    private synchronized void print(OfflineNotification notification, Target target) {
        if (finished || ending.isReached()) {
            return;
        }
        lines.line(format.line(notification, target, time.instant()));
        if (notification
                .stateChange()
                .filter(change -> change.phase() == StateChange.Phase.CHANGE)
                .isPresent()) {
            changes++;
        }
        if (++notifications == limit) {
            ending.reach();
        }
    }

    /** Waits until every line is written, or one could not be. What is notified from now on is not shown. */
    void finish() throws InterruptedException {
        synchronized (this) {
            finished = true;
        }
        lines.finish();
    }

    /**
     * What there was.
     *
     * @return as {@code 12 notifications, 4 changes}
     */
    synchronized String summary() {
        return notifications
                + (notifications == 1 ? " notification, " : " notifications, ")
                + changes
                + (changes == 1 ? " change" : " changes");
    }
}
