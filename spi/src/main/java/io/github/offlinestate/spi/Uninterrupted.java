package io.github.offlinestate.spi;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that an interrupt does not shorten: it is kept for the caller. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Waits until the latch opens, for so long at most; whether it has opened. */
    static boolean await(CountDownLatch latch, Duration limit) {
        long deadline = System.nanoTime() + EngineSettings.nanos(limit);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
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
