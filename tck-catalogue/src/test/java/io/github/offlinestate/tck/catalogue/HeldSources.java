package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sources that take longer than they should, each in another call of the engine's. */
final class HeldSources {
    /** How long the engine is to wait for those that hang. */
    static final Duration BRIEF = Duration.ofMillis(300);

    /** Longer than whatever the kit waits for, so that who does not give it up hangs with it. */
    private static final Duration FOR_EVER = Duration.ofSeconds(20);

    private HeldSources() {}

    /** Is still being asked when the object is closed, and never answers. */
    static BackendFactory silent(MemorySource source) {
        return (profile, sink) -> new CarelessBackends.Careless(source.openBackend(profile, sink)) {
            @Override
            public CompletionStage<Void> beginChange(ConnectionState target) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                return new CompletableFuture<>();
            }
        };
    }

    /** Is asked until it is closed. */
    static BackendFactory stuck(MemorySource source) {
        return (profile, sink) -> new CarelessBackends.Careless(source.openBackend(profile, sink)) {
            private final CountDownLatch closed = new CountDownLatch(1);

            @Override
            public CompletionStage<Void> beginChange(ConnectionState target) {
                hold(closed);
                return new CompletableFuture<>();
            }

            @Override
            public void close() {
                closed.countDown();
                super.close();
            }
        };
    }

    private static void hold(CountDownLatch until) {
        try {
            boolean ignored = until.await(FOR_EVER.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes its time to be read. */
    static BackendFactory slowToRead(MemorySource source) {
        return (profile, sink) -> new CarelessBackends.Careless(source.openBackend(profile, sink)) {
            @Override
            public ConnectionState currentState() {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                return super.currentState();
            }
        };
    }

    /** A source whose sessions are not closed before the kit is through. */
    private static final class Clinging extends MemorySource {
        final CountDownLatch released = new CountDownLatch(1);
    }

    /** Providers of a source that hangs in its close until the test is over. */
    static final class ClingingFixture extends MemoryFixture {
        ClingingFixture(ProviderMaker providers) {
            super(Clinging::new, providers);
        }

        @Override
        PreparedProvider prepared(MemorySource source, OfflineStateProvider provider) {
            return super.prepared(source, provider).withCleanup(((Clinging) source).released::countDown);
        }
    }

    static BackendFactory clinging(MemorySource source) {
        return (profile, sink) -> new CarelessBackends.Careless(source.openBackend(profile, sink)) {
            @Override
            public void close() {
                hold(((Clinging) source).released);
                super.close();
            }
        };
    }

    /** It is said of a session that hangs in its close, and said soon, that it cannot be opened again. */
    static void expectClosing(EngineWatch watch, OfflineStateProvider provider, String profile) {
        try (OfflineManager opened = provider.open(profile)) {
            watch.note(opened + " is opened while the session before it is not closed");
        } catch (OfflineStateException closing) {
            if (!closing.result().equals(HResult.MAPI_E_CALL_FAILED)) {
                watch.note("opening what is being closed fails with " + closing);
            }
        }
    }
}
