package io.github.offlinestate;

import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a provider that was found, or of the trace that a broken one left.
 *
 * @param name what it is chosen by; empty where it broke before it could say
 * @param className its class; empty where not even that is known
 * @param version the version of its module, else the {@code Implementation-Version} of its jar; empty where neither is
 *     told
 * @param location where it comes from, for a person to read: its module and where that is, its jar or folder, or the
 *     file that names it
 * @param priority which of several usable ones is taken: the highest
 * @param byNameOnly whether it is taken only by those who name it
 * @param availability whether it can work here, and if not, why; a broken one cannot
 * @param failure what broke it; empty where nothing did. It is the provider's own exception, so a description that is
 *     kept may keep the provider's classes too
 */
public record ProviderDescription(
        Optional<String> name,
        Optional<String> className,
        Optional<String> version,
        String location,
        int priority,
        boolean byNameOnly,
        Availability availability,
        Optional<Throwable> failure) {

    /** Checked where it is made: what is broken is not available. */
    public ProviderDescription {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(availability, "availability");
        Objects.requireNonNull(failure, "failure");
        if (failure.isPresent() && availability.isAvailable()) {
            throw new IllegalArgumentException("a broken provider is not available: " + failure.get());
        }
        if (failure.isEmpty() && (name.isEmpty() || className.isEmpty())) {
            throw new IllegalArgumentException("a provider that is not broken has a name and a class");
        }
    }

    /**
     * Whether it can be used where it is named: neither broken nor unavailable.
     *
     * @return whether it can
     */
    public boolean isUsable() {
        return availability.isAvailable();
    }

    /**
     * Why it is not taken where nobody names a provider.
     *
     * @return the reason; empty for one that can be taken
     */
    public Optional<String> passedOver() {
        if (failure.isPresent()) {
            return Optional.of("broken: " + Failures.text(failure.get()));
        }
        if (!availability.isAvailable()) {
            return Optional.of(availability.toString());
        }
        return byNameOnly ? Optional.of("taken by name only") : Optional.empty();
    }

    /**
     * One line for a person to read: what it is, where from, and whether it can be used.
     *
     * @return as {@code sim 1.0 (io.github.offlinestate.sim.SimProvider), priority 0, from file:/…: taken by name only}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name.or(() -> className).orElse("(unknown)"));
        version.ifPresent(v -> text.append(' ').append(v));
        if (name.isPresent()) {
            className.ifPresent(c -> text.append(" (").append(c).append(')'));
        }
        if (failure.isEmpty()) {
            text.append(", priority ").append(priority);
        }
        text.append(", from ").append(location);
        return text.append(": ").append(passedOver().orElse("usable")).toString();
    }
}
