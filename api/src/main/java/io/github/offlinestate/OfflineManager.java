package io.github.offlinestate;

/**
 * A profile's offline object: its state, and who is notified of it.
 *
 * <p>MAPI counterpart: {@code IMAPIOfflineMgr}, as {@code HrOpenOfflineObj} gives it. All objects of one profile share
 * its state (OPEN-4); each has registrations of its own. Every method may be called from any thread, and from within a
 * callback.
 */
public interface OfflineManager extends Offline, AutoCloseable {
    /**
     * Registers a callback. Ask for {@link #capabilities()} first, and register only where there is one (ADVISE-11).
     * The present state is not notified by itself (ADVISE-9): to have it and then every change once, register, then
     * read the state, as ADVISE-12 tells.
     *
     * <p>MAPI counterpart: {@code IMAPIOfflineMgr::Advise}; its flags have one allowed value and are gone. The
     * registration holds the callback strongly (ADVISE-8). One callback may be registered several times (ADVISE-7).
     *
     * @param info what to register
     * @return the token to unregister with
     * @throws OfflineStateException {@link HResult#E_INVALIDARG} where the info is null, has no callback, or has a
     *     type, advise types or a mask other than the documented ones (ADVISE-4); {@link HResult#E_NOINTERFACE} where
     *     the callback is not an {@link OfflineNotify} (ADVISE-3); {@link HResult#MAPI_E_NOT_INITIALIZED} on a closed
     *     object. Nothing is registered then (ADVISE-5).
     */
    AdviseToken advise(AdviseInfo info);

    /**
     * Registers a callback with the documented values.
     *
     * @param callback whom to call
     * @param clientToken any value, given back with each notification (ADVISE-6)
     * @return the token to unregister with
     * @throws OfflineStateException as {@link #advise(AdviseInfo)}
     */
    default AdviseToken advise(OfflineNotify callback, int clientToken) {
        return advise(AdviseInfo.of(callback, clientToken));
    }

    /**
     * Registers a callback with the documented values and 0 as client token.
     *
     * @param callback whom to call
     * @return the token to unregister with
     * @throws OfflineStateException as {@link #advise(AdviseInfo)}
     */
    default AdviseToken advise(OfflineNotify callback) {
        return advise(callback, 0);
    }

    /**
     * Removes a registration. Always succeeds: a token that was never given, was removed before, or belongs to another
     * object changes nothing (UNADVISE-1); so does one of a closed object.
     *
     * <p>MAPI counterpart: {@code IMAPIOfflineMgr::Unadvise}; its flags have one allowed value and are gone.
     *
     * <p>When it returns, no notification of that registration starts any more; where it was called from outside any
     * callback of the provider, none is running any more either: it waits for one that does, and an interrupt does not
     * shorten that. From within a callback it never waits (UNADVISE-2). So do not call it while holding a lock, or
     * keeping a thread waiting, that the callback needs (UNADVISE-6).
     *
     * @param token what {@code advise} gave
     */
    void unadvise(AdviseToken token);

    /**
     * Gives the object back: removes its registrations, with the guarantee of {@link #unadvise} (CLOSE-1), and
     * releases the backend's object when it was the profile's last. Closing again changes nothing and gives the same
     * guarantee (CLOSE-2). Other objects of the profile are untouched (CLOSE-3).
     *
     * <p>MAPI counterpart: {@code IUnknown::Release}.
     */
    @Override
    void close();
}
