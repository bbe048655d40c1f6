package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.tck.backend.EngineProviderFixture;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The simulated provider behind the kit's own engine, which is the one that is judged. */
final class SimulatedFixture implements ProviderFixture {
    private static final String PROFILE = "Judged";

    private final EngineWatch watch;

    SimulatedFixture(EngineWatch watch) {
        this.watch = watch;
    }

    @Override
    public PreparedProvider prepare() {
        return prepare(watch.settings());
    }

    @Override
    public Optional<PreparedProvider> prepareWithLimits(Duration startLimit, Duration callbackLimit) {
        return Optional.of(prepare(watch.settings().withStartLimit(startLimit).withCallbackLimit(callbackLimit)));
    }

    private PreparedProvider prepare(EngineSettings settings) {
        SimulatedProvider provider =
                SimulatedProvider.builder().time(watch.time()).profile(PROFILE).build();
        return EngineProviderFixture.prepare(
                provider,
                settings,
                PROFILE,
                (name, its) ->
                        provider.addProfile(name, profile -> profile.capabilities(its.orElse(Capabilities.BOTH))));
    }

    @Override
    public Optional<Class<? extends OfflineStateProvider>> serviceClass() {
        return Optional.of(SimulatedProvider.class);
    }

    @Override
    public OptionalInt lagLimit() {
        return OptionalInt.of(EngineProviderFixture.LAG_LIMIT);
    }

    @Override
    public Duration inTime() {
        return Duration.ofSeconds(2);
    }
}
