package io.github.offlinestate.tck.backend;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.tck.fixture.Hook;
import io.github.offlinestate.tck.fixture.ProviderControl;
import io.github.offlinestate.tck.model.Means;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the backends of another factory and stands between them and the engine: what is to happen from outside is told
 * to the engine without the source having a part in it.
 */
final class InjectedBackends implements BackendFactory, ProviderControl {
    private final BackendFactory real;
    private final EngineProviderFixture.Profiles profiles;
    private final Map<String, InjectedBackend> open = new ConcurrentHashMap<>();
    private final Map<String, Exception> away = new ConcurrentHashMap<>();
    private final Map<String, ConnectionState> left = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> sessions = new ConcurrentHashMap<>();

    InjectedBackends(BackendFactory real, EngineProviderFixture.Profiles profiles) {
        this.real = real;
        this.profiles = profiles;
    }

    @Override
    public Backend openBackend(String profile, BackendSink sink) throws Exception {
        Exception gone = away.get(profile);
        if (gone != null) {
            throw new OfflineStateException(
                    HResult.MAPI_E_END_OF_SESSION, "the backend of " + profile + " is away: " + gone, gone);
        }
        AtomicInteger count = sessions.computeIfAbsent(profile, key -> new AtomicInteger());
        InjectedBackend backend = new InjectedBackend(sink, left.get(profile), closed -> {
            count.decrementAndGet();
            open.remove(profile, closed);
        });
        backend.standBefore(real.openBackend(profile, backend.sink()));
        count.incrementAndGet();
        open.put(profile, backend);
        return backend;
    }

    @Override
    public Means means(Hook hook) {
        return switch (hook) {
            case OPEN_SESSIONS, ADD_PROFILE, ADD_PROFILE_WITH_CAPABILITIES -> Means.REAL_SOURCE;
            default -> Means.INJECTED;
        };
    }

    @Override
    public void change(String profile, ConnectionState state) {
        opened(profile).change(state);
    }

    @Override
    public void changeUntold(String profile, ConnectionState state) {
        opened(profile).changeUntold(state);
    }

    @Override
    public void sendForeign(String profile, int type, int mask, int oldState, int newState) {
        opened(profile).engine().otherNotification(type, mask, oldState, newState);
    }

    @Override
    public void failNextChange(String profile, Exception cause) {
        opened(profile).failNext(cause);
    }

    @Override
    public Runnable failNextChangeAfterStart(String profile, Exception cause) {
        return opened(profile).failNextAfterStart(cause);
    }

    @Override
    public Runnable holdNextChange(String profile) {
        return opened(profile).holdNext();
    }

    @Override
    public void startChange(String profile, ConnectionState state) {
        opened(profile).engine().changeStarting(state);
    }

    @Override
    public void takeAway(String profile, Exception cause) {
        away.put(profile, cause);
        opened(profile).lose(cause);
    }

    @Override
    public void bringBack(String profile, ConnectionState state) {
        away.remove(profile);
        left.put(profile, state);
        InjectedBackend backend = open.get(profile);
        if (backend != null) {
            backend.restore(state);
        }
    }

    @Override
    public int openSessions(String profile) {
        AtomicInteger count = sessions.get(profile);
        return count == null ? 0 : count.get();
    }

    @Override
    public void addProfile(String name) throws Exception {
        profiles.add(name, Optional.empty());
    }

    @Override
    public void addProfile(String name, Capabilities capabilities) throws Exception {
        profiles.add(name, Optional.of(capabilities));
    }

    private InjectedBackend opened(String profile) {
        @Nullable InjectedBackend backend = open.get(profile);
        if (backend == null) {
            throw new IllegalStateException("no object of the profile " + profile + " is open");
        }
        return backend;
    }
}
