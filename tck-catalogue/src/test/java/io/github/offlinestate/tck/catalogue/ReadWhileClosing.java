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

/** A provider whose objects are being read by somebody whenever they are closed. */
final class ReadWhileClosing implements OfflineStateProvider {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final OfflineStateProvider provider;

    ReadWhileClosing(OfflineStateProvider provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public OfflineManager open(String profile) {
        return new Read(provider.open(profile));
    }

    private static final class Read implements OfflineManager {
        private final OfflineManager manager;
        private volatile boolean reading;

        Read(OfflineManager manager) {
            this.manager = manager;
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
            Thread reader = new Thread(this::read, "reader");
            reader.setDaemon(true);
            reader.start();
            CheckExecutor.waitThrough(LONGEST, () -> reading);
            manager.close();
        }

        private void read() {
            long since = System.nanoTime();
            try {
                while (System.nanoTime() - since < LONGEST.toNanos()) {
                    reading = true;
                    ConnectionState ignored = manager.currentState();
                }
            } catch (OfflineStateException closed) {
                reading = true;
            }
        }
    }
}
