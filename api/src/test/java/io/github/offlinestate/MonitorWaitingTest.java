package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.ConnectionChange.Cause;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for a state ends, one way or another. */
class MonitorWaitingTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeManager manager = new FakeManager();
    private final ConnectionMonitor monitor = ConnectionMonitor.of(manager);

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void theStateThatHoldsIsThereAtOnce() throws Exception {
        assertThat(monitor.await(ConnectionState.ONLINE, Duration.ZERO)).isTrue();
        assertThat(monitor.when(ConnectionState.ONLINE)
                        .get(10, TimeUnit.SECONDS)
                        .cause())
                .isEqualTo(ConnectionChange.Cause.REPLAYED);
    }

    @Test
    void aStateThatComesEndsTheWaiting() throws Exception {
        CompletableFuture<ConnectionChange> when = monitor.when(ConnectionState.OFFLINE);
        CompletableFuture<Boolean> waited = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                waited.complete(monitor.await(ConnectionState.OFFLINE, LONG));
            } catch (InterruptedException e) {
                waited.completeExceptionally(e);
            }
        });
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        manager.go(ConnectionState.OFFLINE);
        assertThat(waited.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(when.get(10, TimeUnit.SECONDS).newState()).isEqualTo(Connectivity.OFFLINE);
    }

    @Test
    void aStateThatDoesNotComeEndsTheWaitingByTime() throws Exception {
        assertThat(monitor.await(ConnectionState.OFFLINE, Duration.ofMillis(1))).isFalse();
        assertThat(monitor.await(ConnectionState.ONLINE, Duration.ofSeconds(Long.MAX_VALUE)))
                .isTrue();
    }

    @Test
    void anInterruptEndsTheWaiting() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> monitor.await(ConnectionState.OFFLINE, LONG)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatDependsOnTheFutureDoesNotRunOnTheProvidersThread() throws Exception {
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        CompletableFuture<Void> then =
                monitor.when(ConnectionState.OFFLINE).thenRun(() -> ranOn.set(Thread.currentThread()));
        manager.go(ConnectionState.OFFLINE); // on this thread, the provider's
        then.get(10, TimeUnit.SECONDS);
        assertThat(ranOn.get()).isNotSameAs(Thread.currentThread());
        assertThat(ranOn.get().getName()).startsWith("offline-state-monitor-");
    }

    @Test
    void aStateThatIsNeverToldIsRefusedAtOnce() {
        try (ConnectionMonitor oneWay =
                ConnectionMonitor.of(new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.OFFLINE))) {
            assertThatThrownBy(() -> oneWay.await(ConnectionState.ONLINE, LONG))
                    .isInstanceOfSatisfying(
                            OfflineStateException.class,
                            e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NO_SUPPORT))
                    .hasMessageContaining("will never tell that it is ONLINE")
                    .hasMessageContaining("reread it at an interval");
            assertThat(oneWay.when(ConnectionState.ONLINE)).failsWithin(LONG);
        }
    }

    @Test
    void whatTheOpeningFindsIsWaitedForThoughItWouldNotBeTold() {
        ManualTime time = new ManualTime();
        FakeManager oneWay = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.ONLINE);
        try (ConnectionMonitor late = ConnectionMonitor.builder()
                .provider(new LateProvider(1, oneWay))
                .profile("Work")
                .time(time)
                .keepTrying()
                .open()) {
            CompletableFuture<ConnectionChange> online = late.when(ConnectionState.ONLINE);
            time.advance(Duration.ofSeconds(1));
            assertThat(online).isCompletedWithValueMatching(change -> change.cause() == Cause.OPENED);
        }
    }

    @Test
    void whatTheOpeningDoesNotFindIsRefusedThen() {
        ManualTime time = new ManualTime();
        FakeManager oneWay = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.OFFLINE);
        try (ConnectionMonitor late = ConnectionMonitor.builder()
                .provider(new LateProvider(1, oneWay))
                .profile("Work")
                .time(time)
                .keepTrying()
                .open()) {
            CompletableFuture<ConnectionChange> online = late.when(ConnectionState.ONLINE);
            assertThat(online).isNotDone();
            time.advance(Duration.ofSeconds(1));
            assertThat(online)
                    .failsWithin(LONG)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("will never tell that it is ONLINE");
        }
    }

    @Test
    void whatWasHeldBackAndWentIsRefusedThen() {
        ManualTime time = new ManualTime();
        FakeManager oneWay = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.OFFLINE);
        try (ConnectionMonitor held = ConnectionMonitor.builder()
                .manager(oneWay)
                .time(time)
                .hold(Connectivity.ONLINE, Duration.ofSeconds(5))
                .open()) {
            oneWay.go(ConnectionState.ONLINE);
            assertThat(held.state()).isEqualTo(Connectivity.OFFLINE); // has found it, and holds it back
            CompletableFuture<ConnectionChange> online = held.when(ConnectionState.ONLINE);
            assertThat(online).isNotDone();
            oneWay.go(ConnectionState.OFFLINE);
            assertThat(online).failsWithin(LONG);
        }
    }

    @Test
    void whileItIsLostEitherStateMayComeBack() throws Exception {
        FakeManager oneWay = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.OFFLINE);
        try (ConnectionMonitor lost = ConnectionMonitor.of(oneWay)) {
            oneWay.goAway();
            CompletableFuture<ConnectionChange> online = lost.when(ConnectionState.ONLINE);
            oneWay.comeBack(ConnectionState.ONLINE);
            assertThat(online.get(10, TimeUnit.SECONDS).cause()).isEqualTo(Cause.RESTORED);
        }
    }

    @Test
    void withAnIntervalItIsWaitedFor() throws Exception {
        FakeManager oneWay = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.OFFLINE);
        try (ConnectionMonitor rereading = ConnectionMonitor.builder()
                .manager(oneWay)
                .rereadEvery(Duration.ofMillis(5))
                .open()) {
            CompletableFuture<ConnectionChange> when = rereading.when(ConnectionState.ONLINE);
            oneWay.go(ConnectionState.ONLINE);
            assertThat(when.get(10, TimeUnit.SECONDS).cause()).isEqualTo(ConnectionChange.Cause.FOUND);
        }
    }

    @Test
    void whatIsOnlyAssumedNeverChanges() {
        try (ConnectionMonitor assumed = ConnectionMonitor.builder()
                .provider("there is none of this name")
                .assume(ConnectionState.ONLINE)
                .open()) {
            assertThat(assumed.when(ConnectionState.OFFLINE))
                    .failsWithin(LONG)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("only assumed");
        }
    }

    @Test
    void closingEndsTheWaiting() {
        CompletableFuture<ConnectionChange> when = monitor.when(ConnectionState.OFFLINE);
        monitor.close();
        assertThat(when)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("closed");
        assertThatThrownBy(() -> monitor.await(ConnectionState.OFFLINE, LONG)).hasMessageContaining("closed");
    }

    @Test
    void aCancelledFutureIsForgotten() {
        CompletableFuture<ConnectionChange> when = monitor.when(ConnectionState.OFFLINE);
        assertThat(when.cancel(true)).isTrue();
        manager.go(ConnectionState.OFFLINE);
        assertThat(when).isCancelled();
    }

    @Test
    void aCancelledFutureIsNotHeld() {
        WeakReference<Object> cancelled = cancelled();
        await().until(() -> {
            System.gc();
            return cancelled.get() == null;
        });
    }

    private WeakReference<Object> cancelled() {
        CompletableFuture<ConnectionChange> when = monitor.when(ConnectionState.OFFLINE);
        when.cancel(true);
        return new WeakReference<>(when);
    }

    @Test
    void waitingOnTheProvidersThreadIsRefused() {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        monitor.listen(
                change -> {
                    try {
                        monitor.await(ConnectionState.ONLINE, LONG);
                    } catch (OfflineStateException | InterruptedException e) {
                        refusal.set(e);
                    }
                },
                ListenerOptions.DEFAULT.on(Runnable::run).withoutReplay());
        manager.go(ConnectionState.OFFLINE);
        assertThat(refusal.get()).isInstanceOf(OfflineStateException.class).hasMessageContaining("E_PENDING");
    }
}
