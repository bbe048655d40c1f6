package io.github.offlinestate.tck.catalogue.found;

import java.util.concurrent.CountDownLatch;

/** Starts to watch its source when it is made. */
public final class EagerProvider extends QuietProvider {
    private final CountDownLatch over = new CountDownLatch(1);

    /** Starts a thread: the mistake. */
    public EagerProvider() {
        Thread watcher = new Thread(this::watch, "eager-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
