package io.github.offlinestate.stress.soak;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** What is still there when everything has been given back: threads, references, memory. */
final class Leftovers {
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int COLLECTIONS = 5;

    private Leftovers() {}

    /** The threads of the product that are still there, after the seconds for which idle ones are kept. */
    static List<String> threads(Duration patience) {
        awaitZero(patience, () -> named().size());
        return named();
    }

    private static List<String> named() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("offline-state"))
                .sorted()
                .toList();
    }

    /** How many of them cannot be collected. */
    static long kept(List<? extends WeakReference<?>> references, Duration patience) {
        return awaitZero(patience, () -> {
            System.gc();
            return references.stream()
                    .map(Reference::get)
                    .filter(one -> one != null)
                    .count();
        });
    }

    /** The heap in use after a collection: the least of some, since a collector does not promise all at once. */
    static long heap() {
        long least = Long.MAX_VALUE;
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static long awaitZero(Duration patience, LongSupplier count) {
        long begun = System.nanoTime();
        long now = count.getAsLong();
        while (now > 0 && System.nanoTime() - begun < patience.toNanos()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            now = count.getAsLong();
        }
        return now;
    }
}
