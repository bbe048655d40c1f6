package io.github.offlinestate.benchmarks;

import java.util.Map;

/**
 * A straight line through measurements, relative distances being what is made small: so that the small sizes count too.
 *
 * @param constant at size 0
 * @param slope a unit of size
 * @param distance of the farthest measurement from the line, relative
 */
record Fit(double constant, double slope, double distance) {
    static Fit of(Map<Integer, Spread> bySize) {
        double weights = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (Map.Entry<Integer, Spread> point : bySize.entrySet()) {
            double value = point.getValue().median();
            double size = point.getKey();
            double weight = 1 / (value * value);
            weights += weight;
            x += weight * size;
            y += weight * value;
            xx += weight * size * size;
            xy += weight * size * value;
        }
        double slope = (weights * xy - x * y) / (weights * xx - x * x);
        double constant = (y - slope * x) / weights;
        double distance = 0;
        for (Map.Entry<Integer, Spread> point : bySize.entrySet()) {
            double value = point.getValue().median();
            distance = Math.max(distance, Math.abs(constant + slope * point.getKey() - value) / value);
        }
        return new Fit(constant, slope, distance);
    }
}
