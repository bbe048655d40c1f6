package io.github.offlinestate;

import io.github.offlinestate.DiscoveryException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The providers that some class loaders give, and the choice among them: {@link OfflineManagers}, but for class loaders
 * that the caller picks, and choosing without opening.
 *
 * <p>Immutable, and for any thread. Each call searches anew. A directory holds its class loaders strongly: who unloads
 * one lets go of the directory first.
 */
public final class ProviderDirectory {
    private final List<ClassLoader> loaders;
    private final Function<String, @Nullable String> environment;

    ProviderDirectory(List<ClassLoader> loaders, Function<String, @Nullable String> environment) {
        this.loaders = List.copyOf(new LinkedHashSet<>(loaders));
        this.environment = environment;
    }

    static ProviderDirectory ofDefaultLoaders() {
        List<ClassLoader> loaders = new ArrayList<>();
        ClassLoader own = OfflineManagers.class.getClassLoader();
        loaders.add(own == null ? ClassLoader.getSystemClassLoader() : own);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        return new ProviderDirectory(loaders, System::getenv);
    }

    static ProviderDirectory ofLoader(ClassLoader loader) {
        return new ProviderDirectory(List.of(Objects.requireNonNull(loader, "loader")), System::getenv);
    }

    /**
     * A directory that searches another class loader too, after those that it searches already.
     *
     * @param loader the class loader, as of other people's jars
     * @return a new directory
     */
    public ProviderDirectory plus(ClassLoader loader) {
        List<ClassLoader> more = new ArrayList<>(loaders);
        more.add(Objects.requireNonNull(loader, "loader"));
        return new ProviderDirectory(more, environment);
    }

    /**
     * All providers that are there, usable or not, the broken ones with their cause. Opens nothing (FIND-2).
     *
     * @return by falling priority, then by name; the broken ones last
     */
    public List<ProviderDescription> providers() {
        return ProviderSearch.search(loaders).stream()
                .map(Candidate::description)
                .toList();
    }

    /**
     * The provider of a name, also where it says that it cannot work here: for those who ask it why.
     *
     * @param name its {@link OfflineStateProvider#name()}, or the name of its class
     * @return the one instance of its class
     * @throws DiscoveryException {@link Problem#UNKNOWN_NAME}, {@link Problem#DUPLICATE_NAME}, {@link Problem#BROKEN}
     * @throws OfflineStateException {@link HResult#E_INVALIDARG} for a name that is null or blank
     */
    public OfflineStateProvider provider(String name) {
        return chooser(Wanted.byCaller(name)).named(name);
    }

    /**
     * The provider to use where the caller names none: by the system property, by the environment variable, or the
     * usable one of the highest priority (FIND-5).
     *
     * @return the one instance of its class
     * @throws DiscoveryException {@link Problem#NONE_FOUND}, {@link Problem#NONE_USABLE} or {@link Problem#AMBIGUOUS}
     *     where nothing names a provider; else as {@link #choose(String)}
     */
    public OfflineStateProvider choose() {
        return choose(Wanted.bySettings(environment));
    }

    /**
     * The provider of a name, which has to be usable here.
     *
     * @param name its {@link OfflineStateProvider#name()}, or the name of its class
     * @return the one instance of its class
     * @throws DiscoveryException as {@link #provider(String)}, and {@link Problem#NOT_AVAILABLE}
     * @throws OfflineStateException {@link HResult#E_INVALIDARG} for a name that is null or blank
     */
    public OfflineStateProvider choose(String name) {
        return choose(Wanted.byCaller(name));
    }

    /**
     * As {@link OfflineManagers#open()}.
     *
     * @return an open object; the caller closes it
     * @throws OfflineStateException as {@link OfflineManagers#open()}
     */
    public OfflineManager open() {
        return Opening.openDefault(choose());
    }

    /**
     * As {@link OfflineManagers#open(String)}.
     *
     * @param profile the profile's name
     * @return an open object; the caller closes it
     * @throws OfflineStateException as {@link OfflineManagers#open(String)}
     */
    public OfflineManager open(String profile) {
        return Opening.open(choose(), profile);
    }

    /**
     * As {@link OfflineManagers#open(String, String)}.
     *
     * @param profile the profile's name
     * @param providerName the provider's name, or the name of its class
     * @return an open object; the caller closes it
     * @throws OfflineStateException as {@link OfflineManagers#open(String, String)}
     */
    public OfflineManager open(String profile, String providerName) {
        return Opening.open(choose(providerName), profile);
    }

    @Override
    public String toString() {
        return "ProviderDirectory" + loaders;
    }

    private OfflineStateProvider choose(Wanted wanted) {
        String name = wanted.name();
        return name == null ? chooser(wanted).best() : chooser(wanted).namedAndAvailable(name);
    }

    private Chooser chooser(Wanted wanted) {
        return new Chooser(wanted, loaders, ProviderSearch.search(loaders));
    }
}
