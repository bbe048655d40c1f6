package io.github.offlinestate.stress.soak;

import io.github.offlinestate.stress.model.Findings;
import java.time.Duration;
import java.util.Locale;

/** Says how far it is, how fast, and when it will be over; and decides when a part of it is. */
final class Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Tally tally;
    private final Findings findings;
    private final long goal;
    private final Duration duration;
    private final long begun = System.nanoTime();
    private long said = begun;

    Progress(Tally tally, Findings findings, long goal, Duration duration) {
        this.tally = tally;
        this.findings = findings;
        this.goal = goal;
        this.duration = duration;
    }

    long seconds() {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    Part part(int number, int of) {
        return new Part(number, of);
    }

    /** One of equal parts, each with its share of the time and of the transitions. */
    final class Part {
        private final int number;
        private final int of;
        private final long beganAt = System.nanoTime();

        Part(int number, int of) {
            this.number = number;
            this.of = of;
        }

        /** Whether both are reached; says something now and then. */
        boolean isOver() {
            long now = System.nanoTime();
            long made = tally.transitions.sum();
            if (now - said >= INTERVAL.toNanos()) {
                said = now;
                say(now, made);
            }
            return now - beganAt >= duration.toNanos() / of && made >= goal * number / of;
        }

        private void say(long now, long made) {
            double seconds = (now - begun) / 1e9;
            double rate = made / seconds;
            double byTime = duration.toNanos() / 1e9 - seconds;
            double byCount = (goal - made) / Math.max(rate, 1);
            System.out.printf(
                    Locale.ROOT,
                    "%4.0f s: round %d of %d, %d transitions of %d or more, %.0f a second, %s, about %.0f s to go%n",
                    seconds,
                    number,
                    of,
                    made,
                    goal,
                    rate,
                    findings.isEmpty() ? "nothing wrong" : findings,
                    Math.max(0, Math.max(byTime, byCount)));
        }
    }
}
