package io.github.offlinestate.sim;

import java.time.Duration;

/**
 * How long a simulated source takes for a change, phase by phase, on the provider's time.
 *
 * @param beforeStart from asking for the change to its beginning
 * @param beforeChange from its beginning to the new state
 * @param beforeOutcome from the new state to the outcome of the request, where a client asked
 */
public record Latency(Duration beforeStart, Duration beforeChange, Duration beforeOutcome) {
    /** No latency at all: a change is made within the call that asks for it. */
    public static final Latency NONE = each(Duration.ZERO);

    /**
     * Checked where it is made.
     *
     * @throws IllegalArgumentException where one is negative
     */
    public Latency {
        requireNotNegative(beforeStart, "beforeStart");
        requireNotNegative(beforeChange, "beforeChange");
        requireNotNegative(beforeOutcome, "beforeOutcome");
    }

    /**
     * The same for each of the three phases.
     *
     * @param perPhase how long one takes
     * @return a latency of three times that
     */
    public static Latency each(Duration perPhase) {
        return new Latency(perPhase, perPhase, perPhase);
    }

    /**
     * All phases together.
     *
     * @return the sum
     */
    public Duration total() {
        return beforeStart.plus(beforeChange).plus(beforeOutcome);
    }

    private static void requireNotNegative(Duration phase, String what) {
        if (phase.isNegative()) {
            throw new IllegalArgumentException(what + " is " + phase + ": a latency is not negative");
        }
    }
}
