package io.github.offlinestate.sim;

import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Real time, sped up or slowed down, with a wall clock of its own; it counts the work in flight. */
final class ScaledTime implements TimeSource {
    private final TimeSource real = TimeSource.system();
    private final long realStart = real.nanoTime();
    private final Instant start;
    private final double speed;
    private final WorkInFlight work = new WorkInFlight();

    ScaledTime(Instant start, double speed) {
        this.start = start;
        this.speed = speed;
    }

    @Override
    public long nanoTime() {
        return (long) ((real.nanoTime() - realStart) * speed);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime());
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        double seconds = (delay.getSeconds() + delay.getNano() / 1e9) / speed;
        return real.schedule(task, Duration.ofNanos((long) (seconds * 1e9)));
    }

    @Override
    public Work begin(String what) {
        return work.begin(what);
    }

    WorkInFlight work() {
        return work;
    }

    @Override
    public String toString() {
        return "ScaledTime[" + instant() + ", " + speed + " times as fast]";
    }
}
