package io.github.offlinestate;

import org.jspecify.annotations.Nullable;

/**
 * What a client registers with. It holds anything, so that every mistake can be made and judged:
 * {@link OfflineManager#advise(AdviseInfo)} is what refuses (ADVISE-4).
 *
 * <p>MAPI counterpart: {@code MAPIOFFLINE_ADVISEINFO} ({@code ulSize} is gone: a record has no size to get wrong).
 *
 * @param clientToken any value; given back unchanged with each notification (ADVISE-6); {@code ulClientToken}
 * @param callbackType how to call back; only {@link CallbackType#NOTIFY} is accepted; {@code CallbackType}
 * @param callback whom to call; an {@link OfflineNotify}; {@code pCallback}
 * @param adviseTypes what to be told of; only {@link MapiConstants#MAPIOFFLINE_ADVISE_TYPE_STATECHANGE} is accepted;
 *     {@code ulAdviseTypes}
 * @param stateMask of which bits of the state; only {@link MapiConstants#MAPIOFFLINE_STATE_ALL} is accepted;
 *     {@code ulStateMask}
 */
public record AdviseInfo(
        int clientToken,
        CallbackType callbackType,
        @Nullable OfflineCallback callback,
        int adviseTypes,
        int stateMask) {
    /**
     * The documented values with a callback, and 0 as client token.
     *
     * @param callback whom to call
     * @return what {@link OfflineManager#advise(AdviseInfo)} accepts, if the callback is an {@link OfflineNotify}
     */
    public static AdviseInfo of(OfflineCallback callback) {
        return new AdviseInfo(
                0,
                CallbackType.NOTIFY,
                callback,
                MapiConstants.MAPIOFFLINE_ADVISE_TYPE_STATECHANGE,
                MapiConstants.MAPIOFFLINE_STATE_ALL);
    }

    /**
     * The documented values with a callback that is told from others by a client token.
     *
     * @param callback whom to call
     * @param clientToken any value
     * @return what {@link OfflineManager#advise(AdviseInfo)} accepts, if the callback is an {@link OfflineNotify}
     */
    public static AdviseInfo of(OfflineCallback callback, int clientToken) {
        return of(callback).withClientToken(clientToken);
    }

    /**
     * The same with another client token.
     *
     * @param clientToken any value
     * @return a copy
     */
    public AdviseInfo withClientToken(int clientToken) {
        return new AdviseInfo(clientToken, callbackType, callback, adviseTypes, stateMask);
    }
}
