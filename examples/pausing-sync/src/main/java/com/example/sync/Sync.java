package com.example.sync;

import io.github.offlinestate.ConnectionChange;
import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Sends documents while the profile is online, and keeps them while it is not. */
public final class Sync implements AutoCloseable {
    private final Consumer<String> transport;
    private final ConnectionMonitor monitor;
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean online;

    /**
     * Begins to watch the profile.
     *
     * @param transport takes a document to where it belongs
     * @param settings where the state comes from; in production {@code ConnectionMonitor.builder()} as it is
     */
    public Sync(Consumer<String> transport, ConnectionMonitor.Builder settings) {
        this.transport = transport;
        // Back online at once, but a short gap is not worth to pause for.
        monitor = settings.hold(Connectivity.OFFLINE, Duration.ofSeconds(5)).open();
        monitor.listen(this::connectionChanged);
    }

    /** Sends a document now, or when the profile is online again. */
    public synchronized void submit(String document) {
        waiting.add(document);
        sendWhileOnline();
    }

    private synchronized void connectionChanged(ConnectionChange change) {
        online = change.newState() == Connectivity.ONLINE;
        sendWhileOnline();
    }

    private void sendWhileOnline() {
        while (online && !waiting.isEmpty()) {
            transport.accept(waiting.remove());
        }
    }

    @Override
    public void close() {
        monitor.close();
    }
}
