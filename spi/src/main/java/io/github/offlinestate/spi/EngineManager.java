package io.github.offlinestate.spi;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An offline object: judges what it is asked, and hands it to the profile that it shares with others. */
final class EngineManager implements OfflineManager {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Engine engine;
    private final ProfileSession session;
    private final int number = NUMBERS.incrementAndGet();
    private volatile boolean closed;

    EngineManager(Engine engine, ProfileSession session) {
        this.engine = engine;
        this.session = session;
    }

    /** Tells it from the other offline objects of its profile. */
    int number() {
        return number;
    }

    @Override
    public Capabilities capabilities() {
        requireOpen();
        return session.capabilities();
    }

    @Override
    public boolean canSet() {
        requireOpen();
        return session.canSet();
    }

    @Override
    public ConnectionState currentState() {
        requireOpen();
        return session.read();
    }

    @Override
    @SuppressWarnings("ConstantValue") // callers without null checking are answered too
    public void setCurrentState(ConnectionState state, SetFlag flag) {
        if (state == null || flag == null) {
            throw invalid(
                    "SetCurrentState",
                    "a state, ONLINE or OFFLINE, and a flag, DEFAULT or BLOCK, not " + state + " and " + flag);
        }
        requireOpen();
        session.set(this, state, flag);
    }

    @Override
    @SuppressWarnings("ConstantValue")
    public AdviseToken advise(AdviseInfo info) {
        OfflineNotify callback = judge(info);
        return session.advise(this, callback, info.clientToken());
    }

    /** ADVISE-4, then ADVISE-3. */
    private static OfflineNotify judge(@Nullable AdviseInfo info) {
        if (info == null) {
            throw invalid("Advise", "an AdviseInfo");
        }
        if (info.callback() == null) {
            throw invalid("Advise", "a callback in " + info);
        }
        if (!CallbackType.NOTIFY.equals(info.callbackType())) {
            throw invalid("Advise", "the callback type NOTIFY, not " + info.callbackType());
        }
        if (info.adviseTypes() != MapiConstants.MAPIOFFLINE_ADVISE_TYPE_STATECHANGE) {
            throw invalid(
                    "Advise",
                    String.format("the advise types STATECHANGE (0x00000001), not 0x%08x", info.adviseTypes()));
        }
        if (info.stateMask() != MapiConstants.MAPIOFFLINE_STATE_ALL) {
            throw invalid(
                    "Advise", String.format("the state mask STATE_ALL (0x003f037f), not 0x%08x", info.stateMask()));
        }
        if (info.callback() instanceof OfflineNotify notify) {
            return notify;
        }
        throw new OfflineStateException(
                HResult.E_NOINTERFACE,
                "Advise: the callback " + info.callback().getClass().getName() + " is not an "
                        + OfflineNotify.class.getName() + "; implement that one");
    }

    private static OfflineStateException invalid(String call, String wanted) {
        return new OfflineStateException(HResult.E_INVALIDARG, call + " needs " + wanted);
    }

    @Override
    public void unadvise(AdviseToken token) {
        if (token != null) {
            session.unadvise(this, token);
        }
    }

    @Override
    public void close() {
        boolean first;
        synchronized (session) {
            first = !closed;
            closed = true;
        }
        session.leave(this);
        if (first) {
            engine.closed(session);
        }
    }

    void requireOpen() {
        if (closed) {
            throw closed().exception();
        }
    }

    /** Why a call fails on this object once it is closed (CLOSE-2). */
    Failure closed() {
        return new Failure(
                HResult.MAPI_E_NOT_INITIALIZED, "this offline object of " + session + " is closed; open another", null);
    }

    @Override
    public String toString() {
        return "OfflineManager of " + session + (closed ? " (closed)" : "");
    }
}
