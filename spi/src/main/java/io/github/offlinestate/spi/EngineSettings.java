package io.github.offlinestate.spi;

import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The engine's limits. The documented values are right for most; tests shorten them.
 *
 * @param time what {@code startLimit} and {@code requestLimit} run on
 * @param startLimit how long a START that the backend began may stay without its change before it is given up
 *     (NOTIFY-10); stands still while the backend is away; 60 s unless told
 * @param requestLimit how long a request may take, from {@link Backend#beginChange} to the change, before it has failed
 *     (BACKEND-2); 60 s unless told
 * @param callbackLimit how long, in real time, a callback may run before the others no longer wait for it (NOTIFY-12);
 *     30 s unless told
 * @param closeLimit how long, in real time, closing a profile and opening it again wait for the backend's own close;
 *     10 s unless told
 */
public record EngineSettings(
        TimeSource time, Duration startLimit, Duration requestLimit, Duration callbackLimit, Duration closeLimit) {
    /** The documented limits, on the system's time. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            TimeSource.system(),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    /**
     * Checked where it is made.
     *
     * @throws IllegalArgumentException where a limit is not positive
     */
    public EngineSettings {
        Objects.requireNonNull(time, "time");
        requirePositive(startLimit, "startLimit");
        requirePositive(requestLimit, "requestLimit");
        requirePositive(callbackLimit, "callbackLimit");
        requirePositive(closeLimit, "closeLimit");
    }

    /**
     * The same on another time.
     *
     * @param time the time
     * @return a copy
     */
    public EngineSettings withTime(TimeSource time) {
        return new EngineSettings(time, startLimit, requestLimit, callbackLimit, closeLimit);
    }

    /**
     * The same with another {@link #startLimit()}.
     *
     * @param limit the limit
     * @return a copy
     */
    public EngineSettings withStartLimit(Duration limit) {
        return new EngineSettings(time, limit, requestLimit, callbackLimit, closeLimit);
    }

    /**
     * The same with another {@link #requestLimit()}.
     *
     * @param limit the limit
     * @return a copy
     */
    public EngineSettings withRequestLimit(Duration limit) {
        return new EngineSettings(time, startLimit, limit, callbackLimit, closeLimit);
    }

    /**
     * The same with another {@link #callbackLimit()}.
     *
     * @param limit the limit
     * @return a copy
     */
    public EngineSettings withCallbackLimit(Duration limit) {
        return new EngineSettings(time, startLimit, requestLimit, limit, closeLimit);
    }

    /**
     * The same with another {@link #closeLimit()}.
     *
     * @param limit the limit
     * @return a copy
     */
    public EngineSettings withCloseLimit(Duration limit) {
        return new EngineSettings(time, startLimit, requestLimit, callbackLimit, limit);
    }

    /** A limit as a number that can be added to a time: "for ever" is a century and a half. */
    static long nanos(Duration limit) {
        return Math.min(TimeUnit.NANOSECONDS.convert(limit), Long.MAX_VALUE >> 1);
    }

    static void requirePositive(Duration limit, String what) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(what + " is " + limit + ": it has to be longer than nothing");
        }
    }
}
