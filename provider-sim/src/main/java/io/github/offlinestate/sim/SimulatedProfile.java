package io.github.offlinestate.sim;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import java.util.List;
import java.util.Objects;

/**
 * The handle of a simulated profile: makes its source do what sources do. What a test says reads like a sentence:
 * {@code profile.goOffline()}.
 *
 * <p>The source lives as long as its provider, whether the profile is open or not: what happens to it while nobody has
 * it open is there when it is opened. It makes one change at a time, in the order in which they were asked for, by the
 * handle or by clients. Without {@link Latency} a change is made, and reported to the provider, before the call
 * returns; clients are notified afterwards, on a thread of the provider's. With a {@link VirtualTime},
 * {@link VirtualTime#settle()} and {@link VirtualTime#advance} return when they have been.
 *
 * <p>All methods may be called from any thread, also from within a callback; none waits.
 */
public final class SimulatedProfile {
    private final String name;
    private final SimulatedSource source;

    SimulatedProfile(String name, SimulatedSource source) {
        this.name = name;
        this.source = source;
    }

    SimulatedSource source() {
        return source;
    }

    /**
     * What the profile is opened by.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Which changes clients are told of.
     *
     * @return as configured
     */
    public Capabilities capabilities() {
        return source.capabilities();
    }

    /** The source goes offline, by itself. No effect where it is offline. */
    public void goOffline() {
        go(ConnectionState.OFFLINE, ChangedBy.NETWORK);
    }

    /** The source goes online, by itself. No effect where it is online. */
    public void goOnline() {
        go(ConnectionState.ONLINE, ChangedBy.NETWORK);
    }

    /**
     * The source goes into a state. No effect where it is in it. While the source is away the change is made at once,
     * and nobody is told.
     *
     * @param state the state
     * @param by who makes the change; for {@link #changes()} alone, clients are not told
     */
    public void go(ConnectionState state, ChangedBy by) {
        source.go(Objects.requireNonNull(state, "state"), Objects.requireNonNull(by, "by"));
    }

    /**
     * The source goes into the state that it is not in, or will not be in when all that was asked for so far is done.
     */
    public void flip() {
        source.flip(ChangedBy.NETWORK);
    }

    /**
     * The source goes offline and tells nobody (STATE-4): a client that asks finds it out.
     *
     * @throws IllegalStateException where the profile has the capability to tell of it: then it has to
     */
    public void goOfflineSilently() {
        source.goSilently(ConnectionState.OFFLINE, ChangedBy.NETWORK);
    }

    /**
     * The source goes online and tells nobody (STATE-4): a client that asks finds it out.
     *
     * @throws IllegalStateException where the profile has the capability to tell of it: then it has to
     */
    public void goOnlineSilently() {
        source.goSilently(ConnectionState.ONLINE, ChangedBy.NETWORK);
    }

    /**
     * The source says that it is about to change, and no more: what follows is up to the caller, {@link #go} or
     * {@link #callOff} or nothing (NOTIFY-10).
     *
     * @param target the state that it says it will go into
     * @throws IllegalStateException while the source is away
     */
    public void announce(ConnectionState target) {
        source.announce(Objects.requireNonNull(target, "target"));
    }

    /**
     * The source says that what it has {@linkplain #announce announced} will not come.
     *
     * @throws IllegalStateException while the source is away, and where nothing is announced
     */
    public void callOff() {
        source.callOff();
    }

    /**
     * The source reports the state that it is in although nothing has changed.
     *
     * @throws IllegalStateException while the source is away, and where a capability is missing: there such a report
     *     would tell of an untold change (BACKEND-3)
     */
    public void reportAgain() {
        source.reportAgain();
    }

    /**
     * The source sends a notification that is none of the documented ones (NOTIFY-8). The values are handed on as they
     * are; a provider refuses a documented type with the documented mask.
     *
     * @param type the raw type
     * @param mask the raw mask
     * @param oldState the raw old state
     * @param newState the raw new state
     * @throws IllegalStateException while the source is away
     */
    public void notifyForeign(int type, int mask, int oldState, int newState) {
        source.notifyForeign(type, mask, oldState, newState);
    }

    /** The source goes away, as Outlook does when it is closed (LOST). No effect where it is away. */
    public void goAway() {
        goAway(new IllegalStateException(source.describe() + " has gone away, as the simulation was told"));
    }

    /**
     * The source goes away for a reason. What it was about to do is lost: requests fail with the reason, and changes
     * that it had not made yet are not made. No effect where it is away.
     *
     * @param because what clients get as the cause
     */
    public void goAway(Throwable because) {
        source.goAway(Objects.requireNonNull(because, "because"));
    }

    /**
     * The source comes back, in the state that it was in or was changed into meanwhile.
     *
     * @throws IllegalStateException where it is not away
     */
    public void comeBack() {
        source.comeBack(null);
    }

    /**
     * The source comes back in a state.
     *
     * @param in the state
     * @throws IllegalStateException where it is not away
     */
    public void comeBack(ConnectionState in) {
        source.comeBack(Objects.requireNonNull(in, "in"));
    }

    /**
     * The next request of a client's fails.
     *
     * @param how how it fails
     */
    public void failNextRequest(RequestFailure how) {
        failNextRequests(1, how);
    }

    /**
     * The next requests of clients fail, after those that were already told to.
     *
     * @param count how many
     * @param how how they fail
     */
    public void failNextRequests(int count, RequestFailure how) {
        if (count < 1 || count > 1_000_000) {
            throw new IllegalArgumentException(count + " requests cannot be told to fail: give 1 to 1000000");
        }
        source.failRequests(count, Objects.requireNonNull(how, "how"));
    }

    /** Lets the requests go on that {@linkplain RequestFailure#HANG hang} now. */
    public void releaseHungRequests() {
        source.releaseHungRequests();
    }

    /**
     * Changes take this long from now on; phases that have begun end as they would have.
     *
     * @param latency the latency of each phase
     */
    public void setLatency(Latency latency) {
        source.setLatency(Objects.requireNonNull(latency, "latency"));
    }

    /**
     * The state that the source is in. What clients read lags behind it (STATE-2).
     *
     * @return the state
     */
    public ConnectionState state() {
        return source.state();
    }

    /**
     * Whether the source is away.
     *
     * @return from {@link #goAway} to {@link #comeBack}
     */
    public boolean isAway() {
        return source.isAway();
    }

    /**
     * Whether anybody has the profile open.
     *
     * @return from opening its first offline object to closing its last
     */
    public boolean isOpen() {
        return source.isOpen();
    }

    /**
     * The changes that the source has made, the oldest first, whoever asked for them; also the silent ones, and those
     * made while it was away.
     *
     * @return a copy; the last thousand
     */
    public List<SimulatedChange> changes() {
        return source.changes();
    }

    /**
     * The states that clients have asked for, the oldest first, also where the request failed. A client that asks for
     * the state that already holds does not get this far (SET-5).
     *
     * @return a copy; the last thousand
     */
    public List<ConnectionState> requests() {
        return source.requests();
    }

    @Override
    public String toString() {
        return "SimulatedProfile[" + name + ", " + (isAway() ? "away" : state()) + "]";
    }
}
