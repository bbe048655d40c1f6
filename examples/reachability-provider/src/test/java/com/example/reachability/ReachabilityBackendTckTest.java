package com.example.reachability;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.spi.PollingSettings;
import io.github.offlinestate.tck.OfflineStateBackendTck;
import io.github.offlinestate.tck.backend.BackendControl;
import io.github.offlinestate.tck.backend.PreparedBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The kit for backends, with a real server that goes up and down: nothing is injected. */
class ReachabilityBackendTckTest extends OfflineStateBackendTck {
    private static Endpoint endpoint;

    @BeforeAll
    static void up() throws IOException {
        endpoint = Endpoint.up();
    }

    @AfterAll
    static void down() throws IOException {
        endpoint.close();
    }

    @Override
    public PreparedBackend prepare() throws IOException {
        endpoint.goUp();
        ReachabilityBackends backends = new ReachabilityBackends();
        return PreparedBackend.of(backends, endpoint.profile()).withControl(backends);
    }

    /** That nobody listens is an answer of this source; nobody takes away who gives it. */
    @Override
    public boolean sourceCanGoAway() {
        return false;
    }

    /** Opens the provider's backends, and remembers the one that is open: a change is over when that one has seen it. */
    private static final class ReachabilityBackends implements BackendFactory, BackendControl {
        private final ReachabilityProvider provider = new ReachabilityProvider(
                EngineSettings.DEFAULT, PollingSettings.DEFAULT.withInterval(Duration.ofMillis(5)));

        private volatile Backend open;

        @Override
        public Backend openBackend(String profile, BackendSink sink) {
            open = new Watched(provider.openBackend(profile, sink));
            return open;
        }

        @Override
        public void change(ConnectionState state) throws IOException {
            if (state == ConnectionState.ONLINE) {
                endpoint.goUp();
            } else {
                endpoint.goDown();
            }
            for (Backend seeing = open; seeing != null && seeing.currentState() != state; seeing = open) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }

        private final class Watched implements Backend {
            private final Backend polling;

            Watched(Backend polling) {
                this.polling = polling;
            }

            @Override
            public Capabilities capabilities() {
                return polling.capabilities();
            }

            @Override
            public ConnectionState currentState() {
                return polling.currentState();
            }

            @Override
            public boolean canSet() {
                return polling.canSet();
            }

            @Override
            public void close() {
                polling.close();
                open = null;
            }
        }
    }
}
