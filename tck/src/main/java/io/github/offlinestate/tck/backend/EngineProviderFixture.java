package io.github.offlinestate.tck.backend;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.tck.fixture.Hook;
import io.github.offlinestate.tck.fixture.HookMissingException;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The fixture for every provider that extends {@link BackendProvider}: nothing is to be written but its name.
 *
 * <pre>{@code
 * public class MyFixture extends EngineProviderFixture {
 *     public MyFixture() {
 *         super(MyProvider::new, "default");
 *     }
 * }
 * }</pre>
 *
 * <p>It opens the provider's backends behind an engine of its own, and tells that engine what is to happen from
 * outside. So what it makes happen is injected ({@code Means.INJECTED}): the rules say something of the engine with
 * these backends, and how a backend tells of its source is judged by the kit for backends.
 */
public class EngineProviderFixture implements ProviderFixture {
    /**
     * The engine's {@link ProviderFixture#lagLimit()}: the oldest 1,024 that wait are never left out, one more may stand
     * where the state is the other one, and one is being told.
     */
    public static final int LAG_LIMIT = 1_024 + 1 + 1;

    private final Supplier<? extends BackendProvider> providers;
    private final String profile;

    /**
     * A fixture.
     *
     * @param providers makes a provider, anew for each test
     * @param profile the name of a profile that it can open
     */
    public EngineProviderFixture(Supplier<? extends BackendProvider> providers, String profile) {
        this.providers = providers;
        this.profile = profile;
    }

    @Override
    public PreparedProvider prepare() {
        BackendProvider provider = providers.get();
        return prepare(provider, provider.settings(), profile);
    }

    @Override
    public Optional<PreparedProvider> prepareWithLimits(Duration startLimit, Duration callbackLimit) {
        BackendProvider provider = providers.get();
        EngineSettings brief = provider.settings().withStartLimit(startLimit).withCallbackLimit(callbackLimit);
        return Optional.of(prepare(provider, brief, profile));
    }

    /**
     * The provider's own class, where it has one of its own.
     *
     * @return the class of what the supplier makes; empty for a provider made from a factory alone
     */
    @Override
    public Optional<Class<? extends OfflineStateProvider>> serviceClass() {
        Class<? extends OfflineStateProvider> type = providers.get().getClass();
        return type.isAnonymousClass() || type.isLocalClass() ? Optional.empty() : Optional.of(type);
    }

    @Override
    public OptionalInt lagLimit() {
        return OptionalInt.of(LAG_LIMIT);
    }

    /**
     * Prepares a provider for a fixture of one's own.
     *
     * @param provider the provider whose backends are opened
     * @param settings the engine's limits
     * @param profile the name of a profile that it can open
     * @return a provider that opens the same backends, with a control that injects
     */
    public static PreparedProvider prepare(BackendProvider provider, EngineSettings settings, String profile) {
        return prepare(provider, settings, profile, (name, capabilities) -> {
            throw new HookMissingException(
                    capabilities.isPresent() ? Hook.ADD_PROFILE_WITH_CAPABILITIES : Hook.ADD_PROFILE);
        });
    }

    /**
     * Prepares a provider whose source can be given profiles.
     *
     * @param provider the provider whose backends are opened
     * @param settings the engine's limits
     * @param profile the name of a profile that it can open
     * @param profiles makes profiles in the source
     * @return a provider that opens the same backends, with a control that injects
     */
    public static PreparedProvider prepare(
            BackendProvider provider, EngineSettings settings, String profile, Profiles profiles) {
        InjectedBackends backends = new InjectedBackends(provider, profiles);
        return PreparedProvider.of(
                        new InjectedProvider(provider, BackendProvider.of(provider.name(), backends, settings)),
                        profile)
                .withControl(backends)
                .inPlaceOf(provider.getClass());
    }

    /** Makes profiles in a source. */
    @FunctionalInterface
    public interface Profiles {
        /**
         * Makes a profile.
         *
         * @param name exactly this name
         * @param capabilities what its backend can tell; empty for what the fixture's own profile has
         * @throws Exception where it does not work; {@link HookMissingException} where it never does
         */
        void add(String name, Optional<Capabilities> capabilities) throws Exception;
    }
}
