package io.github.offlinestate.spi;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a profile does behind a callback that does not return, for a while or past its limit. */
@Timeout(60)
class LaggingClientsTest {
    private static final int MANY = 2 * StepQueue.BOUND;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore holding = new Semaphore(0);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();
    private volatile BackendSink sink;

    private final class Scripted implements Backend {
        @Override
        public Capabilities capabilities() {
            return Capabilities.BOTH;
        }

        @Override
        public ConnectionState currentState() {
            return ONLINE;
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            return outcome;
        }

        @Override
        public void close() {}
    }

    private OfflineManager open(EngineSettings settings) {
        BackendProvider provider = BackendProvider.of(
                "lagging",
                (profile, given) -> {
                    sink = given;
                    return new Scripted();
                },
                settings);
        return provider.open("a profile");
    }

    /** Stays in its first call until the test lets it go on. */
    private void hold(OfflineNotification notification) {
        note(notification);
        if (holding.availablePermits() == 0 && goOn.getCount() > 0) {
            holding.release();
            awaitGoOn();
        }
    }

    private void awaitGoOn() {
        boolean interrupted = false;
        while (goOn.getCount() > 0) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(OfflineNotification notification) {
        told.add(text(notification));
    }

    private static String text(OfflineNotification notification) {
        return notification
                .stateChange()
                .map(change -> change.isAbort() ? "ABORT" : change.phase() + " " + change.newState())
                .orElseGet(() -> notification.type().toString());
    }

    private void awaitHolding() throws InterruptedException {
        assertThat(holding.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        holding.release();
    }

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            sink.changed(i % 2 == 0 ? OFFLINE : ONLINE);
        }
    }

    @AfterEach
    void goOn() {
        goOn.countDown();
    }

    /** What it is told of the rest is the kit's to judge, NOTIFY-11. */
    @Test
    void beyondTheBoundALossIsToldToNobodyAndReadAllTheSame() throws Exception {
        OfflineManager manager = open(EngineSettings.DEFAULT);
        manager.advise(this::hold);
        change(1);
        awaitHolding(); // or how many wait would depend on how fast a thread starts
        change(MANY);
        sink.changeStarting(OFFLINE); // what can be left out is not begun in parts
        sink.changeCancelled();
        sink.backendLost(new IllegalStateException("gone"));
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(manager::currentState)
                .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
        sink.backendRestored(ONLINE);
        assertThat(manager.currentState())
                .as("nothing is left to be told before")
                .isEqualTo(ONLINE);
        goOn.countDown();
        sink.otherNotification(77, 0, 0, 0);
        await().until(() -> told.contains("0x0000004d"));
        assertThat(told).doesNotContain("BACKEND_LOST", "BACKEND_RESTORED", "ABORT");
    }

    @Test
    void SET_6_aRequestThatFailsBehindAnAbortEndsAfterIt() throws Exception {
        OfflineManager manager = open(EngineSettings.DEFAULT);
        manager.advise(this::hold);
        CompletableFuture<Void> call =
                CompletableFuture.runAsync(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK));
        await().until(() -> outcome.getNumberOfDependents() > 0);
        sink.changeStarting(OFFLINE);
        awaitHolding();
        sink.changeCancelled();
        outcome.completeExceptionally(new IllegalStateException("called off"));
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(() -> manager.setCurrentState(OFFLINE, SetFlag.DEFAULT))
                .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.E_PENDING));
        assertThat(call).isNotDone();
        goOn.countDown();
        assertThat(call).failsWithin(60, TimeUnit.SECONDS);
        assertThat(told).containsExactly("START OFFLINE", "ABORT");
    }

    @Test
    void LOST_4_aRestoringThatIsToldAfterTheNextLossDoesNotEndThat() throws Exception {
        OfflineManager manager = open(EngineSettings.DEFAULT);
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        manager.advise(notification -> {
            hold(notification);
            try {
                read.add(manager.currentState().toString());
            } catch (OfflineStateException e) {
                read.add(e.result().toString());
            }
        });
        sink.otherNotification(77, 0, 0, 0);
        awaitHolding();
        sink.backendLost(new IllegalStateException("first"));
        sink.backendRestored(ONLINE);
        sink.backendLost(new IllegalStateException("second"));
        goOn.countDown();
        await().until(() -> read.size() == 4);
        assertThat(told).containsExactly("0x0000004d", "BACKEND_LOST", "BACKEND_RESTORED", "BACKEND_LOST");
        assertThat(read).containsOnly(HResult.MAPI_E_END_OF_SESSION.toString());
        sink.backendRestored(ONLINE);
        await().until(() -> read.size() == 5);
        assertThat(read.get(4)).isEqualTo("ONLINE");
    }

    @Test
    void oneThatHangsAndThenThrowsIsToldTheRestAllTheSame() {
        OfflineManager manager = open(EngineSettings.DEFAULT.withCallbackLimit(Duration.ofMillis(50)));
        List<String> its = Collections.synchronizedList(new ArrayList<>());
        manager.advise(notification -> {
            its.add(text(notification));
            awaitGoOn();
            throw new IllegalStateException("and then throws");
        });
        manager.advise(this::note);
        change(2);
        await().until(() -> told.size() == 6);
        goOn.countDown();
        await().until(() -> its.size() == 6);
        sink.changed(OFFLINE);
        await().until(() -> its.size() == 9 && told.size() == 9);
        assertThat(its).isEqualTo(told);
    }

    @Test
    void NOTIFY_10_aStartThatIsKeptForOneThatHangsIsClosedForIt() throws Exception {
        ManualTime time = new ManualTime();
        OfflineManager manager = open(EngineSettings.DEFAULT.withTime(time).withCallbackLimit(Duration.ofMillis(50)));
        manager.advise(this::hold);
        sink.otherNotification(77, 0, 0, 0);
        awaitHolding();
        sink.backendLost(new IllegalStateException("gone"));
        sink.backendRestored(ONLINE);
        await().ignoreExceptions().until(() -> manager.currentState() == ONLINE); // others go on behind it
        sink.changeStarting(OFFLINE);
        await().until(() -> time.underWay() == 1); // only it: START has been told to all others, of whom there are none
        sink.changeCancelled();
        goOn.countDown();
        await().until(time::isIdle);
        assertThat(told).containsExactly("0x0000004d", "BACKEND_LOST", "BACKEND_RESTORED", "START OFFLINE", "ABORT");
    }
}
