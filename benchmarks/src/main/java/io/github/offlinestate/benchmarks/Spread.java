package io.github.offlinestate.benchmarks;

import java.util.Collection;
import java.util.Locale;

/**
 * What the forks of one measurement gave.
 *
 * @param median of their medians
 * @param low of the lowest fork
 * @param high of the highest fork
 */
record Spread(double median, double low, double high) {
    static Spread of(Collection<Double> forks) {
        double[] sorted =
                forks.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(middle(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    static double median(Collection<Double> values) {
        return middle(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    Spread dividedBy(double divisor) {
        return new Spread(median / divisor, low / divisor, high / divisor);
    }

    /** The median with the lowest and the highest behind it. */
    @Override
    public String toString() {
        return number(median) + " (" + number(low) + "–" + number(high) + ")";
    }

    /** A number with three digits that matter. */
    static String number(double value) {
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
