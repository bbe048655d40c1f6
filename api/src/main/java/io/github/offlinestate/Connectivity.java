package io.github.offlinestate;

import java.util.Optional;

/**
 * What a {@link ConnectionMonitor} can say of a profile: its state, or that nobody can tell at present. Unknown is not
 * offline: offline is a state that the source tells of.
 */
public enum Connectivity {
    /** The profile is online. */
    ONLINE,
    /** The profile is offline. */
    OFFLINE,
    /** Nobody can tell: {@link ConnectionStatus#reason()} says why. */
    UNKNOWN;

    /**
     * The connectivity that a state is.
     *
     * @param state a state
     * @return {@link #ONLINE} or {@link #OFFLINE}
     */
    public static Connectivity of(ConnectionState state) {
        return state == ConnectionState.ONLINE ? ONLINE : OFFLINE;
    }

    /**
     * The state, where there is one.
     *
     * @return nothing for {@link #UNKNOWN}
     */
    public Optional<ConnectionState> state() {
        return switch (this) {
            case ONLINE -> Optional.of(ConnectionState.ONLINE);
            case OFFLINE -> Optional.of(ConnectionState.OFFLINE);
            case UNKNOWN -> Optional.empty();
        };
    }
}
