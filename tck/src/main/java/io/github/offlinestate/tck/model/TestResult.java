package io.github.offlinestate.tck.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one test of a rule has shown. A rule may have several.
 *
 * @param name as {@code AdviseChecks.sameCallbackSeveralTimes}
 * @param verdict what it has shown
 * @param message why; for {@link Verdict#FAIL} what was expected and what was seen
 * @param took how long it ran
 * @param means how it made happen what it is about
 * @param notes what else is to be said, as repetitions that were cut
 * @param events the history; empty unless the verdict is FAIL, INCONCLUSIVE or ERROR
 * @param eventsLeftOut how many entries the history would have had beyond its bound
 * @param threadDump the threads at the moment something hung; empty where nothing did
 */
public record TestResult(
        String name,
        Verdict verdict,
        String message,
        Duration took,
        Set<Means> means,
        List<String> notes,
        List<TckEvent> events,
        long eventsLeftOut,
        Optional<String> threadDump) {
    /** Copied where it is made. */
    public TestResult {
        means = Set.copyOf(means);
        notes = List.copyOf(notes);
        events = List.copyOf(events);
    }
}
