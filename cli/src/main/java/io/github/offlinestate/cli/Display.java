package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionState;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What an application shows its user, with a count of what a user would complain about. */
final class Display {
    /** What is shown for less is gone before anybody has read it. */
    static final Duration FLICKER = Duration.ofMillis(50);

    private static final long DRAWING_NANOS = 2_000_000;

    private @Nullable ConnectionState shown;
    private long shownAt;
    private boolean closed;
    private int missed;
    private int doubled;
    private int afterClose;
    private int flicker;

    /**
     * What a user would complain about.
     *
     * @param missed how often the wrong state was shown although nothing happened any more
     * @param doubled how often the state that was shown already was shown again
     * @param afterClose how often something was shown after closing
     * @param flicker how often a state was shown for less than {@link #FLICKER}
     */
    record Complaints(int missed, int doubled, int afterClose, int flicker) {}

    /** The application begins to listen. */
    synchronized void opened() {
        shown = null;
        closed = false;
    }

    /** Closing has returned. */
    synchronized void closed() {
        closed = true;
    }

    /**
     * Shows a state, which takes a moment.
     *
     * @param state the state
     */
    void show(ConnectionState state) {
        LockSupport.parkNanos(DRAWING_NANOS);
        synchronized (this) {
            long now = System.nanoTime();
            if (closed) {
                afterClose++;
                return;
            }
            if (state == shown) {
                doubled++;
                return;
            }
            if (shown != null && now - shownAt < FLICKER.toNanos()) {
                flicker++;
            }
            shown = state;
            shownAt = now;
            notifyAll();
        }
    }

    /**
     * Nothing happens any more: the display has a moment to catch up.
     *
     * @param actual the state that it has to show then
     * @param moment how long, in real time
     * @return what it shows
     */
    synchronized @Nullable ConnectionState settle(ConnectionState actual, Duration moment) throws InterruptedException {
        long end = System.nanoTime() + moment.toNanos();
        long left = moment.toMillis();
        while (shown != actual && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        if (shown != actual) {
            missed++;
        }
        return shown;
    }

    synchronized Complaints complaints() {
        return new Complaints(missed, doubled, afterClose, flicker);
    }
}
