package io.github.offlinestate.spi;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What the notifier has still to do, in order. Beyond the oldest 1,024 changes a change is left out together with its
 * return, a loss together with its restoring (NOTIFY-11), so that memory stays bounded while clients lag. Guarded by
 * the profile's lock.
 */
final class StepQueue {
    /** How many of the oldest transitions are never left out. */
    static final int BOUND = 1_024;

    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private int transitions;
    private int changes;
    private int losses;
    private int others;
    private long leftOut;

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether a change is waiting (SET-3). */
    boolean hasTransition() {
        return transitions > 0;
    }

    /** Whether so much is waiting that what can be left out is. */
    boolean isFull() {
        return changes >= BOUND;
    }

    /**
     * Adds a step, or leaves it out together with the one that it undoes.
     *
     * @return whether it was added
     */
    boolean add(Step step) {
        Step last = steps.peekLast();
        boolean undoes =
                switch (step.kind()) {
                    case CHANGE, UNTOLD_CHANGE -> isUndone(last, step);
                    case RESTORED -> last != null && last.kind() == Step.Kind.LOST && changes + losses > BOUND;
                    case OTHER -> others >= BOUND;
                    default -> false;
                };
        if (!undoes) {
            steps.addLast(step);
            count(step, 1);
            return true;
        }
        if (step.kind() == Step.Kind.OTHER) {
            leaveOut(1);
        } else {
            count(steps.removeLast(), -1);
            leaveOut(2);
        }
        return false;
    }

    private boolean isUndone(@Nullable Step last, Step step) {
        if (last == null || !last.mayBeLeftOut() || !step.mayBeLeftOut()) {
            return false;
        }
        boolean nobodyIsTold = last.kind() == Step.Kind.UNTOLD_CHANGE && step.kind() == Step.Kind.UNTOLD_CHANGE;
        return nobodyIsTold || changes > BOUND;
    }

    /** Takes back a START that nobody has been told of and that nothing has followed; whether there was one. */
    boolean removeStart() {
        for (Iterator<Step> backwards = steps.descendingIterator(); backwards.hasNext(); ) {
            Step step = backwards.next();
            if (step.kind() == Step.Kind.START) {
                backwards.remove();
                count(step, -1);
                return true;
            }
            if (step.kind().isTransition()) {
                return false;
            }
        }
        return false;
    }

    @Nullable
    Step poll() {
        Step step = steps.pollFirst();
        if (step != null) {
            count(step, -1);
        }
        return step;
    }

    void clear() {
        while (poll() != null) {
            // counted off one by one
        }
    }

    private void count(Step step, int by) {
        transitions += step.kind().isTransition() ? by : 0;
        changes += step.kind() == Step.Kind.CHANGE ? by : 0;
        losses += step.kind() == Step.Kind.LOST ? by : 0;
        others += step.kind() == Step.Kind.OTHER ? by : 0;
    }

    private void leaveOut(int count) {
        leftOut += count;
    }

    /** How many steps have been left out since it was asked last. */
    long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }
}
