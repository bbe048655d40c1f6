package io.github.offlinestate;

/**
 * A profile's online/offline state: what can be told of it, what it is, and setting it.
 *
 * <p>MAPI counterpart: {@code IMAPIOffline}. Every method may be called from any thread, and from within a callback.
 *
 * <p>Each method of a closed object fails with {@link HResult#MAPI_E_NOT_INITIALIZED} (CLOSE-2).
 */
public interface Offline {
    /**
     * What this object can tell. It does not change while the object is open (CAP-4), and is readable while the
     * backend is away (LOST-1).
     *
     * <p>MAPI counterpart: {@code IMAPIOffline::GetCapabilities}.
     *
     * @return the capabilities
     * @throws OfflineStateException {@link HResult#MAPI_E_NOT_INITIALIZED} on a closed object
     */
    Capabilities capabilities();

    /**
     * The state as the notifications tell it: the old one within STATECHANGE_START, the new one from the first
     * STATECHANGE on (STATE-2). Never waits for a change or for a client (STATE-3).
     *
     * <p>MAPI counterpart: {@code IMAPIOffline::GetCurrentState}; its state is read under
     * {@code MAPIOFFLINE_STATE_OFFLINE_MASK}.
     *
     * @return the state
     * @throws OfflineStateException {@link HResult#MAPI_E_NOT_INITIALIZED} on a closed object;
     *     {@link HResult#MAPI_E_END_OF_SESSION} and the cause while the backend is away (LOST-1)
     */
    ConnectionState currentState();

    /**
     * Asks for a state. Setting the one that already holds succeeds and notifies nobody (SET-5).
     *
     * <p>MAPI counterpart: {@code IMAPIOffline::SetCurrentState}; its mask and its reserved parameter have one allowed
     * value each and are gone (SET-7).
     *
     * <p>With {@link SetFlag#BLOCK}, do not hold a lock, or keep a thread waiting, that a callback of the profile
     * needs (SET-11). Of several reasons to fail, the first of the list below holds (SET-10).
     *
     * @param state the wanted state
     * @param flag whether to wait until the change is complete
     * @throws OfflineStateException {@link HResult#E_INVALIDARG} for a null;
     *     {@link HResult#MAPI_E_NOT_INITIALIZED} on a closed object, or when it is closed during the waiting (CLOSE-1);
     *     {@link HResult#MAPI_E_NO_SUPPORT} where {@link #canSet()} is false (SET-12);
     *     {@link HResult#MAPI_E_END_OF_SESSION} while the backend is away, or when it goes away during the waiting
     *     (LOST-1, LOST-2); {@link HResult#E_PENDING} while a change is under way (SET-3), and with
     *     {@link SetFlag#BLOCK} from within any callback (SET-8); {@link HResult#MAPI_E_CALL_FAILED} and the cause
     *     where the backend could not make the change and the call waited for it (SET-6);
     *     {@link HResult#MAPI_E_USER_CANCEL} where the waiting thread is interrupted: its flag is kept and the change
     *     goes on (SET-9)
     */
    void setCurrentState(ConnectionState state, SetFlag flag);

    /**
     * Whether the state can be set at all. Not in the reference: a probe or another read-only source says here what
     * would otherwise have to be tried (SET-12).
     *
     * @return whether {@link #setCurrentState} is supported
     * @throws OfflineStateException {@link HResult#MAPI_E_NOT_INITIALIZED} on a closed object
     */
    boolean canSet();
}
