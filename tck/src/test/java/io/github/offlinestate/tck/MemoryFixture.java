package io.github.offlinestate.tck;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.tck.backend.EngineProviderFixture;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The engine on the plainest backend, with everything that a fixture can give. */
public final class MemoryFixture implements ProviderFixture {
    @Override
    public PreparedProvider prepare() {
        return prepare(EngineSettings.DEFAULT);
    }

    @Override
    public Optional<PreparedProvider> prepareWithLimits(Duration startLimit, Duration callbackLimit) {
        return Optional.of(
                prepare(EngineSettings.DEFAULT.withStartLimit(startLimit).withCallbackLimit(callbackLimit)));
    }

    @Override
    public OptionalInt lagLimit() {
        return OptionalInt.of(EngineProviderFixture.LAG_LIMIT);
    }

    private static PreparedProvider prepare(EngineSettings settings) {
        MemoryProvider provider = new MemoryProvider();
        return EngineProviderFixture.prepare(
                provider,
                settings,
                MemoryProvider.PROFILE,
                (name, capabilities) -> provider.add(name, capabilities.orElse(Capabilities.BOTH)));
    }
}
