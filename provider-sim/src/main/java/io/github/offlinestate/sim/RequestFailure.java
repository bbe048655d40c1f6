package io.github.offlinestate.sim;

/** How a simulated source fails a request of a client's, a call of {@code setCurrentState}. */
public enum RequestFailure {
    /** The request fails at once, before anything has begun. */
    REFUSE,
    /** The change is begun, and fails where it would have happened. */
    FAIL_AFTER_START,
    /** The request is accepted, and neither done nor refused ever. */
    NEVER_COMPLETE,
    /**
     * The call into the source does not return, until {@link SimulatedProfile#releaseHungRequests()} or until the
     * profile's last offline object is closed.
     */
    HANG,
    /** The call into the source throws. */
    THROW
}
