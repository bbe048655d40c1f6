package io.github.offlinestate.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration: {@code 500ms}, {@code 10s}, {@code 1.5s}, {@code 1h30m}, {@code 2d}, or ISO 8601. */
final class Durations implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        Duration duration;
        try {
            duration = parse(text.strip().toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            throw wrong(text);
        }
        if (duration.isNegative()) {
            throw wrong(text);
        }
        return duration;
    }

    private static Duration parse(String text) {
        if (text.endsWith("MS")) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
    }

    /**
     * Writes a duration as people read it.
     *
     * @param duration not negative
     * @return its two largest units, as {@code 1h 30m} or {@code 4.2s}
     */
    static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return duration.toMillis() + "ms";
        }
        if (seconds < 60) {
            long tenths = duration.toMillis() / 100 % 10;
            return seconds + (tenths == 0 ? "" : "." + tenths) + "s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + "m" + rest(seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return seconds / 3_600 + "h" + rest(seconds % 3_600 / 60, "m");
        }
        return seconds / 86_400 + "d" + rest(seconds % 86_400 / 3_600, "h");
    }

    private static String rest(long number, String unit) {
        return number == 0 ? "" : " " + number + unit;
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException(
                "not a duration: '" + text + "'; expected a number and a unit, as in 500ms, 10s, 1h30m or 2d");
    }
}
