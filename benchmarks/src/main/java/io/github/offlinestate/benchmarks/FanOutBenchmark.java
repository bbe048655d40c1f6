package io.github.offlinestate.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One phase to all clients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanOutBenchmark {
    @Param("BARE")
    String peer;

    @Param("1")
    int clients;

    @Param("CALLED")
    String kind;

    private Peer opened;
    private List<Client> told;

    /** Registers the clients. */
    @Setup
    public void open() {
        opened = Peers.valueOf(peer).open();
        told = Client.Kind.valueOf(kind).make(clients);
        opened.addAll(told);
    }

    /** Tells them and, where that is done by other threads, waits for it. */
    @Benchmark
    public void tell() {
        opened.tell(Told.OFFLINE);
        opened.settle();
    }

    /** The end. */
    @TearDown
    public void close() {
        opened.close();
    }
}
