package io.github.offlinestate;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether a provider can work here, and if not, why.
 *
 * @param reason why it cannot; empty where it can
 */
public record Availability(Optional<String> reason) {
    private static final Availability AVAILABLE = new Availability(Optional.empty());

    /** Checked where it is made: a reason is not blank. */
    public Availability {
        Objects.requireNonNull(reason, "reason");
        if (reason.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("a provider that is not available says why: the reason is blank");
        }
    }

    /**
     * The provider can work here.
     *
     * @return available
     */
    public static Availability available() {
        return AVAILABLE;
    }

    /**
     * The provider cannot work here.
     *
     * @param reason what is missing and what to do, for a person to read
     * @return not available
     */
    public static Availability unavailable(String reason) {
        return new Availability(Optional.of(reason));
    }

    /**
     * Whether the provider can work here.
     *
     * @return whether there is no reason against it
     */
    public boolean isAvailable() {
        return reason.isEmpty();
    }

    @Override
    public String toString() {
        return reason.map(text -> "not available: " + text).orElse("available");
    }
}
