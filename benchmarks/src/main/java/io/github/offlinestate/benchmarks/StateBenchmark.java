package io.github.offlinestate.benchmarks;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import java.util.concurrent.Semaphore;
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

/** Reading the state, beside a volatile field. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StateBenchmark {
    private static final String PROFILE = "default";

    @Param("false")
    boolean running;

    private OfflineManager manager;
    private volatile ConnectionState field = ConnectionState.ONLINE;

    @Nullable
    private Background changes;

    /** Opens the profile. */
    @Setup
    public void open() {
        Link link = new Link(EngineSettings.DEFAULT);
        manager = link.provider().open(PROFILE);
        Semaphore done = new Semaphore(0);
        manager.advise(what -> {
            if (what.type().equals(NotifyType.STATECHANGE_DONE)) {
                done.release();
            }
        });
        BackendSink sink = link.sink(PROFILE);
        changes = running
                ? new Background(() -> {
                    field = field.opposite();
                    sink.changed(field);
                    done.acquireUninterruptibly();
                })
                : null;
    }

    /** What the contract promises. */
    @Benchmark
    public ConnectionState currentState() {
        return manager.currentState();
    }

    /** The limit. */
    @Benchmark
    public ConnectionState volatileField() {
        return field;
    }

    /** The end. */
    @TearDown
    public void close() {
        if (changes != null) {
            changes.close();
        }
        manager.close();
    }
}
