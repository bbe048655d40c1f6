package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.Backend;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Stands between the engine and a backend, and notes what is asked out of turn. */
final class StrictBackend extends CarelessBackends.Careless {
    private final EngineWatch watch;
    private final Duration closeLimit;

    // Guarded by this.
    private int asking;
    private long askedLast;
    private boolean closing;

    StrictBackend(Backend right, EngineWatch watch, Duration closeLimit) {
        super(right);
        this.watch = watch;
        this.closeLimit = closeLimit;
    }

    @Override
    public ConnectionState currentState() {
        begin("currentState()");
        try {
            return super.currentState();
        } finally {
            end();
        }
    }

    @Override
    public CompletionStage<Void> beginChange(ConnectionState target) {
        begin("beginChange(" + target + ")");
        try {
            return super.beginChange(target);
        } finally {
            if (!watch.time().isAtWork()) {
                watch.note("beginChange(" + target + ") is called, and no work is begun that a virtual time could see");
            }
            end();
        }
    }

    private synchronized void begin(String call) {
        if (closing) {
            watch.note(call + " is called when close() has been");
        }
        asking++;
        askedLast = System.nanoTime();
    }

    private synchronized void end() {
        asking--;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closing) {
                watch.note("close() is called again");
            }
            // Who asks for longer than that is not waited for.
            if (asking > 0 && System.nanoTime() - askedLast < closeLimit.toNanos()) {
                watch.note("close() is called while something is asked");
            }
            closing = true;
        }
        super.close();
    }

    synchronized boolean isClosing() {
        return closing;
    }
}
