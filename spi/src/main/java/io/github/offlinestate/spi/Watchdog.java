package io.github.offlinestate.spi;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks at what the notifiers of a provider are calling, so that a callback that hangs holds up its own registration
 * only (NOTIFY-12). One daemon thread a provider, there only while something is delivered or was until a few seconds
 * ago; on real time always.
 */
final class Watchdog {
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    /** How many looks there are in the time that a callback has. */
    private static final int LOOKS = 8;

    private final String provider;
    private final long limit;
    private final long pause;
    private final ScheduledThreadPoolExecutor looks;
    private final Set<Notifier> watched = ConcurrentHashMap.newKeySet();

    Watchdog(String provider, Duration callbackLimit) {
        this.provider = provider;
        this.limit = EngineSettings.nanos(callbackLimit);
        this.pause = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, limit / LOOKS));
        this.looks = new ScheduledThreadPoolExecutor(
                1, work -> new EngineThread(work, "offline-state-" + provider + "-watchdog"));
        looks.setKeepAliveTime(EngineThread.IDLE_SECONDS, TimeUnit.SECONDS);
        looks.allowCoreThreadTimeOut(true);
    }

    /** Looks at it again and again until it has nothing to deliver. */
    void watch(Notifier notifier) {
        if (watched.add(notifier)) {
            lookLater(notifier);
        }
    }

    private void lookLater(Notifier notifier) {
        try {
            Future<?> unused = looks.schedule(() -> look(notifier), pause, TimeUnit.NANOSECONDS);
        } catch (RuntimeException | Error e) { // delivering goes on without it, and the next one tries again
            watched.remove(notifier);
            Log.error("there is no thread to look at callbacks of provider \"" + provider + "\" on", e);
        }
    }

    private void look(Notifier notifier) {
        try {
            notifier.look(System.nanoTime(), limit);
        } catch (RuntimeException | Error e) { // of the time, which is foreign: it is looked at again all the same
            Log.error("looking at a callback of provider \"" + provider + "\" failed", e);
        }
        if (notifier.isActive()) {
            lookLater(notifier);
            return;
        }
        watched.remove(notifier);
        if (notifier.isActive()) { // since then, and was watched still
            watch(notifier);
        }
    }
}
