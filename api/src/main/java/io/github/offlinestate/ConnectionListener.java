package io.github.offlinestate;

/**
 * Is told of a profile's connectivity by a {@link ConnectionMonitor}.
 *
 * <p>Called on the executor that the listener was added with, one call at a time, in order; each call happens-before
 * the next. Every method of the monitor may be called from here, {@link ConnectionMonitor#close()} and the listener's
 * own removal included. What it throws is logged and reaches nobody else.
 */
@FunctionalInterface
public interface ConnectionListener {
    /**
     * The connectivity is another one, or, once at the beginning, is this one.
     *
     * @param change what happened
     */
    void onChange(ConnectionChange change);
}
