package io.github.offlinestate.spi;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that an interrupt does not shorten: it is kept for the caller. */
final class Uninterrupted {
    /** Waits for so many nanoseconds at most. */
    @FunctionalInterface
    interface Waiting<T, E extends Exception, F extends Exception> {
        T await(long nanos) throws InterruptedException, E, F;
    }

    private Uninterrupted() {}

    /** Waits until the latch opens, for so long at most; whether it has opened. */
    static boolean await(CountDownLatch latch, Duration limit) {
        return await(limit, nanos -> latch.await(nanos, TimeUnit.NANOSECONDS));
    }

    /** Waits in some way, for so long at most in all. */
    static <T, E extends Exception, F extends Exception> T await(Duration limit, Waiting<T, E, F> waiting) throws E, F {
        long deadline = System.nanoTime() + EngineSettings.nanos(limit);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return waiting.await(deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
