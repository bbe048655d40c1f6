package io.github.offlinestate.spi;

import io.github.offlinestate.ConnectionState;

/**
 * Where a backend reports. Every method may be called from any thread, also from within
 * {@link BackendFactory#openBackend} and {@link Backend#beginChange}; none blocks, none throws, and none calls a client:
 * reports are queued and delivered on a thread of the engine's. Most backends call {@link #changed} alone.
 */
public interface BackendSink {
    /**
     * The source is in this state now (BACKEND-3). With both capabilities a report that changes nothing is ignored;
     * with one missing it means that there was a change which the source could not report, so report each change
     * exactly once then.
     *
     * @param now the state
     */
    void changed(ConnectionState now);

    /**
     * The source can no longer be asked (BACKEND-4). Not the same as being offline: that is a state that a source
     * tells of.
     *
     * @param cause what happened; clients get it with {@code MAPI_E_END_OF_SESSION}
     */
    void backendLost(Throwable cause);

    /**
     * The source can be asked again (BACKEND-4).
     *
     * @param now the state that it is in
     */
    void backendRestored(ConnectionState now);

    /**
     * The source is about to change. Only for sources that tell of phases: without it the engine makes the phases
     * itself. What neither changes nor is cancelled in time is given up ({@link EngineSettings#startLimit()},
     * NOTIFY-10).
     *
     * @param target the state to come
     */
    void changeStarting(ConnectionState target);

    /** What {@link #changeStarting} said will not come. */
    void changeCancelled();

    /**
     * Passes on a notification that is none of the documented ones (NOTIFY-8). One that is (a type and a mask that
     * this API gives a meaning) is refused with a log entry: it belongs into the other methods.
     *
     * @param type the raw type
     * @param mask the raw mask
     * @param oldState the raw old state
     * @param newState the raw new state
     */
    void otherNotification(int type, int mask, int oldState, int newState);
}
