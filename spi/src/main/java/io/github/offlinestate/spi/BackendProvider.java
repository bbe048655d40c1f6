package io.github.offlinestate.spi;

import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;

/**
 * An {@link OfflineStateProvider} that keeps the whole contract, made from backends: an implementer extends it, gives
 * its name, and opens a {@link Backend} a profile. {@code priority()}, {@code availability()}, {@code profiles()} and
 * {@code byNameOnly()} may be overridden; the constructor opens nothing and loads no native library (FIND-2).
 *
 * <p>Instances are independent: objects of one profile share its state within one instance (OPEN-4).
 */
public abstract class BackendProvider implements OfflineStateProvider, BackendFactory {
    private final String name;
    private final Engine engine;

    /**
     * A provider with the documented limits.
     *
     * @param name what the provider is chosen by; not blank
     */
    protected BackendProvider(String name) {
        this(name, EngineSettings.DEFAULT);
    }

    /**
     * A provider with limits of its own.
     *
     * @param name what the provider is chosen by; not blank
     * @param settings the limits
     */
    protected BackendProvider(String name, EngineSettings settings) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a provider has a name to be chosen by: it is blank");
        }
        this.name = name;
        this.engine = new Engine(name, this, settings);
    }

    /**
     * A provider of a factory alone, for tests and for programs that make theirs by hand.
     *
     * @param name what the provider is called; not blank
     * @param backends opens the sessions
     * @param settings the limits
     * @return a provider; every call makes an independent one
     */
    public static BackendProvider of(String name, BackendFactory backends, EngineSettings settings) {
        return new BackendProvider(name, settings) {
            @Override
            public Backend openBackend(String profile, BackendSink sink) throws Exception {
                return backends.openBackend(profile, sink);
            }
        };
    }

    @Override
    public final String name() {
        return name;
    }

    /**
     * The limits that this provider runs with.
     *
     * @return as given to the constructor
     */
    public final EngineSettings settings() {
        return engine.settings();
    }

    @Override
    public final OfflineManager open(String profile) {
        return engine.open(profile);
    }

    @Override
    public String toString() {
        return getClass().getName() + "[" + name + "]";
    }
}
