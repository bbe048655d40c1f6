package io.github.offlinestate.spi;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Steps that have still to be told, in order: all that the notifier has to do, or what a registration misses whose
 * callback hangs. Beyond the oldest 1,024 transitions a change is left out together with its return, a loss together
 * with its restoring (NOTIFY-11), so that memory stays bounded while clients lag. Not thread-safe.
 */
final class StepQueue {
    /** How many of the oldest transitions are never left out. */
    static final int BOUND = 1_024;

    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private int transitions;
    private int whole;
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

    /**
     * Adds a step, or leaves it out, alone or together with the one that it undoes.
     *
     * @return whether it was added
     */
    boolean add(Step added) {
        Step step = withItsStart(added);
        Step last = steps.peekLast();
        if (last != null && undoes(last, step)) {
            count(steps.removeLast(), -1);
        } else if (!tellsNothingNew(last, step)) {
            steps.addLast(step);
            count(step, 1);
            return true;
        }
        leftOut++;
        return false;
    }

    /** A change whose START has not been told either is a whole one again, so that it can be left out. */
    private Step withItsStart(Step step) {
        Step last = steps.peekLast();
        if (last == null || last.kind() != Step.Kind.START || step.kind() != Step.Kind.CHANGE) {
            return step;
        }
        count(steps.removeLast(), -1);
        return step.whole();
    }

    private boolean undoes(Step last, Step step) {
        return switch (step.kind()) {
            case CHANGE, UNTOLD_CHANGE ->
                last.mayBeLeftOut()
                        && step.mayBeLeftOut()
                        && last.to() == step.from()
                        && (whole > BOUND || (isUntold(last) && isUntold(step)));
            case ABORT -> last.kind() == Step.Kind.START && whole >= BOUND;
            case RESTORED -> last.kind() == Step.Kind.LOST && whole + losses > BOUND;
            default -> false;
        };
    }

    private static boolean isUntold(Step step) {
        return step.kind() == Step.Kind.UNTOLD_CHANGE;
    }

    private boolean tellsNothingNew(@Nullable Step last, Step step) {
        return switch (step.kind()) {
            // The change back was told to nobody, for want of a capability.
            case CHANGE ->
                last != null
                        && last.kind() == Step.Kind.CHANGE
                        && last.to() == step.to()
                        && step.mayBeLeftOut()
                        && whole >= BOUND;
            case OTHER -> others >= BOUND;
            default -> false;
        };
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

    private void count(Step step, int by) {
        Step.Kind kind = step.kind();
        transitions += kind.isTransition() ? by : 0;
        whole += kind == Step.Kind.CHANGE || kind == Step.Kind.ABORT ? by : 0;
        losses += kind == Step.Kind.LOST ? by : 0;
        others += kind == Step.Kind.OTHER ? by : 0;
    }

    /** How many times something was left out. */
    long leftOut() {
        return leftOut;
    }
}
