package io.github.offlinestate.tck.check;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a registration was told as a sequence of whole transitions: START STATECHANGE DONE, or START DONE. */
final class Triples {
    /**
     * A whole transition.
     *
     * @param from the state before
     * @param to the state after; that before where it was aborted
     */
    record Transition(ConnectionState from, ConnectionState to) {
        boolean isAbort() {
            return from == to;
        }
    }

    private final List<Transition> transitions = new ArrayList<>();
    private @Nullable String mistake;

    private Triples() {}

    static Triples of(List<StateChange> told) {
        Triples triples = new Triples();
        triples.read(told);
        return triples;
    }

    private void read(List<StateChange> told) {
        int index = 0;
        while (index < told.size() && mistake == null) {
            index = readOne(told, index);
        }
    }

    private int readOne(List<StateChange> told, int index) {
        StateChange start = told.get(index);
        if (start.phase() != Phase.START) {
            mistake = "number " + (index + 1) + " is " + start + ", where a START was due";
            return index;
        }
        if (index + 1 == told.size()) {
            mistake = "nothing follows number " + (index + 1) + ", " + start;
            return index;
        }
        StateChange next = told.get(index + 1);
        if (next.phase() == Phase.DONE && next.isAbort()) {
            transitions.add(new Transition(next.oldState(), next.newState()));
            return index + 2;
        }
        StateChange last = index + 2 < told.size() ? told.get(index + 2) : null;
        if (next.phase() != Phase.CHANGE || last == null || last.phase() != Phase.DONE) {
            mistake = "number " + (index + 1) + ", " + start + ", is followed by " + next + " and "
                    + (last == null ? "nothing" : last);
            return index;
        }
        if (!sameStates(start, next) || !sameStates(start, last)) {
            mistake = "the states differ within one transition: " + start + ", " + next + ", " + last;
            return index;
        }
        transitions.add(new Transition(start.oldState(), start.newState()));
        return index + 3;
    }

    private static boolean sameStates(StateChange one, StateChange other) {
        return one.oldState() == other.oldState() && one.newState() == other.newState();
    }

    /** What is wrong, if anything is. */
    Optional<String> mistake() {
        return Optional.ofNullable(mistake);
    }

    List<Transition> transitions() {
        return transitions;
    }

    /** Where the old state of one is not the new state of the one before, aborts apart. */
    Optional<String> broken() {
        for (int index = 1; index < transitions.size(); index++) {
            Transition before = transitions.get(index - 1);
            Transition now = transitions.get(index);
            if (now.from() != before.to()) {
                return Optional.of("number " + (index + 1) + " goes " + now.from() + " to " + now.to()
                        + ", after one that ended in " + before.to());
            }
        }
        return Optional.empty();
    }
}
