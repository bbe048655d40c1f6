package com.example.reachability;

import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.spi.PollingSettings;
import io.github.offlinestate.tck.OfflineStateProviderTck;
import io.github.offlinestate.tck.backend.EngineProviderFixture;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The compatibility kit on this provider. The tests beside it show it against a real server that goes up and down. */
class ReachabilityTckTest extends OfflineStateProviderTck {
    private static Endpoint endpoint;
    private static Endpoint second;

    @BeforeAll
    static void up() throws IOException {
        endpoint = Endpoint.up();
        second = Endpoint.up();
    }

    @AfterAll
    static void down() throws IOException {
        endpoint.close();
        second.close();
    }

    @Override
    public PreparedProvider prepare() {
        return prepare(EngineSettings.DEFAULT);
    }

    @Override
    public Optional<PreparedProvider> prepareWithLimits(Duration startLimit, Duration callbackLimit) {
        return Optional.of(
                prepare(EngineSettings.DEFAULT.withStartLimit(startLimit).withCallbackLimit(callbackLimit)));
    }

    private static PreparedProvider prepare(EngineSettings limits) {
        ReachabilityProvider provider = new ReachabilityProvider(limits, PollingSettings.DEFAULT);
        return EngineProviderFixture.prepare(provider, limits, endpoint.profile());
    }

    @Override
    public Optional<String> secondProfile() {
        return Optional.of(second.profile());
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public Optional<Class<? extends OfflineStateProvider>> serviceClass() {
        return Optional.of(ReachabilityProvider.class);
    }
}
