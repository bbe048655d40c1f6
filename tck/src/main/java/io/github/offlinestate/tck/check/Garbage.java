package io.github.offlinestate.tck.check;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Makes the garbage collector show what is still held. */
public final class Garbage {
    private static final int BLOCK = 1 << 18;
    private static final int BLOCKS = 32;
    private static final long PAUSE = 2_000_000;

    private Garbage() {}

    /** Collects until something is gone, with allocation pressure; fails where it is still there in the end. */
    public static void awaitCollected(Trial trial, String what, WeakReference<?> reference) {
        trial.await(what + " is collectable", () -> {
            collect();
            return reference.get() == null;
        });
    }

    /** Collects until what nobody holds is gone for sure, several times. */
    static void collectThoroughly(Trial trial) {
        for (int round = 0; round < 3; round++) {
            WeakReference<Object> unheld = new WeakReference<>(new Object());
            trial.await("the garbage collector runs", () -> {
                collect();
                return unheld.get() == null;
            });
        }
    }

    private static void collect() {
        List<byte[]> pressure = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            pressure.add(new byte[BLOCK]);
        }
        long since = System.nanoTime();
        System.gc();
        // Twice as long as collecting took: the canary is not to think that the machine stands still.
        LockSupport.parkNanos(PAUSE + pressure.size() + 2 * (System.nanoTime() - since));
    }
}
