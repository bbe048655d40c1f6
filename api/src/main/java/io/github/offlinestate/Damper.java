package io.github.offlinestate;

import io.github.offlinestate.ConnectionChange.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the raw changes those that are told: one into a state with a hold is told only when that state has lasted so
 * long. A change that lasted exactly the hold has lasted it, however late the timer or the next change looks.
 *
 * <p>Not thread-safe: guarded by the lock of {@link MonitorState}.
 */
final class Damper {
    private final Map<Connectivity, Duration> holds;
    private final Consumer<ConnectionChange> out;

    private Connectivity told;
    private Instant toldAt;
    private long toldNanos;
    private long number;
    private long swallowed;
    private long swallowedInAll;
    private @Nullable ConnectionChange held;

    Damper(
            Map<Connectivity, Duration> holds,
            Connectivity first,
            Instant at,
            long nanos,
            Consumer<ConnectionChange> out) {
        this.holds = new EnumMap<>(Connectivity.class);
        this.holds.putAll(holds);
        this.told = first;
        this.toldAt = at;
        this.toldNanos = nanos;
        this.out = out;
    }

    /** Takes the next raw change. */
    void raw(ConnectionChange change) {
        if (change.cause() != Cause.FOUND) { // or nobody knows when the held state ended
            expire(change.nanoTime());
        }
        if (held != null) {
            held = null;
            swallow();
        }
        if (change.newState() == told) {
            swallow();
        } else if (change.cause() == Cause.OPENED || hold(change.newState()).isZero()) {
            tell(change, Duration.ZERO);
        } else {
            held = change;
        }
    }

    /** Tells what is held back if it has lasted long enough by now. */
    void expire(long now) {
        ConnectionChange due = held;
        if (due != null && now - due.nanoTime() >= hold(due.newState()).toNanos()) {
            held = null;
            tell(due, hold(due.newState()));
        }
    }

    /** What is held back, if anything. */
    @Nullable
    ConnectionChange held() {
        return held;
    }

    Duration hold(Connectivity state) {
        return holds.getOrDefault(state, Duration.ZERO);
    }

    Connectivity told() {
        return told;
    }

    /** How many changes have been told. */
    long number() {
        return number;
    }

    /** How many raw changes nobody was told. */
    long swallowed() {
        return swallowedInAll;
    }

    /** The state that is told, as the first event of a new listener. */
    ConnectionChange replay(boolean watched) {
        return new ConnectionChange(
                number,
                Cause.REPLAYED,
                StateChange.Phase.CHANGE,
                Connectivity.UNKNOWN,
                told,
                watched,
                toldAt,
                toldNanos,
                Duration.ZERO,
                0,
                0);
    }

    private void swallow() {
        swallowed++;
        swallowedInAll++;
    }

    private void tell(ConnectionChange change, Duration late) {
        long nanos = change.nanoTime() + late.toNanos();
        Instant at = change.at().plus(late);
        ConnectionChange event = new ConnectionChange(
                ++number,
                change.cause(),
                StateChange.Phase.CHANGE,
                told,
                change.newState(),
                change.watched(),
                at,
                nanos,
                Duration.ofNanos(nanos - toldNanos),
                0,
                swallowed);
        told = change.newState();
        toldAt = at;
        toldNanos = nanos;
        swallowed = 0;
        out.accept(event);
    }
}
