package io.github.offlinestate.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What the user gave for an option or argument, once the command line is parsed.
 *
 * @param <T> what its converter makes of it
 */
final class Argument<T> {
    private final ArgSpec spec;

    Argument(ArgSpec spec) {
        this.spec = spec;
    }

    /**
     * The value.
     *
     * @return null where it was not given
     */
    @Nullable
    T value() {
        return spec.getValue();
    }

    /**
     * The value of what has to be given.
     *
     * @return the value
     */
    T required() {
        return Objects.requireNonNull(value(), spec.paramLabel());
    }

    /**
     * The value, or something else where it was not given.
     *
     * @param other for that case
     * @return one of the two
     */
    T or(T other) {
        T value = value();
        return value == null ? other : value;
    }

    boolean isGiven() {
        return spec.getValue() != null;
    }
}
