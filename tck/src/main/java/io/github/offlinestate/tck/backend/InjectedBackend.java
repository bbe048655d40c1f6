package io.github.offlinestate.tck.backend;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session of another backend's, whose state can be overruled and whose changes can be held up or made to fail. */
final class InjectedBackend implements Backend {
    private final BackendSink engine;
    private final Consumer<InjectedBackend> whenClosed;
    private volatile @Nullable Backend real;

    /** What holds instead of what the source says; nothing where the source's word counts. */
    private volatile @Nullable ConnectionState overruled;

    private volatile boolean lost;

    // What becomes of the next request; guarded by this.
    private @Nullable CompletionStage<Void> hold;
    private boolean starts;

    InjectedBackend(BackendSink engine, @Nullable ConnectionState overruled, Consumer<InjectedBackend> whenClosed) {
        this.engine = engine;
        this.overruled = overruled;
        this.whenClosed = whenClosed;
    }

    BackendSink engine() {
        return engine;
    }

    void standBefore(Backend opened) {
        real = opened;
    }

    private Backend real() {
        Backend opened = real;
        if (opened == null) {
            throw new IllegalStateException("the backend is not open yet");
        }
        return opened;
    }

    /** Where the real backend reports: its word counts again, unless the backend has been taken away. */
    BackendSink sink() {
        return new BackendSink() {
            @Override
            public void changed(ConnectionState now) {
                if (!lost) {
                    overruled = null;
                    engine.changed(now);
                }
            }

            @Override
            public void backendLost(Throwable cause) {
                engine.backendLost(cause);
            }

            @Override
            public void backendRestored(ConnectionState now) {
                if (!lost) {
                    overruled = null;
                    engine.backendRestored(now);
                }
            }

            @Override
            public void changeStarting(ConnectionState target) {
                engine.changeStarting(target);
            }

            @Override
            public void changeCancelled() {
                engine.changeCancelled();
            }

            @Override
            public void otherNotification(int type, int mask, int oldState, int newState) {
                engine.otherNotification(type, mask, oldState, newState);
            }
        };
    }

    void change(ConnectionState state) {
        overruled = state;
        engine.changed(state);
    }

    void changeUntold(ConnectionState state) {
        overruled = state;
    }

    void failNext(Exception cause) {
        holdNext(CompletableFuture.failedFuture(cause), false);
    }

    Runnable failNextAfterStart(Exception cause) {
        CompletableFuture<Void> held = new CompletableFuture<>();
        holdNext(held, true);
        return () -> held.completeExceptionally(cause);
    }

    Runnable holdNext() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        holdNext(held, false);
        return () -> held.complete(null);
    }

    private synchronized void holdNext(CompletionStage<Void> held, boolean reportsStart) {
        hold = held;
        starts = reportsStart;
    }

    void lose(Exception cause) {
        lost = true;
        engine.backendLost(cause);
    }

    void restore(ConnectionState state) {
        overruled = state;
        lost = false;
        engine.backendRestored(state);
    }

    @Override
    public Capabilities capabilities() {
        return real().capabilities();
    }

    @Override
    public ConnectionState currentState() {
        ConnectionState injected = overruled;
        return injected == null ? real().currentState() : injected;
    }

    @Override
    public boolean canSet() {
        return real().canSet();
    }

    @Override
    public CompletionStage<Void> beginChange(ConnectionState target) {
        CompletionStage<Void> held;
        boolean started;
        synchronized (this) {
            held = hold;
            started = held != null && starts;
            hold = null;
        }
        if (started) {
            engine.changeStarting(target);
        }
        return held == null ? ask(target) : held.thenCompose(released -> ask(target));
    }

    private CompletionStage<Void> ask(ConnectionState target) {
        return real().beginChange(target).thenRun(() -> overruled = null);
    }

    @Override
    public void close() {
        try {
            real().close();
        } finally {
            whenClosed.accept(this);
        }
    }
}
