package io.github.offlinestate.spi;

/** Opens sessions with a source. */
@FunctionalInterface
public interface BackendFactory {
    /**
     * Opens a profile of the source (BACKEND-6). Called on the thread of the client that opens the profile, for one
     * profile by one thread at a time. What the sink is told before the return is held until then.
     *
     * @param profile the name; neither empty nor with a NUL in it
     * @param sink where the backend reports, from any thread, until it is closed
     * @return the session
     * @throws io.github.offlinestate.OfflineStateException {@code MAPI_E_NOT_FOUND} for a profile that the source does
     *     not know, {@code MAPI_E_END_OF_SESSION} where the source is away; nothing of the session is left then
     * @throws Exception whatever else went wrong; the client gets {@code MAPI_E_CALL_FAILED} with it as the cause
     */
    Backend openBackend(String profile, BackendSink sink) throws Exception;
}
