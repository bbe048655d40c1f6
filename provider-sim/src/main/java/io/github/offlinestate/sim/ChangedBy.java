package io.github.offlinestate.sim;

/** Who made a change of a simulated source. Clients are not told; {@link SimulatedProfile#changes()} is. */
public enum ChangedBy {
    /** The network, by itself. */
    NETWORK,
    /** A person, in the program that the source stands for. */
    USER,
    /** A client, by {@link io.github.offlinestate.Offline#setCurrentState}. */
    CLIENT
}
