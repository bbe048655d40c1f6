package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The system's time, which knows what has been begun on it and is not over. */
final class StrictTime implements TimeSource {
    private final TimeSource system = TimeSource.system();
    private final Map<Object, String> timers = new ConcurrentHashMap<>();
    private final Map<Object, String> works = new ConcurrentHashMap<>();

    @Override
    public long nanoTime() {
        return system.nanoTime();
    }

    @Override
    public Instant instant() {
        return system.instant();
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        Object timer = new Object();
        timers.put(timer, "what is to run " + delay + " later is not taken back");
        Scheduled scheduled = system.schedule(
                () -> {
                    timers.remove(timer);
                    task.run();
                },
                delay);
        return () -> {
            timers.remove(timer);
            scheduled.cancel();
        };
    }

    @Override
    public Work begin(String what) {
        Object work = new Object();
        works.put(work, "not finished: " + what);
        return () -> works.remove(work);
    }

    /** Whether a virtual time would wait now. */
    boolean isAtWork() {
        return !works.isEmpty();
    }

    /** What is scheduled and has neither run nor been taken back, and what work is not finished. */
    List<String> left() {
        return Stream.concat(timers.values().stream(), works.values().stream()).toList();
    }
}
