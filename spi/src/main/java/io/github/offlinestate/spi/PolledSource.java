package io.github.offlinestate.spi;

import io.github.offlinestate.ConnectionState;

/**
 * A source that tells nothing by itself and can only be asked: what a {@link PollingBackend} asks. A lambda will do.
 *
 * <p>All methods are called on one thread of the backend's own, one at a time, so an implementation needs no locks. It
 * is interrupted there when it takes longer than {@link PollingSettings#pollLimit()}, and when the backend is closed:
 * use calls that end then, or that have a timeout of their own.
 */
@FunctionalInterface
public interface PolledSource {
    /**
     * Asks the source. May take its time.
     *
     * @return the state that the source is in
     * @throws io.github.offlinestate.OfflineStateException at the first call, with {@code MAPI_E_NOT_FOUND}, where the
     *     source does not know the profile: opening fails with it
     * @throws Exception where the source cannot be asked; OFFLINE is an answer, this is none
     */
    ConnectionState poll() throws Exception;

    /**
     * Lets go of what the source holds. Called once, after the last other call.
     *
     * @throws Exception what went wrong; it is logged
     */
    default void close() throws Exception {}

    /** A source that can be set too. */
    interface Settable extends PolledSource {
        /**
         * Sets the source, or begins to: it is then asked until it is in that state, or the engine's
         * {@link EngineSettings#requestLimit()} is over.
         *
         * @param target the wanted state
         * @throws Exception where it cannot be set; the request fails with it
         */
        void change(ConnectionState target) throws Exception;
    }
}
