package io.github.offlinestate.stress.races;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The smallest source there is, one for each instance of a race, as a profile of a provider that all races of a JVM
 * share: a provider of its own each would be a thread pool each. It reports under its lock, so in order.
 */
public final class RaceSource {
    private static final AtomicLong COUNT = new AtomicLong();
    private static final Map<String, RaceSource> BY_PROFILE = new ConcurrentHashMap<>();
    private static final BackendProvider PROVIDER = BackendProvider.of(
            "race",
            (profile, sink) -> {
                RaceSource source = BY_PROFILE.get(profile);
                if (source == null) {
                    throw new OfflineStateException(HResult.MAPI_E_NOT_FOUND, "no race is called " + profile);
                }
                return source.openSession(sink);
            },
            EngineSettings.DEFAULT);
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(20);

    private final String profile = "race " + COUNT.incrementAndGet();

    private ConnectionState state = ConnectionState.ONLINE;
    private boolean away;
    private @Nullable BackendSink sink;
    private int sessions;
    private int mostSessions;

    /** A source of its own, online. */
    public RaceSource() {
        BY_PROFILE.put(profile, this);
    }

    /** An offline object of its profile. */
    public OfflineManager open() {
        return PROVIDER.open(profile);
    }

    private synchronized Backend openSession(BackendSink to) {
        sink = to;
        sessions++;
        mostSessions = Math.max(mostSessions, sessions);
        return new Session();
    }

    private static IllegalStateException away() {
        return new IllegalStateException("the source was told to go away");
    }

    private void report(Consumer<BackendSink> report) {
        if (sink != null) {
            report.accept(sink);
        }
    }

    /** Somebody else changes the state. */
    public synchronized void change(ConnectionState to) {
        if (state != to) {
            state = to;
            report(sink -> sink.changed(to));
        }
    }

    /** Nobody can tell the state any more. */
    public synchronized void goAway() {
        away = true;
        report(sink -> sink.backendLost(away()));
    }

    /** It is back, in the state that it is in. */
    public synchronized void comeBack() {
        away = false;
        report(sink -> sink.backendRestored(state));
    }

    /** How many sessions are open. */
    public synchronized int sessions() {
        return sessions;
    }

    /** How many sessions were open at the same time. */
    public synchronized int mostSessions() {
        return mostSessions;
    }

    /** What a set comes to: {@code OK}, or the name of the result that it fails with. */
    public static String set(OfflineManager manager, ConnectionState target) {
        try {
            manager.setCurrentState(target, SetFlag.BLOCK);
            return "OK";
        } catch (OfflineStateException e) {
            return e.result().name();
        }
    }

    /** Waits until no change is under way: then setting what holds already succeeds (SET-5). */
    public void settle(OfflineManager manager) {
        ConnectionState last;
        synchronized (this) {
            last = state;
        }
        settleIn(manager, last);
    }

    /** Brings it into a state, behind everything that is under way. */
    public static void settleIn(OfflineManager manager, ConnectionState last) {
        await(() -> set(manager, last).equals("OK"));
    }

    /** Waits for what nobody says when it comes; not for ever. */
    @SuppressWarnings("ThreadPriorityCheck") // polling, since there is nothing to be woken by
    public static void await(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > LIMIT) {
                throw new IllegalStateException("what has to come has not come for " + LIMIT + " ns");
            }
            Thread.yield();
        }
    }

    /** Gives everything back that the race has opened. */
    public void end(OfflineManager... managers) {
        for (OfflineManager manager : managers) {
            manager.close();
        }
        BY_PROFILE.remove(profile);
    }

    private final class Session implements Backend {
        @Override
        public Capabilities capabilities() {
            return Capabilities.BOTH;
        }

        @Override
        public ConnectionState currentState() {
            synchronized (RaceSource.this) {
                return state;
            }
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            synchronized (RaceSource.this) {
                if (away) {
                    return CompletableFuture.failedFuture(away());
                }
                change(target);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            synchronized (RaceSource.this) {
                sessions--;
            }
        }
    }
}
