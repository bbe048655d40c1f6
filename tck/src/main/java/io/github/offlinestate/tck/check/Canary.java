package io.github.offlinestate.tck.check;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Notices when the whole machine stands still: a thread that does nothing but look at the clock. What a test waited
 * for in vain while the canary was not served either says nothing about the provider.
 */
final class Canary implements AutoCloseable {
    private static final long TICK = Duration.ofMillis(10).toNanos();
    private static final long STILL = Duration.ofMillis(60).toNanos();
    private static final int KEPT = 4096;

    private final Deque<long[]> stills = new ArrayDeque<>();
    private final LongSupplier clock;
    private final Thread thread;
    private volatile boolean closed;

    Canary() {
        this(System::nanoTime);
    }

    /** The clock that it looks at: where that leaps, the machine has stood still. */
    Canary(LongSupplier clock) {
        this.clock = clock;
        thread = new Thread(this::watch, "tck-canary");
        thread.setDaemon(true);
        thread.start();
    }

    /** How long the machine stood still between two readings of {@link System#nanoTime()}. */
    synchronized Duration stoodStill(long from, long to) {
        long sum = 0;
        for (long[] still : stills) {
            sum += Math.max(0, Math.min(to, still[1]) - Math.max(from, still[0]));
        }
        return Duration.ofNanos(sum);
    }

    private void watch() {
        long before = clock.getAsLong();
        while (!closed) {
            LockSupport.parkNanos(TICK);
            // Whoever interrupts the kit's threads does not make the canary spin.
            boolean ignored = Thread.interrupted();
            long now = clock.getAsLong();
            if (now - before > STILL) {
                remember(before + TICK, now);
            }
            before = now;
        }
    }

    private synchronized void remember(long from, long to) {
        stills.add(new long[] {from, to});
        if (stills.size() > KEPT) {
            stills.remove();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
