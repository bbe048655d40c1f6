package io.github.offlinestate;

import java.time.Duration;
import java.time.Instant;

/**
 * One event of a {@link ConnectionMonitor}. The chain is whole: the old state of one is the new state of the one
 * before, for each listener, and {@code number == previous.number + 1 + missed}.
 *
 * <p>Listeners of all phases ({@link ListenerOptions#allPhases()}) get {@link StateChange.Phase#START} and
 * {@link StateChange.Phase#DONE} too. Those have the number of the change before and of the change they close; an abort
 * is a {@code DONE} whose old and new state are equal.
 *
 * @param number counts the changes of this monitor, from 1
 * @param cause why the listener is told
 * @param phase {@link StateChange.Phase#CHANGE}, except for listeners of all phases
 * @param oldState what was told before; {@link Connectivity#UNKNOWN} where nothing was
 * @param newState what is so now
 * @param watched whether the source will tell when the new state ends; where it will not, ask
 *     {@link ConnectionMonitor#state()}, which reads again, or set {@link ConnectionMonitor.Builder#rereadEvery}
 * @param at when, by the wall clock
 * @param nanoTime when, by the monotonic clock of the monitor's {@link TimeSource}: only differences mean something
 * @param lasted how long the old state had lasted; zero for {@link Cause#REPLAYED}, and for {@link Cause#GAP} the time
 *     since the change that was told before
 * @param missed how many changes this listener was not told one by one, because it was too slow for its buffer
 * @param damped how many changes since the last event nobody was told, because they came back within the hold
 */
public record ConnectionChange(
        long number,
        Cause cause,
        StateChange.Phase phase,
        Connectivity oldState,
        Connectivity newState,
        boolean watched,
        Instant at,
        long nanoTime,
        Duration lasted,
        long missed,
        long damped) {
    /** Why a listener is told. */
    public enum Cause {
        /** Nothing happened: this is the present state, told first to a new listener. */
        REPLAYED,
        /** The profile could be opened, after {@link ConnectionMonitor.Builder#keepTrying()}. */
        OPENED,
        /** The source notified a change. */
        CHANGED,
        /** The source had changed without telling, for want of a capability; a reading found it. */
        FOUND,
        /** The backend has gone away, or can no longer be read. */
        LOST,
        /** The backend is back, and this is what it says. */
        RESTORED,
        /** The listener was too slow: changes it missed are told as one. */
        GAP
    }

    /**
     * Whether the transition was given up after its START (NOTIFY-10); told to listeners of all phases only.
     *
     * @return whether it is a DONE with equal states
     */
    public boolean isAbort() {
        return phase == StateChange.Phase.DONE && oldState == newState;
    }

    /**
     * This event as one line of JSON, without the line's end. The members are the components of this record by their
     * names; {@code at} is ISO-8601, and {@code lasted} is {@code lastedNanos}, a number.
     *
     * @return a JSON object
     */
    public String toJson() {
        // Nothing in it needs escaping: numbers, names of constants, and an instant.
        return "{\"number\":" + number
                + ",\"cause\":\"" + cause
                + "\",\"phase\":\"" + phase
                + "\",\"oldState\":\"" + oldState
                + "\",\"newState\":\"" + newState
                + "\",\"watched\":" + watched
                + ",\"at\":\"" + at
                + "\",\"nanoTime\":" + nanoTime
                + ",\"lastedNanos\":" + lasted.toNanos()
                + ",\"missed\":" + missed
                + ",\"damped\":" + damped + "}";
    }

    /** This state as the first event of a listener. */
    ConnectionChange asReplay() {
        return new ConnectionChange(
                number,
                Cause.REPLAYED,
                StateChange.Phase.CHANGE,
                Connectivity.UNKNOWN,
                newState,
                watched,
                at,
                nanoTime,
                Duration.ZERO,
                0,
                0);
    }

    /** This change and all between it and the one that was told before, as one. */
    ConnectionChange asGap(ConnectionChange before, long dampedOfAll) {
        return new ConnectionChange(
                number,
                Cause.GAP,
                phase,
                before.newState,
                newState,
                watched,
                at,
                nanoTime,
                Duration.ofNanos(nanoTime - before.nanoTime),
                number - before.number - 1,
                dampedOfAll);
    }
}
