package io.github.offlinestate.tck.check;

import io.github.offlinestate.Availability;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.tck.model.Rule;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** FIND: discovery, as far as it is up to a provider. */
final class FindChecks {
    private static final String SERVICE = OfflineStateProvider.class.getName();

    @Checks(Rule.FIND_1)
    void itIsFound(ProviderTrial trial) throws Exception {
        Class<? extends OfflineStateProvider> type = service(trial);
        boolean found = ServiceLoader.load(OfflineStateProvider.class, type.getClassLoader()).stream()
                .anyMatch(provider -> provides(provider, type));
        trial.expect(found, "expected that ServiceLoader finds " + type.getName() + "; it does not");
        Optional<ModuleDescriptor> module = module(type);
        if (module.isPresent() && !module.get().isAutomatic()) {
            boolean provided = module.get().provides().stream()
                    .filter(provides -> provides.service().equals(SERVICE))
                    .anyMatch(provides -> provides.providers().contains(type.getName()));
            trial.expect(
                    provided,
                    "expected that the module " + module.get().name() + " provides " + SERVICE + " with "
                            + type.getName() + "; its descriptor does not say so");
        }
    }

    private static Class<? extends OfflineStateProvider> service(ProviderTrial trial) {
        return trial.fixture()
                .serviceClass()
                .orElseThrow(() -> NotJudged.notVerified("the fixture does not give ProviderFixture.serviceClass()"));
    }

    /** A provider whose static provider() method makes it is known by what is made. */
    private static boolean provides(
            ServiceLoader.Provider<OfflineStateProvider> provider, Class<? extends OfflineStateProvider> type) {
        return provider.type() == type || (provider.type().isInterface() && type.isInstance(provider.get()));
    }

    /** What the jar or the folder of a class says as a module; nothing where it cannot be looked at. */
    private static Optional<ModuleDescriptor> module(Class<?> type) throws URISyntaxException {
        if (type.getModule().isNamed()) {
            return Optional.of(type.getModule().getDescriptor());
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null || !location.getProtocol().equals("file")) {
            return Optional.empty();
        }
        return ModuleFinder.of(Path.of(location.toURI())).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst();
    }

    @Checks(Rule.FIND_2)
    void namingOpensNothing(ProviderTrial trial) throws Exception {
        Class<? extends OfflineStateProvider> type = service(trial);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        OfflineStateProvider provider = trial.call(
                        "finder",
                        "new " + type.getSimpleName() + "()",
                        () -> ServiceLoader.load(OfflineStateProvider.class, type.getClassLoader()).stream()
                                .filter(one -> provides(one, type))
                                .findFirst()
                                .map(ServiceLoader.Provider::get))
                .value()
                .orElseThrow(() -> NotJudged.notVerified("ServiceLoader does not find " + type.getName()));
        String name = provider.name();
        trial.expect(name != null && !name.isBlank(), "expected a name that is not blank; it was " + name);
        trial.expect(provider.name().equals(name), "expected the same name at every call");
        Availability availability =
                trial.call("finder", "availability()", provider::availability).value();
        trial.expect(availability != null, "expected that availability() says something; it gave null");
        List<String> started = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.getName().startsWith("tck-"))
                .filter(thread -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("system"))
                .map(Thread::getName)
                .toList();
        trial.expect(started.isEmpty(), "expected that naming a provider starts no thread; it started " + started);
    }

    @Checks(Rule.FIND_6)
    void itListsItsProfiles(ProviderTrial trial) {
        List<String> profiles =
                trial.call("finder", "profiles()", trial.provider()::profiles).value();
        if (profiles.isEmpty()) {
            throw NotJudged.notApplicable("the provider lists no profile: it says that it cannot tell");
        }
        trial.expect(
                profiles.stream().noneMatch(name -> name == null || name.isEmpty()),
                "expected that every profile has a name; listed are " + profiles);
        trial.expect(
                new HashSet<>(profiles).size() == profiles.size(),
                "expected that no profile is listed twice; listed are " + profiles);
        trial.open(profiles.get(0)).close();
        trial.expect(
                profiles.contains(trial.profile()),
                "expected that \"" + trial.profile() + "\" is among the profiles; listed are " + profiles);
    }
}
