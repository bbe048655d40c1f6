package io.github.offlinestate.sim;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import java.time.Duration;
import java.util.Objects;

/**
 * Says what a simulated profile is like; see {@link SimulatedProvider.Builder#profile(String, java.util.function.Consumer)}.
 * Unless told otherwise it has both capabilities, is online, has no latency, reports each change once and can be set.
 */
public final class ProfileBuilder {
    private final String name;
    private Capabilities capabilities = Capabilities.BOTH;
    private ConnectionState initially = ConnectionState.ONLINE;
    private Latency latency = Latency.NONE;
    private Reporting reporting = Reporting.CHANGES;
    private boolean canSet = true;
    private boolean away;

    ProfileBuilder(String name) {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a profile's name has at least one character, and no NUL, or nobody could open it");
        }
        this.name = name;
    }

    /**
     * Which changes clients can be told of.
     *
     * @param capabilities any mask
     * @return this
     */
    public ProfileBuilder capabilities(Capabilities capabilities) {
        this.capabilities = Objects.requireNonNull(capabilities, "capabilities");
        return this;
    }

    /**
     * The state that the source is in at first.
     *
     * @param state the state
     * @return this
     */
    public ProfileBuilder initially(ConnectionState state) {
        this.initially = Objects.requireNonNull(state, "state");
        return this;
    }

    /** The source is away at first: opening the profile fails until it comes back.
     *
     * @return this
     */
    public ProfileBuilder initiallyAway() {
        this.away = true;
        return this;
    }

    /**
     * How long changes take, the same for each phase; see {@link Latency#each}.
     *
     * @param perPhase how long one of the three phases takes
     * @return this
     */
    public ProfileBuilder latency(Duration perPhase) {
        return latency(Latency.each(perPhase));
    }

    /**
     * How long changes take.
     *
     * @param latency the latency of each phase
     * @return this
     */
    public ProfileBuilder latency(Latency latency) {
        this.latency = Objects.requireNonNull(latency, "latency");
        return this;
    }

    /**
     * How the source reports its changes.
     *
     * @param reporting one of the ways
     * @return this
     */
    public ProfileBuilder reporting(Reporting reporting) {
        this.reporting = Objects.requireNonNull(reporting, "reporting");
        return this;
    }

    /** Clients cannot set the state (SET-12).
     *
     * @return this
     */
    public ProfileBuilder readOnly() {
        this.canSet = false;
        return this;
    }

    ProfileSettings build() {
        boolean repeats = reporting == Reporting.TWICE || reporting == Reporting.MANY_THREADS;
        if (repeats && !capabilities.notifiesBoth()) {
            throw new IllegalArgumentException("profile " + name + " has the capabilities " + capabilities
                    + " and reports " + reporting + ": a source that repeats its reports needs both capabilities,"
                    + " since without one of them a report that changes nothing tells of an untold change");
        }
        return new ProfileSettings(name, capabilities, initially, latency, reporting, canSet, away);
    }
}
