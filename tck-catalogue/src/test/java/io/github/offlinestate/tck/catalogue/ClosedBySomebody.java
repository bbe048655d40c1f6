package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.tck.check.CheckExecutor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A provider whose objects are closed in a way of one's own. */
final class ClosedBySomebody implements OfflineStateProvider {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** Closes objects. */
    @FunctionalInterface
    interface Closer {
        void close(OfflineManager manager, OfflineStateProvider provider, String profile);
    }

    private final OfflineStateProvider provider;
    private final Closer closer;

    ClosedBySomebody(OfflineStateProvider provider, Closer closer) {
        this.provider = provider;
        this.closer = closer;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public OfflineManager open(String profile) {
        return new Closed(provider.open(profile), manager -> closer.close(manager, provider, profile));
    }

    /** Closes what somebody else is reading just then. */
    static void whileRead(OfflineManager manager, OfflineStateProvider provider, String profile) {
        AtomicBoolean reading = new AtomicBoolean();
        Thread reader = new Thread(() -> read(manager, reading), "reader");
        reader.setDaemon(true);
        reader.start();
        CheckExecutor.waitThrough(LONGEST, reading::get);
        manager.close();
    }

    private static void read(OfflineManager manager, AtomicBoolean reading) {
        long since = System.nanoTime();
        try {
            while (System.nanoTime() - since < LONGEST.toNanos()) {
                reading.set(true);
                ConnectionState ignored = manager.currentState();
            }
        } catch (OfflineStateException closed) {
            reading.set(true);
        }
    }

    private static final class Closed implements OfflineManager {
        private final OfflineManager manager;
        private final Consumer<OfflineManager> closer;
        private final AtomicBoolean closed = new AtomicBoolean();

        Closed(OfflineManager manager, Consumer<OfflineManager> closer) {
            this.manager = manager;
            this.closer = closer;
        }

        @Override
        public Capabilities capabilities() {
            return manager.capabilities();
        }

        @Override
        public ConnectionState currentState() {
            return manager.currentState();
        }

        @Override
        public void setCurrentState(ConnectionState state, SetFlag flag) {
            manager.setCurrentState(state, flag);
        }

        @Override
        public boolean canSet() {
            return manager.canSet();
        }

        @Override
        public AdviseToken advise(AdviseInfo info) {
            return manager.advise(info);
        }

        @Override
        public void unadvise(AdviseToken token) {
            manager.unadvise(token);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                closer.accept(manager);
            } else {
                manager.close();
            }
        }
    }
}
