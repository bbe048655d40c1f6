package io.github.offlinestate.tck.check;

import java.time.Duration;

/**
 * What a run's tests have in common.
 *
 * @param seed what random choices are drawn from
 * @param inTime how long is waited for what has to happen, patience included
 * @param slice how long one test repeats what it repeats
 */
public record RunSettings(long seed, Duration inTime, Duration slice) {
    /**
     * The same for a test that may repeat for another time.
     *
     * @param other how long
     * @return a copy
     */
    public RunSettings withSlice(Duration other) {
        return new RunSettings(seed, inTime, other);
    }
}
