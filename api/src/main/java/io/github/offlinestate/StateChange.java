package io.github.offlinestate;

/**
 * One of the three documented notifications of a transition, read from an {@link OfflineNotification} whose type and
 * mask were checked.
 *
 * @param phase which of the three
 * @param oldState the state before
 * @param newState the state after; equal to {@code oldState} in an abort (NOTIFY-10)
 */
public record StateChange(Phase phase, ConnectionState oldState, ConnectionState newState) {
    /** The three notifications of a transition, in their order (NOTIFY-1). */
    public enum Phase {
        /** {@code STATECHANGE_START}: about to change. */
        START,
        /** {@code STATECHANGE}: changed. */
        CHANGE,
        /** {@code STATECHANGE_DONE}: done, or given up. */
        DONE
    }

    /**
     * Checked where it is made.
     *
     * @throws IllegalArgumentException where old and new state are equal and it is not {@code DONE}
     */
    public StateChange {
        if (oldState == newState && phase != Phase.DONE) {
            throw new IllegalArgumentException(
                    phase + " with old and new state both " + newState + ": only a DONE may have that (an abort)");
        }
    }

    /**
     * Whether the transition was given up after its START: this is its DONE, and nothing has changed (NOTIFY-10).
     *
     * @return whether old and new state are equal
     */
    public boolean isAbort() {
        return oldState == newState;
    }
}
