package io.github.offlinestate.cli;

import io.github.offlinestate.DiscoveryException;
import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.ProviderDirectory;
import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.tck.Reproduce;
import io.github.offlinestate.tck.backend.EngineProviderFixture;
import io.github.offlinestate.tck.catalogue.Catalogue;
import io.github.offlinestate.tck.catalogue.CatalogueEntry;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.lang.reflect.InvocationTargetException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Which fixture makes ready the provider that is to be judged. */
final class TckFixtures {
    private TckFixtures() {}

    /**
     * A fixture.
     *
     * @param fixture it
     * @param arguments the options that choose it again
     */
    record Chosen(ProviderFixture fixture, String arguments) {}

    /** The providers that are wrong on purpose, or odd, a line each. */
    static String demos() {
        StringBuilder out = new StringBuilder();
        for (CatalogueEntry entry : Catalogue.entries()) {
            if (entry.provider().isPresent()) {
                String rules = entry.isFaulty() ? entry.caught().keySet().toString() : "[breaks none]";
                out.append(String.format("%-40s %s %s%n", entry.name(), entry.description(), rules));
            }
        }
        return out.toString();
    }

    static Chosen choose(Selection selection, Optional<String> fixture, @Nullable String demo) {
        if (demo != null) {
            return demo(demo);
        }
        ClassLoader loader = loader(selection);
        StringBuilder arguments = new StringBuilder();
        selection.paths().forEach(path -> option(arguments, "--provider-path", path));
        if (fixture.isPresent()) {
            option(arguments, "--fixture", fixture.get());
            return new Chosen(named(fixture.get(), loader), arguments.toString());
        }
        String name = selection.provider();
        if (name == null) {
            throw CommandException.usage("tck: name what is to be judged, by --provider, --fixture or --demo");
        }
        option(arguments, "--provider", name);
        String profile = selection.profile();
        if (profile != null) {
            option(arguments, "--profile", profile);
        }
        return new Chosen(fitting(provider(loader, name), profile, loader), arguments.toString());
    }

    private static ClassLoader loader(Selection selection) {
        try {
            return selection.paths().isEmpty()
                    ? TckFixtures.class.getClassLoader()
                    : ProviderPath.loader(selection.paths());
        } catch (CommandException e) {
            throw CommandException.of(ExitCode.USAGE, "tck: " + e.getMessage(), e);
        }
    }

    private static Chosen demo(String name) {
        CatalogueEntry entry = Catalogue.find(name)
                .orElseThrow(() -> CommandException.usage(
                        "tck: there is no demo " + name + "; '" + Main.NAME + " tck --demo list' names them"));
        ProviderFixture fixture = entry.provider()
                .orElseThrow(() -> CommandException.usage(
                        "tck: " + name + " is a backend, which the kit for backends judges, in a test"));
        return new Chosen(fixture, "--demo " + name);
    }

    private static OfflineStateProvider provider(ClassLoader loader, String name) {
        ProviderDirectory directory = OfflineManagers.directory(loader);
        try {
            return directory.provider(name);
        } catch (DiscoveryException e) {
            boolean broken = e.problem() == DiscoveryException.Problem.BROKEN;
            throw CommandException.of(
                    broken ? TckCommand.KIT_BROKE : ExitCode.USAGE,
                    "tck: --provider " + name + ": " + Selection.inOneLine(e, directory),
                    e);
        }
    }

    private static ProviderFixture named(String className, ClassLoader loader) {
        try {
            Object made = Class.forName(className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            if (made instanceof ProviderFixture fixture) {
                return fixture;
            }
            throw CommandException.usage("tck: " + className + " is not a " + ProviderFixture.class.getName());
        } catch (InvocationTargetException e) {
            throw CommandException.of(
                    TckCommand.KIT_BROKE, "tck: the fixture " + className + " failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw CommandException.usage("tck: the fixture " + className
                    + " cannot be made; it has to be on --provider-path, public, with a public constructor without"
                    + " parameters (" + e + ")");
        }
    }

    /** Its own, where one is found; else one that is ready-made; else one that can only set the state. */
    private static ProviderFixture fitting(
            OfflineStateProvider provider, @Nullable String profile, ClassLoader loader) {
        Optional<ProviderFixture> own = installed(provider, loader);
        if (own.isPresent()) {
            return own.get();
        }
        if (provider instanceof SimulatedProvider) {
            return new SimulatedFixture();
        }
        String judged = profile == null ? firstProfile(provider) : profile;
        if (provider instanceof BackendProvider backends) {
            return new EngineProviderFixture(() -> backends, judged);
        }
        return new SettingFixture(provider, judged);
    }

    /** For a provider of which nothing is known: its state can be set, if anything. */
    private record SettingFixture(OfflineStateProvider provider, String profile) implements ProviderFixture {
        @Override
        public PreparedProvider prepare() {
            return PreparedProvider.of(provider, profile);
        }
    }

    private static Optional<ProviderFixture> installed(OfflineStateProvider provider, ClassLoader loader) {
        Iterator<ProviderFixture> fixtures =
                ServiceLoader.load(ProviderFixture.class, loader).iterator();
        try {
            while (fixtures.hasNext()) {
                ProviderFixture fixture = fixtures.next();
                if (fixture.serviceClass().filter(provider.getClass()::equals).isPresent()) {
                    return Optional.of(fixture);
                }
            }
        } catch (ServiceConfigurationError e) {
            throw CommandException.of(TckCommand.KIT_BROKE, "tck: a fixture is broken: " + e.getMessage(), e);
        }
        return Optional.empty();
    }

    /** The kit says itself why a provider that cannot work here is not judged. */
    private static String firstProfile(OfflineStateProvider provider) {
        if (!provider.availability().isAvailable()) {
            return "any";
        }
        List<String> profiles = provider.profiles();
        if (profiles.isEmpty()) {
            throw CommandException.usage("tck: the provider " + provider.name()
                    + " does not list its profiles: name one by --profile, or a fixture by --fixture");
        }
        return profiles.get(0);
    }

    private static void option(StringBuilder arguments, String option, String value) {
        arguments
                .append(arguments.isEmpty() ? "" : " ")
                .append(option)
                .append(' ')
                .append(Reproduce.quoted(value));
    }
}
