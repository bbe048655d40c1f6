package io.github.offlinestate;

import io.github.offlinestate.ConnectionChange.Cause;
import io.github.offlinestate.StateChange.Phase;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The bounded buffer of one listener. On overflow all whole transitions in it become one {@link Cause#GAP} that leads
 * from the last state told to the newest and says how many changes it stands for; the rest of a transition whose START
 * was taken already is kept, and what is still to come of one whose START is gone goes into the gap. Where even the
 * replay was not taken yet, there is nothing to miss: the newest state is the present one, and is what the listener's
 * chain begins with.
 *
 * <p>Not thread-safe: guarded by the lock of {@link Lane}.
 */
final class LaneQueue {
    /** The rest of a transition, a gap, and room for one more. */
    private static final int LEAST_FOR_PHASES = 4;

    private final int capacity;
    private final Queue<ConnectionChange> queue = new ArrayDeque<>();

    /** The last change that was taken, or what the listener's chain begins with. */
    private ConnectionChange last;
    /** START was taken, its DONE not yet. */
    private boolean insideTaken;
    /** START went into a gap, its DONE has not come yet. */
    private boolean insideGap;

    LaneQueue(int capacity, boolean phases, ConnectionChange beginning) {
        this.capacity = phases ? Math.max(capacity, LEAST_FOR_PHASES) : capacity;
        this.last = beginning;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    void clear() {
        queue.clear();
    }

    void add(ConnectionChange event) {
        if (insideGap && event.phase() != Phase.START) {
            addToGap(event);
        } else if (queue.size() < capacity) {
            insideGap = false;
            queue.add(event);
        } else {
            conflate(event);
        }
    }

    ConnectionChange remove() {
        ConnectionChange event = queue.remove();
        if (event.phase() == Phase.CHANGE) {
            last = event;
        } else {
            insideTaken = event.phase() == Phase.START;
        }
        return event;
    }

    private void addToGap(ConnectionChange event) {
        if (event.phase() == Phase.DONE) {
            insideGap = false;
        } else {
            conflate(event);
        }
    }

    private void conflate(ConnectionChange newest) {
        Queue<ConnectionChange> kept = new ArrayDeque<>();
        ConnectionChange before = last;
        for (int rest = restOfTransition(); rest > 0; rest--) {
            ConnectionChange event = queue.remove();
            kept.add(event);
            before = event.phase() == Phase.CHANGE ? event : before;
        }
        boolean begins = !queue.isEmpty() && queue.element().cause() == Cause.REPLAYED;
        queue.add(newest);
        ConnectionChange target = null;
        long damped = 0;
        for (ConnectionChange event : queue) {
            if (event.phase() == Phase.CHANGE) {
                target = event;
                damped += event.damped();
            } else {
                insideGap = event.phase() == Phase.START;
            }
        }
        queue.clear();
        queue.addAll(kept);
        if (target != null) { // else there were aborts only, and the state is the one told before
            queue.add(begins ? target.asReplay() : target.asGap(before, damped));
        }
    }

    /** How many events at the head belong to the transition whose START was taken; none where its DONE is not there. */
    private int restOfTransition() {
        int count = 0;
        if (insideTaken) {
            for (ConnectionChange event : queue) {
                count++;
                if (event.phase() == Phase.DONE) {
                    return count;
                }
            }
        }
        return 0;
    }
}
