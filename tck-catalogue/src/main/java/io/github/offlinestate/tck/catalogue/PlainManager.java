package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.CallbackType;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import org.jspecify.annotations.Nullable;

/** An offline object of a {@link PlainProvider}: checks what it is asked, and hands it to its profile. */
class PlainManager implements OfflineManager {
    private final PlainProfile profile;
    private boolean closed; // guarded by the profile

    PlainManager(PlainProfile profile) {
        this.profile = profile;
    }

    final PlainProfile profile() {
        return profile;
    }

    @Override
    public Capabilities capabilities() {
        requireOpen();
        return profile.capabilities();
    }

    @Override
    public boolean canSet() {
        requireOpen();
        return profile.canSet();
    }

    @Override
    public ConnectionState currentState() {
        requireOpen();
        return profile.read();
    }

    @Override
    @SuppressWarnings("ConstantValue") // callers without null checking are answered too
    public void setCurrentState(ConnectionState state, SetFlag flag) {
        if (state == null || flag == null) {
            throw invalid("SetCurrentState needs a state and a flag");
        }
        requireOpen();
        requireSettable();
        profile.set(this, state, flag);
    }

    void requireSettable() {
        if (!profile.canSet()) {
            throw new OfflineStateException(
                    HResult.MAPI_E_NO_SUPPORT, "SetCurrentState: " + profile.name() + " cannot be set");
        }
    }

    @Override
    public AdviseToken advise(AdviseInfo info) {
        OfflineNotify callback = judge(info);
        return new AdviseToken(profile.advise(this, callback, info.clientToken()));
    }

    OfflineNotify judge(@Nullable AdviseInfo info) {
        if (info == null
                || info.callback() == null
                || !CallbackType.NOTIFY.equals(info.callbackType())
                || info.adviseTypes() != MapiConstants.MAPIOFFLINE_ADVISE_TYPE_STATECHANGE
                || info.stateMask() != MapiConstants.MAPIOFFLINE_STATE_ALL) {
            throw invalid("Advise needs a callback and the documented values, not " + info);
        }
        return notify(info);
    }

    OfflineNotify notify(AdviseInfo info) {
        if (info.callback() instanceof OfflineNotify notify) {
            return notify;
        }
        throw new OfflineStateException(
                HResult.E_NOINTERFACE, "Advise: " + info.callback() + " is not an OfflineNotify");
    }

    static OfflineStateException invalid(String what) {
        return new OfflineStateException(HResult.E_INVALIDARG, what);
    }

    @Override
    @SuppressWarnings("ConstantValue")
    public void unadvise(AdviseToken token) {
        if (token != null) {
            profile.unadvise(this, token.value());
        }
    }

    @Override
    public void close() {
        boolean first = markClosed();
        profile.leave(this);
        if (first) {
            profile.provider().release(profile);
        }
    }

    /** The token of the next registration; under the profile's lock. */
    long nextToken() {
        return profile.nextToken();
    }

    final boolean isClosed() {
        synchronized (profile) {
            return closed;
        }
    }

    private boolean markClosed() {
        synchronized (profile) {
            boolean first = !closed;
            closed = true;
            return first;
        }
    }

    void requireOpen() {
        synchronized (profile) {
            if (closed) {
                throw closedFailure();
            }
        }
    }

    final OfflineStateException closedFailure() {
        return new OfflineStateException(
                HResult.MAPI_E_NOT_INITIALIZED, "this object of " + profile.name() + " is closed");
    }

    @Override
    public String toString() {
        return "an object of " + profile.name();
    }
}
