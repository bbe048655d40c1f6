package io.github.offlinestate.stress.growth;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code growth}: what open profiles cost in memory and threads, and that none of them waits for another. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = "Opens profiles by the thousand, and says what each costs.")
public final class GrowthCommand implements Callable<Integer> {
    private static final int OTHERS = 100;
    private static final int CHANGES = 100;
    private static final int WARM_UP = 100;

    @Option(
            names = "--profiles",
            split = ",",
            paramLabel = "COUNT",
            description = "How many to open at once (default: 1,10,100,1000,10000).")
    private List<Integer> counts = new ArrayList<>(List.of(1, 10, 100, 1_000, 10_000));

    @Override
    public Integer call() throws InterruptedException {
        measure(WARM_UP); // classes, and what is made once a JVM
        System.out.println(
                "profiles  bytes each, idle  threads, idle  ... after a change in all  threads then  threads, idle again");
        for (int count : counts) {
            System.out.println(measure(count));
        }
        System.out.println(isolation());
        return 0;
    }

    private static String measure(int count) throws InterruptedException {
        Profiles profiles = new Profiles(count);
        int unused = awaitIdle();
        Usage before = Usage.now();
        try (profiles) {
            profiles.open(count);
            Usage idle = Usage.now();
            profiles.flipAll();
            Usage busy = Usage.now();
            int rest = awaitIdle();
            return String.format(
                    Locale.ROOT,
                    "%8d  %16d  %13d  %24d  %12d  %19d",
                    count,
                    (idle.heap() - before.heap()) / count,
                    idle.threads(),
                    (busy.heap() - before.heap()) / count,
                    busy.threads(),
                    rest);
        }
    }

    /** The threads that are left when those without work have ended. */
    private static int awaitIdle() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        int now = Usage.now().threads();
        while (now > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            now = Usage.now().threads();
        }
        return now;
    }

    /** NOTIFY-9: changes of one profile while the client of another one, or of many, does not return. */
    private static String isolation() {
        CountDownLatch blocked = new CountDownLatch(1);
        try (Profiles profiles = new Profiles(OTHERS + 1)) {
            profiles.open(OTHERS + 1);
            double warmUp = microsOfAChange(profiles.get(0));
            double alone = Math.min(warmUp, microsOfAChange(profiles.get(0)));
            CountDownLatch inside = new CountDownLatch(OTHERS);
            for (int i = 1; i <= OTHERS; i++) {
                profiles.get(i).advise(told -> {
                    inside.countDown();
                    awaitQuietly(blocked);
                });
                profiles.flip(i);
            }
            awaitQuietly(inside);
            double beside = microsOfAChange(profiles.get(0));
            blocked.countDown();
            return String.format(
                    Locale.ROOT,
                    "GROWTH DONE: a change of one profile takes %.0f us alone, and %.0f us while clients of %d others block",
                    alone,
                    beside,
                    OTHERS);
        }
    }

    private static double microsOfAChange(OfflineManager manager) {
        long begun = System.nanoTime();
        for (int i = 0; i < CHANGES; i++) {
            ConnectionState now = manager.currentState();
            manager.setCurrentState(now.opposite(), SetFlag.BLOCK);
        }
        return (System.nanoTime() - begun) / 1e3 / CHANGES;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
