package io.github.offlinestate;

import org.jspecify.annotations.Nullable;

/**
 * A listener as what a lane calls: always ready, and not called any more once the monitor is closed.
 *
 * @param listener the application's
 */
record ListenerTarget(ConnectionListener listener) implements Lane.Target {
    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void take(ConnectionChange change) {
        listener.onChange(change);
    }

    @Override
    public @Nullable Runnable lastCall() {
        return null;
    }
}
