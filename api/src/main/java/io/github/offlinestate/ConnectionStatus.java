package io.github.offlinestate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a {@link ConnectionMonitor} knows at one moment, and how it knows it.
 *
 * @param state what listeners have been told: damped, where the monitor has holds
 * @param raw what the source says, undamped; differs from {@code state} only while a change is held back
 * @param reason how {@code raw} is known, or why it is not
 * @param watched whether the source will tell when {@code raw} ends; false where the object lacks the capability for
 *     it, so that {@code raw} was true when it was read and may have ended since
 * @param since when {@code raw} began, as far as the monitor saw it
 * @param lastSure the last state that was certain; empty where there never was one
 * @param lastSureAge how long ago that was; zero while it still is certain
 * @param failure what opening or reading failed with, where that is why {@code raw} is unknown
 * @param changes how many changes listeners have been told since the monitor was opened
 * @param damped how many changes of {@code raw} nobody was told, since they came back within the hold
 */
public record ConnectionStatus(
        Connectivity state,
        Connectivity raw,
        Reason reason,
        boolean watched,
        Instant since,
        Optional<ConnectionState> lastSure,
        Duration lastSureAge,
        Optional<Throwable> failure,
        long changes,
        long damped) {
    /** How a state is known, or why it is not. */
    public enum Reason {
        /** The source tells of every change: this is where its notifications and its reading have led. */
        TOLD,
        /** Read just now, because the source would not have told when it ended. */
        READ,
        /** Nothing could be opened, and {@link ConnectionMonitor.Builder#assume} says what to take then. */
        ASSUMED,
        /** Unknown: the profile is not open yet, {@link ConnectionMonitor.Builder#keepTrying()} goes on. */
        NOT_OPEN,
        /** Unknown: the backend is away. */
        LOST,
        /** Unknown: the state could not be read, for another reason than the backend's being away. */
        UNREADABLE,
        /**
         * Unknown whether it still holds: the object has not the capability to tell, and it could not be read again;
         * {@link #lastSure()} says what was read last.
         */
        NO_CAPABILITY,
        /** The monitor is closed. */
        CLOSED
    }
}
