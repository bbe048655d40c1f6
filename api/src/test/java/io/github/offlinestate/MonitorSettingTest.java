package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.SetOutcome.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Setting the state goes on while it is refused for the moment only, and says what ended it. */
class MonitorSettingTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeManager manager = new FakeManager();
    private final ConnectionMonitor monitor = ConnectionMonitor.of(manager);

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void theStateIsSet() {
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, LONG);
        assertThat(outcome.isSet()).isTrue();
        assertThat(outcome.attempts()).isEqualTo(1);
        assertThat(outcome.failure()).isEmpty();
        assertThat(monitor.state()).isEqualTo(Connectivity.OFFLINE);
    }

    @Test
    void whileAChangeIsUnderWayItIsTriedAgain() {
        manager.refuseToSet(failure(HResult.E_PENDING), failure(HResult.E_PENDING), failure(HResult.E_PENDING));
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, LONG);
        assertThat(outcome.kind()).isEqualTo(Kind.SET);
        assertThat(outcome.attempts()).isEqualTo(4);
    }

    @Test
    void whenTheTimeIsOverTheLastRefusalIsTold() {
        Duration limit = Duration.ofSeconds(1); // so long that a busy machine comes to the first attempt
        manager.refuseToSet(
                Collections.nCopies(100_000, failure(HResult.E_PENDING)).toArray(Throwable[]::new));
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, limit);
        assertThat(outcome.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(outcome.attempts()).isPositive();
        assertThat(outcome.failure().orElseThrow().result()).isEqualTo(HResult.E_PENDING);
        assertThat(outcome.took()).isGreaterThanOrEqualTo(limit);
    }

    @Test
    void whatTheBackendCannotDoEndsItWithTheCause() {
        manager.refuseToSet(failure(HResult.MAPI_E_CALL_FAILED));
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, LONG);
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.failure().orElseThrow()).hasMessageContaining("on purpose");
    }

    @Test
    void whatAProviderMayNotThrowEndsItToo() {
        manager.refuseToSet(new IllegalStateException("on purpose, by the test"));
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, LONG);
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.failure().orElseThrow()).hasRootCauseMessage("on purpose, by the test");
    }

    @Test
    void whatCannotBeSetIsNotSupported() {
        manager.cannotBeSet();
        manager.refuseToSet(failure(HResult.MAPI_E_NO_SUPPORT));
        assertThat(monitor.canSet()).isFalse();
        assertThat(monitor.set(ConnectionState.OFFLINE, LONG).kind()).isEqualTo(Kind.NOT_SUPPORTED);
    }

    @Test
    void aLossEndsIt() {
        manager.refuseToSet(failure(HResult.MAPI_E_END_OF_SESSION));
        assertThat(monitor.set(ConnectionState.OFFLINE, LONG).kind()).isEqualTo(Kind.LOST);
    }

    @Test
    void aLossIsWaitedForIfAskedTo() {
        manager.refuseToSet(failure(HResult.MAPI_E_END_OF_SESSION), failure(HResult.MAPI_E_END_OF_SESSION));
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, LONG, SetOption.WAIT_WHILE_LOST);
        assertThat(outcome.kind()).isEqualTo(Kind.SET);
        assertThat(outcome.attempts()).isEqualTo(3);
    }

    @Test
    void nothingOpenCannotBeSet() {
        try (ConnectionMonitor assumed = ConnectionMonitor.builder()
                .provider("there is none of this name")
                .assume(ConnectionState.ONLINE)
                .open()) {
            SetOutcome outcome = assumed.set(ConnectionState.OFFLINE, LONG);
            assertThat(outcome.kind()).isEqualTo(Kind.NOT_SUPPORTED);
            assertThat(outcome.attempts()).isZero();
        }
    }

    @Test
    void cancellingEndsAWaitingCall() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        manager.hangInSetting(hangs);
        CompletableFuture<SetOutcome> outcome = monitor.setAsync(ConnectionState.OFFLINE, LONG);
        assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(outcome.cancel(true)).isTrue();
        await().until(manager::settingWasInterrupted);
    }

    @Test
    void anInterruptCancelsAndItsFlagIsKept() {
        manager.hangInSetting(new CountDownLatch(1));
        Thread.currentThread().interrupt();
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, LONG);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void closingTheMonitorEndsIt() throws Exception {
        manager.hangInSetting(new CountDownLatch(1));
        CompletableFuture<SetOutcome> outcome = monitor.setAsync(ConnectionState.OFFLINE, LONG);
        monitor.close();
        assertThat(outcome.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CLOSED);
    }

    @Test
    void anErrorOfTheProviderEndsItToo() {
        manager.refuseToSet(new NoClassDefFoundError("on purpose, by the test"));
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, LONG);
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.failure().orElseThrow()).hasRootCauseMessage("on purpose, by the test");
    }

    @Test
    void aClosedMonitorSetsNothingThoughTheObjectIsStillOpen() {
        monitor.close();
        assertThat(monitor.canSet()).isFalse();
        SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, LONG, SetOption.WAIT_WHILE_LOST);
        assertThat(outcome.kind()).isEqualTo(Kind.CLOSED);
        assertThat(outcome.attempts()).isZero();
        assertThat(manager.currentState()).isEqualTo(ConnectionState.ONLINE);
    }

    @Test
    void waitingOnTheProvidersThreadIsRefused() {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        monitor.listen(
                change -> {
                    try {
                        monitor.set(ConnectionState.ONLINE, LONG);
                    } catch (OfflineStateException e) {
                        refusal.set(e);
                    }
                },
                ListenerOptions.DEFAULT.on(Runnable::run).withoutReplay());
        manager.go(ConnectionState.OFFLINE);
        assertThat(refusal.get()).hasMessageContaining("E_PENDING");
        assertThatThrownBy(() -> {
                    throw refusal.get();
                })
                .isInstanceOf(OfflineStateException.class);
    }

    private static OfflineStateException failure(HResult result) {
        return new OfflineStateException(result, "on purpose, by the test");
    }
}
