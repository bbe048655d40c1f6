package io.github.offlinestate.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers. */
final class Numbers {
    /** How many: 1 or more. */
    static final ITypeConverter<Long> COUNT = text -> {
        long number = whole(text);
        if (number < 1) {
            throw new TypeConversionException("not a count: '" + text + "'; expected 1 or more");
        }
        return number;
    };

    /** Any whole number. */
    static final ITypeConverter<Long> SEED = Numbers::whole;

    /** How many times as fast. */
    static final ITypeConverter<Double> FACTOR = text -> {
        double factor;
        try {
            factor = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            factor = Double.NaN;
        }
        if (!(factor >= 0.001 && factor <= 1_000_000)) {
            throw new TypeConversionException(
                    "not a factor: '" + text + "'; expected a number from 0.001 to 1000000, as 60 or 0.5");
        }
        return factor;
    };

    private Numbers() {}

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("not a whole number: '" + text + "'");
        }
    }
}
