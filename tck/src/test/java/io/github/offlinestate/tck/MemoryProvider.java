package io.github.offlinestate.tck;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.spi.BackendSink;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The plainest provider there is: a backend in memory that does at once what it is asked. */
final class MemoryProvider extends BackendProvider {
    static final String PROFILE = "memory profile";

    private final Map<String, Capabilities> profiles = new ConcurrentHashMap<>(Map.of(PROFILE, Capabilities.BOTH));

    MemoryProvider() {
        super("memory");
    }

    void add(String name, Capabilities capabilities) {
        profiles.put(name, capabilities);
    }

    @Override
    public Backend openBackend(String profile, BackendSink sink) {
        Capabilities capabilities = profiles.get(profile);
        if (capabilities == null) {
            throw new OfflineStateException(
                    HResult.MAPI_E_NOT_FOUND,
                    "the provider memory has no profile " + profile + ", only " + profiles.keySet());
        }
        return new MemoryBackend(capabilities, sink);
    }

    private static final class MemoryBackend implements Backend {
        private final Capabilities capabilities;
        private final BackendSink sink;
        private volatile ConnectionState state = ConnectionState.ONLINE;

        MemoryBackend(Capabilities capabilities, BackendSink sink) {
            this.capabilities = capabilities;
            this.sink = sink;
        }

        @Override
        public Capabilities capabilities() {
            return capabilities;
        }

        @Override
        public ConnectionState currentState() {
            return state;
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            if (state != target) {
                state = target;
                if (capabilities.notifies(target)) {
                    sink.changed(target);
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
