package io.github.offlinestate.spi;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at what the notifiers of a provider are calling, so that a callback that hangs holds up its own registration
 * only (NOTIFY-12). One daemon thread a provider, there only while something is delivered or was until a few seconds
 * ago; on real time always.
 */
final class Watchdog {
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(2);
    /** How many looks there are in the time that a callback has. */
    private static final int LOOKS = 8;

    private final String provider;
    private final long limit;
    private final long pause;
    private final Set<Notifier> watched = ConcurrentHashMap.newKeySet();
    private boolean running;

    Watchdog(String provider, Duration callbackLimit) {
        this.provider = provider;
        this.limit = EngineSettings.nanos(callbackLimit);
        this.pause = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, limit / LOOKS));
    }

    void watch(Notifier notifier) {
        watched.add(notifier);
        start();
    }

    void forget(Notifier notifier) {
        watched.remove(notifier);
    }

    private synchronized void start() {
        if (!running) {
            Thread thread = new Thread(null, this::run, "offline-state-" + provider + "-watchdog", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            try {
                thread.start();
                running = true;
            } catch (RuntimeException | Error e) { // delivering goes on without it, and the next one tries again
                Log.error("there is no thread to look at callbacks of provider \"" + provider + "\" on", e);
            }
        }
    }

    private void run() {
        long idleSince = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            for (Notifier notifier : watched) {
                idleSince = now;
                look(notifier, now);
            }
            if (now - idleSince > IDLE && stop()) {
                return;
            }
            LockSupport.parkNanos(this, pause);
        }
    }

    private void look(Notifier notifier, long now) {
        try {
            notifier.look(now, limit);
        } catch (RuntimeException | Error e) { // of the time, which is foreign: the others are looked at all the same
            Log.error("looking at a callback of provider \"" + provider + "\" failed", e);
        }
    }

    private synchronized boolean stop() {
        running = !watched.isEmpty();
        return !running;
    }
}
