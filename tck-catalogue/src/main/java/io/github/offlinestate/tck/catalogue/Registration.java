package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.OfflineNotify;
import org.jspecify.annotations.Nullable;

/** One successful Advise. Guarded by its profile. */
final class Registration {
    private final PlainManager owner;
    private final long token;
    private final int clientToken;
    private @Nullable OfflineNotify callback;

    Registration(PlainManager owner, long token, OfflineNotify callback, int clientToken) {
        this.owner = owner;
        this.token = token;
        this.callback = callback;
        this.clientToken = clientToken;
    }

    PlainManager owner() {
        return owner;
    }

    long token() {
        return token;
    }

    int clientToken() {
        return clientToken;
    }

    /** Whom to call; nobody once it is removed. */
    @Nullable
    OfflineNotify callback() {
        return callback;
    }

    /** From now on nothing of the provider points to the callback. */
    void remove() {
        callback = null;
    }
}
