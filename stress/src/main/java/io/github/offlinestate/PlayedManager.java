package io.github.offlinestate;

import org.jspecify.annotations.Nullable;

/**
 * An offline object whose notifications an actor plays, on its own thread, in the order that the contract promises
 * (STATE-2): what a monitor makes of them is then a race of two threads alone.
 */
final class PlayedManager implements OfflineManager {
    private volatile ConnectionState state = ConnectionState.ONLINE;
    private volatile @Nullable OfflineNotify callback;

    @Override
    public Capabilities capabilities() {
        return Capabilities.BOTH;
    }

    @Override
    public ConnectionState currentState() {
        return state;
    }

    @Override
    public void setCurrentState(ConnectionState to, SetFlag flag) {
        throw new OfflineStateException(HResult.MAPI_E_NO_SUPPORT, "an actor plays what happens");
    }

    @Override
    public boolean canSet() {
        return false;
    }

    @Override
    public AdviseToken advise(AdviseInfo info) {
        callback = (OfflineNotify) info.callback();
        return new AdviseToken(1);
    }

    @Override
    public void unadvise(AdviseToken token) {
        callback = null;
    }

    @Override
    public void close() {}

    /** A whole transition. */
    void play(ConnectionState to) {
        ConnectionState from = to.opposite();
        tell(NotifyType.STATECHANGE_START, from, to);
        state = to;
        tell(NotifyType.STATECHANGE, from, to);
        tell(NotifyType.STATECHANGE_DONE, from, to);
    }

    /** A transition that is given up after its START (NOTIFY-10). */
    void playAbort(ConnectionState to) {
        ConnectionState stays = to.opposite();
        tell(NotifyType.STATECHANGE_START, stays, to);
        tell(NotifyType.STATECHANGE_DONE, stays, stays);
    }

    private void tell(NotifyType type, ConnectionState from, ConnectionState to) {
        OfflineNotify told = callback;
        if (told != null) {
            told.onNotify(notification(type, from, to));
        }
    }

    static OfflineNotification notification(NotifyType type, ConnectionState from, ConnectionState to) {
        return new OfflineNotification(type, 0, MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK, from.code(), to.code());
    }
}
