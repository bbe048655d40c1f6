package io.github.offlinestate;

import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt to set the state ended.
 *
 * @param kind what ended it
 * @param attempts how many calls of {@link Offline#setCurrentState} were made
 * @param took how long it took
 * @param failure what the last call failed with; empty where it succeeded or none was made
 */
public record SetOutcome(Kind kind, int attempts, Duration took, Optional<OfflineStateException> failure) {
    /** What ended it. */
    public enum Kind {
        /** The state is the wanted one, and everybody has been told (SET-1). */
        SET,
        /** The time was over; a change that was begun goes on. */
        TIMED_OUT,
        /** It was cancelled, or the waiting thread interrupted; a change that was begun goes on. */
        CANCELLED,
        /** The backend was or went away (LOST-2), and waiting for it was not asked for. */
        LOST,
        /** The backend could not make the change; {@link SetOutcome#failure()} has its cause (SET-6). */
        FAILED,
        /** The state of this profile cannot be set (SET-12), or nothing is open that could be set. */
        NOT_SUPPORTED,
        /** The monitor or its offline object was closed. */
        CLOSED
    }

    /**
     * Whether the state was set.
     *
     * @return whether it ended with {@link Kind#SET}
     */
    public boolean isSet() {
        return kind == Kind.SET;
    }
}
