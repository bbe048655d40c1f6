package io.github.offlinestate.benchmarks;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A source that costs nothing: it is what it was told to be, and reports it on the thread that told it. */
final class Link {
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final OfflineStateProvider provider;

    Link(EngineSettings settings) {
        provider = BackendProvider.of("link", (profile, sink) -> new Session(profile, sink), settings);
    }

    OfflineStateProvider provider() {
        return provider;
    }

    /** Where an open profile reports. */
    BackendSink sink(String profile) {
        return Objects.requireNonNull(sessions.get(profile), profile).sink;
    }

    private final class Session implements Backend {
        private final String profile;
        private final BackendSink sink;
        private volatile ConnectionState state = ConnectionState.ONLINE;

        Session(String profile, BackendSink sink) {
            this.profile = profile;
            this.sink = sink;
            sessions.put(profile, this);
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.BOTH;
        }

        @Override
        public ConnectionState currentState() {
            return state;
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            state = target;
            sink.changed(target);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            sessions.remove(profile, this);
        }
    }
}
