package io.github.offlinestate.benchmarks;

import java.time.Duration;
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

/** Adding one more client and removing it, the engine's through its public doors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdviseBenchmark {
    @Param("ENGINE")
    String peer;

    @Param("1")
    int present;

    @Param("false")
    boolean running;

    private Peer opened;

    @Nullable
    private Background changes;

    /** Registers those who are there before. */
    @Setup
    public void open() {
        Peers which = Peers.valueOf(peer);
        opened = which == Peers.ENGINE ? new EnginePeer(Duration.ofMinutes(1)) : which.open();
        opened.addAll(Client.Kind.CALLED.make(present));
        Peer peerThatTells = opened;
        changes = running
                ? new Background(() -> {
                    peerThatTells.tell(Told.OFFLINE);
                    peerThatTells.settle();
                    peerThatTells.tell(Told.ONLINE);
                    peerThatTells.settle();
                })
                : null;
    }

    /** A client of the thread's own. */
    @State(Scope.Thread)
    public static class Own {
        final Client client = new Client.First();
    }

    /** Comes and goes. */
    @Benchmark
    public void adviseAndUnadvise(Own own) {
        opened.remove(opened.add(own.client));
    }

    /** The end. */
    @TearDown
    public void close() {
        if (changes != null) {
            changes.close();
        }
        opened.close();
    }
}
