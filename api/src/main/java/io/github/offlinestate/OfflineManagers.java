package io.github.offlinestate;

import java.util.List;

/**
 * Where applications start: finds the providers, and opens a profile's offline object.
 *
 * <pre>{@code
 * try (OfflineManager manager = OfflineManagers.open()) {
 *     AdviseToken token = manager.advise(n -> n.stateChange().ifPresent(System.out::println));
 *     System.out.println("now " + manager.currentState());
 *     ...
 * }
 * }</pre>
 *
 * <p>MAPI counterpart: {@code HrOpenOfflineObj}; its reserved parameters and the GUID have one allowed value each and
 * are gone.
 *
 * <p>Which provider opens a profile (FIND-5): the one that the caller names; else the one that the system property
 * {@value #PROVIDER_PROPERTY} names; else the environment variable {@value #PROVIDER_VARIABLE}; else the usable one of
 * the highest priority, those left out that are taken by name only. There is one instance a provider class, and the
 * same is given again as long as that class lives (FIND-4).
 *
 * <p>These methods search the class loader of this API, then the thread's context class loader, at each call; nothing
 * found is kept, so no class loader is pinned. {@link #directory(ClassLoader)} searches another one. All methods may be
 * called from any thread. docs/discovery.md tells it all, with the codes of {@link DiscoveryException}.
 */
public final class OfflineManagers {
    /** The system property that names the provider to use where the caller names none. */
    public static final String PROVIDER_PROPERTY = "io.github.offlinestate.provider";

    /** The environment variable that names the provider to use where neither caller nor system property does. */
    public static final String PROVIDER_VARIABLE = "OFFLINE_STATE_PROVIDER";

    private OfflineManagers() {}

    /**
     * Opens the default profile of the chosen provider: the first that it lists (FIND-6).
     *
     * @return an open object; the caller closes it
     * @throws DiscoveryException where no provider can be chosen, or it lists no profile
     * @throws OfflineStateException as {@link OfflineStateProvider#open} and {@link OfflineStateProvider#profiles}
     */
    public static OfflineManager open() {
        return directory().open();
    }

    /**
     * Opens a profile of the chosen provider.
     *
     * @param profile the profile's name
     * @return an open object; the caller closes it
     * @throws DiscoveryException where no provider can be chosen
     * @throws OfflineStateException as {@link OfflineStateProvider#open}
     */
    public static OfflineManager open(String profile) {
        return directory().open(profile);
    }

    /**
     * Opens a profile of a named provider.
     *
     * @param profile the profile's name
     * @param providerName the provider's {@link OfflineStateProvider#name()}, or the name of its class
     * @return an open object; the caller closes it
     * @throws DiscoveryException where there is no such provider, or it cannot be used
     * @throws OfflineStateException as {@link OfflineStateProvider#open}
     */
    public static OfflineManager open(String profile, String providerName) {
        return directory().open(profile, providerName);
    }

    /**
     * Opens a profile of a provider that was made by hand, by a builder or a test. Nothing is searched.
     *
     * @param provider the provider
     * @param profile the profile's name
     * @return an open object; the caller closes it
     * @throws OfflineStateException as {@link OfflineStateProvider#open}; also {@link HResult#MAPI_E_CALL_FAILED} where
     *     the provider gives nothing, or throws what it may not: that is the cause then
     */
    public static OfflineManager open(OfflineStateProvider provider, String profile) {
        return Opening.open(provider, profile);
    }

    /**
     * All providers that are there, usable or not, the broken ones with their cause.
     *
     * @return by falling priority, then by name; the broken ones last
     */
    public static List<ProviderDescription> providers() {
        return directory().providers();
    }

    /**
     * The providers that the class loader of this API and the thread's present context class loader give.
     *
     * @return a directory that searches at each call
     */
    public static ProviderDirectory directory() {
        return ProviderDirectory.ofDefaultLoaders();
    }

    /**
     * The providers that a class loader and its parents give, and no others. The class loader has to give the same
     * {@link OfflineStateProvider} as this API's own.
     *
     * @param loader the class loader
     * @return a directory that searches at each call
     */
    public static ProviderDirectory directory(ClassLoader loader) {
        return ProviderDirectory.ofLoader(loader);
    }
}
