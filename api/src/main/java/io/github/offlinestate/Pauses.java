package io.github.offlinestate;

import java.time.Duration;

/**
 * How long to wait between tries: twice as long each time.
 *
 * @param first before the second try
 * @param longest the pauses grow up to this
 */
record Pauses(Duration first, Duration longest) {
    /** For what is away and may be so for hours. */
    static final Pauses RECOVERY = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(10));
    /** For what is busy and free again soon. */
    static final Pauses CONTENTION = new Pauses(Duration.ofMillis(5), Duration.ofMillis(500));

    Duration after(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
