package io.github.offlinestate.benchmarks;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole transition, with its three phases and the hand-over to the engine's thread and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TransitionBenchmark {
    private static final String PROFILE = "default";

    /** What the clients are: of the offline object, or of a monitor (its changes, or all phases). */
    @Param("ADVISE")
    String clientsOf;

    @Param("1")
    int clients;

    /** Whether all have the same client token, and so may be given the same notification. */
    @Param("true")
    boolean sameToken;

    /** How many other profiles are open. */
    @Param("0")
    int others;

    private final List<OfflineManager> idle = new ArrayList<>();
    private OfflineManager manager;
    private BackendSink sink;
    private ConnectionState state;

    @Nullable
    private ConnectionMonitor monitor;

    private volatile int done;

    /** Opens the profiles and registers the clients. */
    @Setup
    public void open() {
        Link link = new Link(EngineSettings.DEFAULT);
        for (int i = 0; i < others; i++) {
            idle.add(link.provider().open("other " + i));
        }
        manager = link.provider().open(PROFILE);
        sink = link.sink(PROFILE);
        state = ConnectionState.ONLINE;
        if (clientsOf.equals("ADVISE")) {
            int token = 0;
            for (Client client : Client.Kind.CALLED.make(clients - 1)) {
                manager.advise(AdviseInfo.of(client, sameToken ? 0 : token++));
            }
            manager.advise(what -> {
                if (what.stateChange().orElseThrow().phase() == StateChange.Phase.DONE) {
                    told();
                }
            });
        } else {
            openMonitor();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time (NOTIFY-5)
    private void told() {
        done++;
    }

    private void openMonitor() {
        ListenerOptions options = ListenerOptions.DEFAULT.withoutReplay();
        boolean phases = clientsOf.equals("MONITOR_PHASES");
        ListenerOptions chosen = phases ? options.allPhases() : options;
        ConnectionMonitor opened = ConnectionMonitor.builder()
                .manager(manager)
                .executor(Runnable::run)
                .open();
        long[] sums = new long[clients * 8];
        for (int i = 0; i < clients - 1; i++) {
            int own = i * 8;
            opened.listen(change -> sums[own] += change.number(), chosen);
        }
        opened.listen(
                change -> {
                    if (!phases || change.phase() == StateChange.Phase.DONE) {
                        told();
                    }
                },
                chosen);
        monitor = opened;
    }

    /** From the backend's report to the last client's last phase. */
    @Benchmark
    public void reported() {
        int before = done;
        state = state.opposite();
        sink.changed(state);
        while (done == before) {
            Thread.onSpinWait();
        }
    }

    /** From the call to its return. */
    @Benchmark
    public void setAndWait() {
        state = state.opposite();
        manager.setCurrentState(state, SetFlag.BLOCK);
    }

    /** The end. */
    @TearDown
    public void close() {
        if (monitor != null) {
            monitor.close();
        }
        manager.close();
        idle.forEach(OfflineManager::close);
    }
}
