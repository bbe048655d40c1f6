package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.tck.check.CheckExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What is seen of the engine from where no client looks, while a rule is judged: from its time and from its sources.
 * The objects that the kit has opened are closed at the end, so nothing is to be left then.
 */
final class EngineWatch {
    /** Whatever the kit left behind has come to its end by then, unless it hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** So long that what waits for it in vain is found to hang. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String provider = "engine" + NUMBER.incrementAndGet();
    private final StrictTime time = new StrictTime();
    private final Queue<StrictBackend> sessions = new ConcurrentLinkedQueue<>();
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();

    /** What the provider is called, and with it its threads. */
    String provider() {
        return provider;
    }

    StrictTime time() {
        return time;
    }

    /** The documented limits on the time that is watched. */
    EngineSettings settings() {
        return EngineSettings.DEFAULT.withTime(time).withCloseLimit(CLOSE_LIMIT);
    }

    /** Stands before the sessions with a source. */
    BackendFactory before(BackendFactory source, EngineSettings settings) {
        return (profile, sink) -> {
            StrictBackend session = new StrictBackend(source.openBackend(profile, sink), this, settings.closeLimit());
            sessions.add(session);
            return session;
        };
    }

    void note(String mistake) {
        mistakes.add(mistake);
    }

    /** What is wrong when the kit is through; nothing where all has come to its end. */
    List<String> wrong() {
        CheckExecutor.waitThrough(PATIENCE, () -> left().isEmpty());
        return Stream.concat(mistakes.stream(), left().stream()).distinct().toList();
    }

    /** The threads that the engine still has: each ends when there has been nothing for it to do for a while. */
    List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("offline-state-" + provider + "-"))
                .toList();
    }

    private List<String> left() {
        List<String> left = new ArrayList<>(time.left());
        sessions.stream()
                .filter(session -> !session.isClosing())
                .forEach(session -> left.add("a session of the backend is not closed"));
        return left;
    }
}
