package io.github.offlinestate.spi;

import java.time.Duration;

/**
 * How a {@link PollingBackend} asks.
 *
 * @param interval how long it waits from an answer to the next question; 5 s unless told
 * @param misses after how many questions in a row without an answer the source is lost; 3 unless told
 * @param pollLimit how long, in real time, a question may take until it is a miss, and its thread is interrupted; 10 s
 *     unless told
 * @param longestPause what the pauses grow to while the source is lost: each is twice the one before, from
 *     {@code interval} on; 60 s unless told
 */
public record PollingSettings(Duration interval, int misses, Duration pollLimit, Duration longestPause) {
    /** The documented values. */
    public static final PollingSettings DEFAULT =
            new PollingSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(10), Duration.ofSeconds(60));

    /**
     * Checked where it is made.
     *
     * @throws IllegalArgumentException where a duration is not positive, or there is no miss to lose the source by
     */
    public PollingSettings {
        EngineSettings.requirePositive(interval, "interval");
        EngineSettings.requirePositive(pollLimit, "pollLimit");
        EngineSettings.requirePositive(longestPause, "longestPause");
        if (misses < 1) {
            throw new IllegalArgumentException("misses is " + misses + ": a source is lost by one miss at least");
        }
    }

    /**
     * The same with another {@link #interval()}.
     *
     * @param interval the interval
     * @return a copy
     */
    public PollingSettings withInterval(Duration interval) {
        return new PollingSettings(interval, misses, pollLimit, longestPause);
    }

    /**
     * The same with other {@link #misses()}.
     *
     * @param misses how many
     * @return a copy
     */
    public PollingSettings withMisses(int misses) {
        return new PollingSettings(interval, misses, pollLimit, longestPause);
    }

    /**
     * The same with another {@link #pollLimit()}.
     *
     * @param limit the limit
     * @return a copy
     */
    public PollingSettings withPollLimit(Duration limit) {
        return new PollingSettings(interval, misses, limit, longestPause);
    }

    /**
     * The same with another {@link #longestPause()}.
     *
     * @param pause the pause
     * @return a copy
     */
    public PollingSettings withLongestPause(Duration pause) {
        return new PollingSettings(interval, misses, pollLimit, pause);
    }
}
