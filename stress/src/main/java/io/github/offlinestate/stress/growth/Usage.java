package io.github.offlinestate.stress.growth;

import java.util.concurrent.locks.LockSupport;

/**
 * What the JVM uses at a moment.
 *
 * @param heap bytes that a collection leaves
 * @param threads the threads of the product
 */
record Usage(long heap, int threads) {
    private static final int COLLECTIONS = 5;
    private static final long PAUSE_NANOS = 30_000_000;

    static Usage now() {
        int threads = threadsNow(); // before the collections, during which idle ones end
        long least = Long.MAX_VALUE;
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return new Usage(least, threads);
    }

    private static int threadsNow() {
        Thread[] all = new Thread[2 * Thread.activeCount() + 64];
        int count = Thread.enumerate(all);
        int own = 0;
        for (int i = 0; i < count; i++) {
            own += all[i].getName().startsWith("offline-state") ? 1 : 0;
        }
        return own;
    }
}
