package io.github.offlinestate.cli;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import java.util.concurrent.Executor;

/**
 * A listener as it is often written: it reads the state, builds what it shows it in, and registers. For the
 * demonstration; what is wrong with it is what {@code ConnectionMonitor} is there for.
 */
final class HandWritten implements AutoCloseable {
    private final OfflineManager manager;
    private final AdviseToken token;

    /**
     * Begins to listen.
     *
     * @param manager an open object
     * @param display where the state is shown
     * @param ui the thread to show it on
     * @param build makes the window, which takes a moment
     */
    HandWritten(OfflineManager manager, Display display, Executor ui, Runnable build) {
        this.manager = manager;
        ConnectionState now = manager.currentState();
        ui.execute(() -> display.show(now));
        build.run(); // a change that comes now is told to nobody
        token = manager.advise(
                notification -> // all three phases alike
                ConnectionState.ofCode(notification.newState())
                        .ifPresent(state -> ui.execute(() -> display.show(state))));
    }

    @Override
    public void close() {
        manager.unadvise(token); // what waits for the thread is shown all the same
    }
}
