package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.tck.catalogue.PlainProvider.ProfileMaker;
import io.github.offlinestate.tck.catalogue.found.QuietProvider;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** A fixture of providers whose source is in memory, with every hook. */
class MemoryFixture implements ProviderFixture {
    /** Makes a provider. */
    @FunctionalInterface
    interface ProviderMaker {
        OfflineStateProvider make(MemorySource source, Duration startLimit, Duration callbackLimit);
    }

    /** Of what waits 1,024 transitions, one more where the state is the other one, and one that is being told. */
    private static final int LAG_LIMIT = 1_024 + 1 + 1;

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration CALLBACK_LIMIT = Duration.ofSeconds(30);

    private final Supplier<MemorySource> sources;
    private final ProviderMaker providers;

    MemoryFixture(Supplier<MemorySource> sources, ProviderMaker providers) {
        this.sources = sources;
        this.providers = providers;
    }

    MemoryFixture(ProviderMaker providers) {
        this(MemorySource::new, providers);
    }

    MemoryFixture(ProfileMaker profiles) {
        this((source, startLimit, callbackLimit) -> new PlainProvider(source, startLimit, profiles));
    }

    @Override
    public PreparedProvider prepare() {
        return prepare(START_LIMIT, CALLBACK_LIMIT);
    }

    @Override
    public Optional<PreparedProvider> prepareWithLimits(Duration startLimit, Duration callbackLimit) {
        return Optional.of(prepare(startLimit, callbackLimit));
    }

    private PreparedProvider prepare(Duration startLimit, Duration callbackLimit) {
        MemorySource source = sources.get();
        return prepared(source, providers.make(source, startLimit, callbackLimit));
    }

    PreparedProvider prepared(MemorySource source, OfflineStateProvider provider) {
        return PreparedProvider.of(provider, MemorySource.PROFILE).withControl(source);
    }

    /** Some class that is found and does nothing: the prepared provider has parameters, so it cannot be one. */
    @Override
    public Optional<Class<? extends OfflineStateProvider>> serviceClass() {
        return Optional.of(OneService.of(QuietProvider.class));
    }

    @Override
    public OptionalInt lagLimit() {
        return OptionalInt.of(LAG_LIMIT);
    }

    @Override
    public Duration inTime() {
        return Duration.ofSeconds(2);
    }
}
