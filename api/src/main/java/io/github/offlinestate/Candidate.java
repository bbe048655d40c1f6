package io.github.offlinestate;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.net.URL;
import java.security.CodeSource;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** A provider that was found, with its description; or, without an instance, a broken one. */
record Candidate(ProviderDescription description, @Nullable OfflineStateProvider provider) {

    /** Makes and asks the provider. What it throws makes a broken candidate, not a broken search (FIND-3). */
    static Candidate of(ServiceLoader.Provider<OfflineStateProvider> found) {
        Class<?> type = found.type();
        Optional<String> name = Optional.empty();
        try {
            OfflineStateProvider provider = ProviderInstances.of(found);
            name = Optional.of(checkedName(provider));
            ProviderDescription description = new ProviderDescription(
                    name,
                    Optional.of(type.getName()),
                    version(type),
                    location(type),
                    provider.priority(),
                    provider.byNameOnly(),
                    checkedAvailability(provider),
                    Optional.empty());
            return new Candidate(description, provider);
        } catch (Throwable e) {
            Failures.rethrowFatal(e);
            return broken(name, Optional.of(type.getName()), version(type), location(type), e);
        }
    }

    /** A provider of which there is a trace only. */
    static Candidate broken(Optional<String> className, String location, Throwable failure) {
        return broken(Optional.empty(), className, Optional.empty(), location, failure);
    }

    private static Candidate broken(
            Optional<String> name,
            Optional<String> className,
            Optional<String> version,
            String location,
            Throwable failure) {
        Availability availability = Availability.unavailable("broken: " + Failures.text(failure));
        return new Candidate(
                new ProviderDescription(
                        name, className, version, location, 0, false, availability, Optional.of(failure)),
                null);
    }

    /** Whether somebody who says this name means this provider. */
    boolean isCalled(String name) {
        return description.name().filter(name::equals).isPresent()
                || description.className().filter(name::equals).isPresent();
    }

    /** Whether it may be taken where nobody says a name. */
    boolean isFreeToTake() {
        return description.passedOver().isEmpty();
    }

    @SuppressWarnings("ConstantValue") // what a provider gives may be null, whatever its type says
    private static String checkedName(OfflineStateProvider provider) {
        String name = provider.name();
        if (name == null || name.isBlank()) {
            throw new ServiceConfigurationError(provider.getClass().getName() + ".name() gives "
                    + (name == null ? "null" : "a blank") + ": nobody could choose the provider");
        }
        return name;
    }

    @SuppressWarnings("ConstantValue")
    private static Availability checkedAvailability(OfflineStateProvider provider) {
        Availability availability = provider.availability();
        if (availability == null) {
            throw new ServiceConfigurationError(provider.getClass().getName() + ".availability() gives null");
        }
        return availability;
    }

    private static Optional<String> version(Class<?> type) {
        ModuleDescriptor descriptor = type.getModule().getDescriptor();
        if (descriptor != null && descriptor.rawVersion().isPresent()) {
            return descriptor.rawVersion();
        }
        return Optional.ofNullable(type.getPackage()).map(Package::getImplementationVersion);
    }

    private static String location(Class<?> type) {
        Module module = type.getModule();
        if (module.isNamed()) {
            Optional<URI> where = Optional.ofNullable(module.getLayer())
                    .flatMap(layer -> layer.configuration().findModule(module.getName()))
                    .map(resolved -> resolved.reference())
                    .flatMap(ModuleReference::location);
            return "module " + module.getName() + where.map(uri -> " at " + uri).orElse("");
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL where = source == null ? null : source.getLocation();
        return where == null ? "class loader " + type.getClassLoader() : where.toString();
    }
}
