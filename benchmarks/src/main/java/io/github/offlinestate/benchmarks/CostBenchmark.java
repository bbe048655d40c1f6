package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.spi.FanOut;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The bare loop, and what each guarantee adds to it, one after the other, up to the engine's own loop. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CostBenchmark {
    static final int CLIENTS = 1_024;

    private static final VarHandle TOKEN = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle ANNOUNCED;

    static {
        try {
            ANNOUNCED = MethodHandles.lookup().findVarHandle(CostBenchmark.class, "announced", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final OfflineNotify[] clients = Client.Kind.CALLED.make(CLIENTS).toArray(OfflineNotify[]::new);
    private final long[] tokens = new long[CLIENTS];
    private final int[] clientTokens = new int[CLIENTS];
    private final FanOut engine = new FanOut();
    private final OfflineNotification what = Told.OFFLINE;
    private Thread thread;

    @SuppressWarnings("UnusedVariable") // what a loop catches has to go somewhere
    private Throwable thrown;

    @SuppressWarnings("UnusedVariable") // by its handle
    private long announced;

    /** Fills the arrays. */
    @Setup
    public void register() {
        thread = Thread.currentThread();
        thrown = new Throwable("none");
        for (int i = 0; i < CLIENTS; i++) {
            tokens[i] = 1L + i;
            engine.add(clients[i], 0);
        }
    }

    /** Nothing is promised. */
    @Benchmark
    public void bare() {
        for (OfflineNotify client : clients) {
            client.onNotify(what);
        }
    }

    /** A client that throws stops nobody. */
    @Benchmark
    public void catching() {
        for (OfflineNotify client : clients) {
            try {
                client.onNotify(what);
            } catch (Throwable e) {
                thrown = e;
            }
        }
    }

    /** A client's interrupt reaches nobody else. */
    @Benchmark
    public void interrupts() {
        for (OfflineNotify client : clients) {
            try {
                client.onNotify(what);
            } catch (Throwable e) {
                thrown = e;
            }
            clearInterrupt();
        }
    }

    /** Each gets its own client token, and slots come and go while they are read. */
    @Benchmark
    public void slots() {
        for (int i = 0; i < clients.length; i++) {
            if ((long) TOKEN.getAcquire(tokens, i) == 0 || clientTokens[i] != what.clientToken()) {
                continue;
            }
            try {
                clients[i].onNotify(what);
            } catch (Throwable e) {
                thrown = e;
            }
            clearInterrupt();
        }
    }

    /** What is called is announced, but a removal may miss it: no fence. */
    @Benchmark
    public void announced() {
        for (int i = 0; i < clients.length; i++) {
            long token = (long) TOKEN.getAcquire(tokens, i);
            if (token == 0 || clientTokens[i] != what.clientToken()) {
                continue;
            }
            ANNOUNCED.setRelease(this, token);
            if ((long) TOKEN.getAcquire(tokens, i) != token) {
                continue;
            }
            try {
                clients[i].onNotify(what);
            } catch (Throwable e) {
                thrown = e;
            }
            clearInterrupt();
        }
    }

    /** Nothing is called after its removal returned: an exchange, which is a full fence. */
    @Benchmark
    public void exchanged() {
        long running = 0;
        for (int i = 0; i < clients.length; i++) {
            long token = (long) TOKEN.getAcquire(tokens, i);
            if (token == 0 || clientTokens[i] != what.clientToken()) {
                continue;
            }
            if ((long) ANNOUNCED.getAndSet(this, token) != running) {
                return;
            }
            running = token;
            if ((long) TOKEN.getAcquire(tokens, i) != token) {
                continue;
            }
            try {
                clients[i].onNotify(what);
            } catch (Throwable e) {
                thrown = e;
            }
            clearInterrupt();
        }
        ANNOUNCED.setVolatile(this, 0L);
    }

    /** All of it. */
    @Benchmark
    public void engine() {
        engine.tell(what);
    }

    private void clearInterrupt() {
        if (thread.isInterrupted()) {
            Thread.interrupted();
        }
    }
}
