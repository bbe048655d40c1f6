package io.github.offlinestate.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** A peer with its clients, and the threads that tell them. */
final class Stage implements AutoCloseable {
    /** For what should not happen, where nothing else tells that it will not. */
    static final Duration SHORT = Duration.ofSeconds(1);

    /** For what should happen. */
    static final Duration LONG = Duration.ofSeconds(20);

    private final Peer peer;
    private final List<Probe> probes = new ArrayList<>();
    private final Map<Probe, Object> registrations = new ConcurrentHashMap<>();

    Stage(Supplier<Peer> peers) {
        peer = peers.get();
    }

    List<Probe> probes() {
        return probes;
    }

    void add(int count, ObjIntConsumer<Probe> behaviour) {
        for (int i = 0; i < count; i++) {
            Probe probe = new Probe(behaviour);
            probes.add(probe);
            registrations.put(probe, peer.add(probe));
        }
    }

    /** Adds a client that nobody here refers to. */
    void addUnheld(ObjIntConsumer<Probe> behaviour) {
        peer.add(new Probe(behaviour));
    }

    void remove(Probe probe) {
        peer.remove(Objects.requireNonNull(registrations.get(probe), "registered"));
    }

    /** Tells that number; what comes back to who tells is not looked at. */
    void tell(int number) {
        join(begin(number));
    }

    /** Begins to tell that number on a thread of its own. */
    Thread begin(int number) {
        return start(() -> peer.tell(Told.number(number)));
    }

    Thread start(Runnable work) {
        Thread thread = new Thread(work, "stage");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, thrown) -> {});
        thread.start();
        return thread;
    }

    /** Whether it is so once all has been told. */
    boolean eventually(BooleanSupplier condition) {
        return peer.tellsOnItsCaller() ? condition.getAsBoolean() : within(LONG, condition);
    }

    static boolean within(Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    static void join(Thread thread) {
        within(LONG, () -> !thread.isAlive());
    }

    static void await(CountDownLatch latch) {
        within(LONG, () -> latch.getCount() == 0);
    }

    @Override
    public void close() {
        peer.close();
    }
}
