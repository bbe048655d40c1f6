package io.github.offlinestate.sim;

import io.github.offlinestate.ConnectionState;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in a scenario.
 *
 * @param at when, in nanoseconds since the scenario began
 * @param profile to whom
 * @param action what
 * @param line the line that says so
 * @param column where in the line
 */
record ScenarioStep(long at, String profile, Action action, int line, int column) {
    ScenarioStep later(long nanos) {
        return new ScenarioStep(at + nanos, profile, action, line, column);
    }

    /** What a simulated profile can be made to do. */
    sealed interface Action {
        void happenTo(SimulatedProfile profile);
    }

    record Go(ConnectionState state, ChangedBy by) implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.go(state, by);
        }
    }

    record GoSilently(ConnectionState state, ChangedBy by) implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.source().goSilently(state, by);
        }
    }

    record GoAway(String because) implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.goAway(new IllegalStateException(because));
        }
    }

    /** Comes back, in the state that it is in where none is given. */
    record ComeBack(@Nullable ConnectionState state) implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.source().comeBack(state);
        }
    }

    record FailNext(RequestFailure how, int requests) implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.failNextRequests(requests, how);
        }
    }

    record Foreign(int type, int mask, int oldState, int newState) implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.notifyForeign(type, mask, oldState, newState);
        }
    }

    record Announce(ConnectionState target) implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.announce(target);
        }
    }

    record CallOff() implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.callOff();
        }
    }

    record Flip() implements Action {
        @Override
        public void happenTo(SimulatedProfile profile) {
            profile.flip();
        }
    }

    /** Flips again and again; {@link Flaps} makes the single flips of it. */
    record Flap(long forNanos, long shortestMillis, long longestMillis) implements Action {
        /** The most flips that it may come to. */
        long atMost() {
            return forNanos / (shortestMillis * 1_000_000);
        }

        @Override
        public void happenTo(SimulatedProfile profile) {
            throw new IllegalStateException("made into single flips before the scenario runs");
        }
    }
}
