package io.github.offlinestate.sim;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendSink;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One opening of a simulated profile, from its first offline object to its last. */
final class Session implements Backend {
    private final SimulatedSource source;
    private final BackendSink sink;
    private volatile boolean closed;

    Session(SimulatedSource source, BackendSink sink) {
        this.source = source;
        this.sink = sink;
    }

    @Override
    public Capabilities capabilities() {
        return source.capabilities();
    }

    @Override
    public ConnectionState currentState() {
        return source.toldState();
    }

    @Override
    public boolean canSet() {
        return source.canSet();
    }

    @Override
    public CompletionStage<Void> beginChange(ConnectionState target) {
        return canSet() ? source.request(this, target) : Backend.super.beginChange(target);
    }

    @Override
    public void close() {
        closed = true;
        source.close(this);
    }

    boolean isClosed() {
        return closed;
    }

    /** Reports, unless it has been closed meanwhile. */
    void report(Consumer<BackendSink> what) {
        if (!closed) {
            what.accept(sink);
        }
    }
}
