package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.tck.model.TckEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An offline object whose calls appear in the history. */
final class RecordedManager implements OfflineManager {
    private final ProviderTrial trial;
    private final String name;
    private final OfflineManager real;

    RecordedManager(ProviderTrial trial, String name, OfflineManager real) {
        this.trial = trial;
        this.name = name;
        this.real = real;
    }

    /** The object itself, for what must not be slowed down. */
    OfflineManager real() {
        return real;
    }

    @Override
    public Capabilities capabilities() {
        return given("capabilities()", real::capabilities);
    }

    @Override
    public ConnectionState currentState() {
        return given("currentState()", real::currentState);
    }

    @Override
    public void setCurrentState(ConnectionState state, SetFlag flag) {
        recorded("setCurrentState(" + state + ", " + flag + ")", () -> {
            real.setCurrentState(state, flag);
            return null;
        });
    }

    @Override
    public boolean canSet() {
        return real.canSet();
    }

    @Override
    public AdviseToken advise(AdviseInfo info) {
        AdviseToken token = given("advise(" + describe(info) + ")", () -> real.advise(info));
        note(info, token);
        return token;
    }

    private void note(@Nullable AdviseInfo info, AdviseToken token) {
        if (info != null && info.callback() instanceof Client client) {
            trial.registered(this, token, client);
        }
    }

    private static String describe(@Nullable AdviseInfo info) {
        return info == null ? "null" : info.callback() + ", client token " + info.clientToken();
    }

    @Override
    public AdviseToken advise(OfflineNotify callback, int clientToken) {
        return advise(AdviseInfo.of(callback, clientToken));
    }

    @Override
    public AdviseToken advise(OfflineNotify callback) {
        return advise(AdviseInfo.of(callback));
    }

    @Override
    public void unadvise(AdviseToken token) {
        recorded("unadvise(" + token + ")", () -> {
            real.unadvise(token);
            return null;
        });
        trial.removed(this, token);
    }

    @Override
    public void close() {
        recorded("close()", () -> {
            real.close();
            return null;
        });
        trial.removed(this);
    }

    private <T> T given(String call, Supplier<T> body) {
        return ProviderTrial.requireGiven(name + "." + call, recorded(call, body));
    }

    private <T extends @Nullable Object> T recorded(String call, Supplier<T> body) {
        String text = name + "." + call;
        trial.record("kit", TckEvent.Kind.CALL, text);
        try {
            T value = body.get();
            trial.record("kit", TckEvent.Kind.CALL_END, text + (value == null ? " returned" : " = " + value));
            return value;
        } catch (Throwable thrown) {
            trial.record("kit", TckEvent.Kind.CALL_END, text + " threw " + thrown);
            throw thrown;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
