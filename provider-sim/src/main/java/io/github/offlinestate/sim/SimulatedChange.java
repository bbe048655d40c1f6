package io.github.offlinestate.sim;

import io.github.offlinestate.ConnectionState;
import java.time.Instant;
import java.util.Objects;

/**
 * A change that a simulated source has made.
 *
 * @param at when, on the provider's time
 * @param state the state that it changed into
 * @param by who made it
 */
public record SimulatedChange(Instant at, ConnectionState state, ChangedBy by) {
    /** Checked where it is made: nothing is missing. */
    public SimulatedChange {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(by, "by");
    }
}
