package io.github.offlinestate.windows;

import java.time.Duration;

/**
 * How often the keeper of a session looks, in real time.
 *
 * @param probe pause between two looks at whether Outlook still answers
 * @param firstRetry pause before the first try to open again after a loss; each further one is twice as long
 * @param longestRetry the longest such pause
 * @param firstAsk pause before a request's outcome is asked for; each further one is twice as long, up to
 *     {@code longestAsk}
 * @param longestAsk the longest such pause
 * @param patience how long a change that Outlook ought to notify may go without a notification before the state is
 *     believed instead
 */
record Pace(
        Duration probe,
        Duration firstRetry,
        Duration longestRetry,
        Duration firstAsk,
        Duration longestAsk,
        Duration patience) {
    static final Pace DEFAULT = new Pace(
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            Duration.ofMillis(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(3));
}
