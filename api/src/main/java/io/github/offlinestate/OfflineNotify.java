package io.github.offlinestate;

/**
 * A client's callback.
 *
 * <p>MAPI counterpart: {@code IMAPIOfflineNotify}.
 *
 * <p>Called on a thread of the provider's; one registration is never called twice at a time, and each call
 * happens-before the next (NOTIFY-5). From within it, every method of the offline object may be called (NOTIFY-7),
 * but {@link Offline#setCurrentState} is refused with {@link HResult#E_PENDING} while the transition is under way,
 * and always with {@link SetFlag#BLOCK} (SET-8). A slow callback delays the other registrations of its profile
 * (NOTIFY-9): hand long work to an executor.
 */
@FunctionalInterface
public interface OfflineNotify extends OfflineCallback {
    /**
     * Something happened to the profile.
     *
     * <p>MAPI counterpart: {@code IMAPIOfflineNotify::Notify}. What this method throws is logged and reaches nobody
     * else (NOTIFY-6). Ignore what you do not know (NOTIFY-8): {@link OfflineNotification#stateChange()} does the
     * documented checks.
     *
     * @param notification what happened, with the client token of the registration (NOTIFY-2)
     */
    void onNotify(OfflineNotification notification);
}
