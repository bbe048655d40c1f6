package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.OfflineManager;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The same flapping link, shown by two applications side by side: one listens by {@link HandWritten}, the other by
 * {@link ConnectionMonitor}. In each round both are opened and closed while the link flaps; in between it rests.
 */
final class Demo {
    /** How long a state has to last until the monitor tells it. */
    private static final Duration HOLD = Duration.ofMillis(150);

    private static final Duration CATCHING_UP = Duration.ofSeconds(2);
    private static final long BUILDING_NANOS = 25_000_000;

    private final FlappingLink link;
    private final GiveBack giveBack;
    private final Display byHand = new Display();
    private final Display byMonitor = new Display();
    private final ExecutorService handUi = ui("by-hand");
    private final ExecutorService monitorUi = ui("monitor");
    private final ExecutorService flapping = ui("link");
    private int rounds;

    /**
     * How a round ended, when the link was at rest.
     *
     * @param number counted from 1
     * @param flips how often the link has flipped so far
     * @param actual what the link is
     * @param byHand what the one shows
     * @param byMonitor what the other shows
     */
    record Round(
            int number,
            int flips,
            ConnectionState actual,
            @Nullable ConnectionState byHand,
            @Nullable ConnectionState byMonitor) {}

    /**
     * A demonstration that has not begun.
     *
     * @param seed of the link's flips
     * @param giveBack learns how to end it
     */
    Demo(long seed, GiveBack giveBack) {
        this.link = new FlappingLink(seed);
        this.giveBack = giveBack;
        giveBack.remember(() -> {
            handUi.shutdownNow();
            monitorUi.shutdownNow();
            flapping.shutdownNow();
        });
    }

    private static ExecutorService ui(String what) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "demo-" + what);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens both, lets the link flap and rest, and closes both while it flaps.
     *
     * @return what they show at rest
     */
    Round round() throws InterruptedException {
        rounds++;
        try (OfflineManager forHand = link.open();
                OfflineManager forMonitor = link.open()) {
            giveBack.remember(forHand::close);
            giveBack.remember(forMonitor::close);
            CountDownLatch opening = flap(1, 8);
            byHand.opened();
            byMonitor.opened();
            HandWritten handWritten = new HandWritten(forHand, byHand, handUi, Demo::build);
            ConnectionMonitor monitor = ConnectionMonitor.builder()
                    .manager(forMonitor)
                    .executor(monitorUi)
                    .hold(Connectivity.OFFLINE, HOLD)
                    .hold(Connectivity.ONLINE, HOLD)
                    .open();
            build();
            monitor.listen(
                    change -> change.newState().state().ifPresent(byMonitor::show),
                    ListenerOptions.DEFAULT.named("demo"));
            opening.await();
            ConnectionState actual = link.state();
            Round round = new Round(
                    rounds,
                    link.flips(),
                    actual,
                    byHand.settle(actual, CATCHING_UP),
                    byMonitor.settle(actual, CATCHING_UP));
            CountDownLatch closing = flap(10, 30);
            LockSupport.parkNanos(BUILDING_NANOS * 4);
            handWritten.close();
            byHand.closed();
            monitor.close();
            byMonitor.closed();
            closing.await();
            drain(handUi);
            drain(monitorUi);
            return round;
        }
    }

    private static void build() {
        LockSupport.parkNanos(BUILDING_NANOS);
    }

    private CountDownLatch flap(int least, int most) {
        CountDownLatch done = new CountDownLatch(1);
        flapping.execute(() -> {
            link.flap(least, most);
            done.countDown();
        });
        return done;
    }

    /** Whatever still waits to be shown is shown, and counted. */
    private static void drain(ExecutorService ui) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        ui.execute(done::countDown);
        done.await();
    }

    int flips() {
        return link.flips();
    }

    Display.Complaints byHand() {
        return byHand.complaints();
    }

    Display.Complaints byMonitor() {
        return byMonitor.complaints();
    }
}
