package io.github.offlinestate.cli;

import io.github.offlinestate.Connectivity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a history file tells of one profile: what it was, from when to when. Times in which nobody recorded are left out.
 *
 * @param provider its name; empty where the file does not say
 * @param profile its name; empty where the file does not say
 * @param stretches the oldest first, at least one
 */
record Recording(String provider, String profile, List<Stretch> stretches) {
    /** What comes back within this time is called a flap. */
    static final Duration FLAP = Duration.ofSeconds(10);

    Recording {
        stretches = List.copyOf(stretches);
    }

    /**
     * A time in one state.
     *
     * @param state the state
     * @param from its beginning
     * @param to its end, or the end of the recording
     * @param ended whether another state followed
     */
    record Stretch(Connectivity state, Instant from, Instant to, boolean ended) {
        Duration length() {
            return Duration.between(from, to);
        }

        /** Whether it came and went: shorter than {@link #FLAP}, and not cut off by the end of the recording. */
        boolean isFlap() {
            return ended && state != Connectivity.ONLINE && length().compareTo(FLAP) < 0;
        }
    }

    Instant from() {
        return stretches.get(0).from();
    }

    Instant to() {
        return stretches.get(stretches.size() - 1).to();
    }

    List<Stretch> in(Connectivity state) {
        List<Stretch> found = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (stretch.state() == state) {
                found.add(stretch);
            }
        }
        return found;
    }

    Duration time(Connectivity state) {
        Duration sum = Duration.ZERO;
        for (Stretch stretch : in(state)) {
            sum = sum.plus(stretch.length());
        }
        return sum;
    }

    Duration recorded() {
        return time(Connectivity.ONLINE).plus(time(Connectivity.OFFLINE)).plus(time(Connectivity.UNKNOWN));
    }

    Duration longest(Connectivity state) {
        Duration longest = Duration.ZERO;
        for (Stretch stretch : in(state)) {
            longest = stretch.length().compareTo(longest) > 0 ? stretch.length() : longest;
        }
        return longest;
    }

    int changes() {
        int changes = 0;
        for (Stretch stretch : stretches) {
            changes += stretch.ended() ? 1 : 0;
        }
        return changes;
    }

    int flaps() {
        int flaps = 0;
        for (Stretch stretch : stretches) {
            flaps += stretch.isFlap() ? 1 : 0;
        }
        return flaps;
    }
}
