package io.github.offlinestate.sim;

/**
 * How a simulated source reports its changes. Each is a source that a provider must cope with; clients see the same
 * notifications of all of them.
 */
public enum Reporting {
    /** Each change once, when it has happened; no phases. What most sources do. */
    CHANGES,
    /** Each change before it happens and when it has happened. */
    PHASES,
    /** Each change twice. Both capabilities are needed (BACKEND-3). */
    TWICE,
    /** Each change by four threads at the same moment. Both capabilities are needed (BACKEND-3). */
    MANY_THREADS
}
