package io.github.offlinestate;

import static io.github.offlinestate.Connectivity.OFFLINE;
import static io.github.offlinestate.Connectivity.ONLINE;
import static io.github.offlinestate.Connectivity.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.ConnectionChange.Cause;
import io.github.offlinestate.ConnectionStatus.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How a monitor comes to its offline object, and whose that is. */
class MonitorOpeningTest {
    private final ManualTime time = new ManualTime();
    private final FakeManager manager = new FakeManager();
    private final Recorder told = new Recorder();

    private LateProvider late(int failures) {
        return new LateProvider(failures, manager);
    }

    @Test
    void whatTheMonitorOpenedItCloses() {
        ConnectionMonitor monitor =
                ConnectionMonitor.builder().provider(late(0)).profile("Work").open();
        assertThat(monitor.ownsManager()).isTrue();
        assertThat(monitor.profile()).isEqualTo("Work");
        assertThat(manager.registrations()).isEqualTo(1);
        monitor.close();
        assertThat(manager.isClosed()).isTrue();
    }

    @Test
    void whatTheMonitorBorrowedStaysOpenWithoutItsRegistration() {
        ConnectionMonitor monitor = ConnectionMonitor.of(manager);
        assertThat(monitor.ownsManager()).isFalse();
        monitor.close();
        assertThat(manager.isClosed()).isFalse();
        assertThat(manager.registrations()).isZero();
    }

    @Test
    void withoutANameTheProvidersDefaultProfileIsOpened() {
        try (ConnectionMonitor monitor =
                ConnectionMonitor.builder().provider(late(0)).open()) {
            assertThat(monitor.state()).isEqualTo(ONLINE);
        }
    }

    @Test
    void aProfileThatCannotBeOpenedIsAnError() {
        assertThatThrownBy(() -> ConnectionMonitor.builder()
                        .provider(late(1))
                        .profile("Work")
                        .open())
                .isInstanceOfSatisfying(
                        OfflineStateException.class,
                        e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
    }

    @Test
    void whatAProviderMayNotThrowIsNoReasonToDieEither() {
        manager.refuseToAdvise(new IllegalStateException("on purpose, by the test"));
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(late(0))
                .profile("Work")
                .time(time)
                .keepTrying()
                .open()) {
            assertThat(monitor.state()).isEqualTo(UNKNOWN);
            assertThat(monitor.status().failure()).get().asString().contains("on purpose, by the test");
            manager.refuseToAdvise(null);
            assertThat(manager.isClosed()).as("given back").isTrue();
        }
    }

    @Test
    void keepTryingOpensUnknownAndTellsWhenItIsOpen() {
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(late(2))
                .profile("Work")
                .time(time)
                .keepTrying()
                .open()) {
            assertThat(monitor.status().reason()).isEqualTo(Reason.NOT_OPEN);
            assertThat(monitor.status().failure())
                    .get()
                    .asString()
                    .contains("the source is not there yet", "END_OF_SESSION");
            assertThat(monitor.canSet()).isFalse();
            monitor.listen(told);
            time.advance(Duration.ofMillis(100 + 200));
            assertThat(monitor.status().reason()).isEqualTo(Reason.TOLD);
            assertThat(monitor.status().failure()).isEmpty();
            assertThat(told.causes()).containsExactly(Cause.REPLAYED, Cause.OPENED);
            assertThat(told.states()).containsExactly(UNKNOWN, ONLINE);
            manager.go(ConnectionState.OFFLINE);
            time.settle();
            assertThat(told.last().newState()).isEqualTo(OFFLINE);
        }
        assertThat(manager.isClosed()).isTrue();
    }

    @Test
    void aMonitorThatIsClosedTriesNoMore() {
        LateProvider never = late(Integer.MAX_VALUE);
        ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(never)
                .profile("Work")
                .time(time)
                .keepTrying()
                .open();
        time.advance(Duration.ofMinutes(1));
        int tries = never.tries();
        assertThat(tries).as("with pauses that grow to ten seconds").isBetween(10, 15);
        monitor.close();
        time.advance(Duration.ofMinutes(1));
        assertThat(never.tries()).isEqualTo(tries);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void aMonitorThatIsClosedWhileItOpensGivesBackAndLeavesNothingScheduled() {
        FakeManager oneWay = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.ONLINE);
        AtomicReference<ConnectionMonitor> monitor = new AtomicReference<>();
        LateProvider closing = new LateProvider(1, oneWay) {
            @Override
            public OfflineManager open(String profile) {
                OfflineManager opened = super.open(profile);
                monitor.get().close();
                return opened;
            }
        };
        monitor.set(ConnectionMonitor.builder()
                .provider(closing)
                .profile("Work")
                .time(time)
                .rereadEvery(Duration.ofSeconds(1))
                .keepTrying()
                .open());
        time.advance(Duration.ofSeconds(1));
        assertThat(oneWay.isClosed()).isTrue();
        assertThat(oneWay.registrations()).isZero();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void whatIsAssumedHoldsWhereNothingCanBeOpened() {
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider("there is none of this name")
                .assume(ConnectionState.ONLINE)
                .open()) {
            assertThat(monitor.state()).isEqualTo(ONLINE);
            assertThat(monitor.status().reason()).isEqualTo(Reason.ASSUMED);
            assertThat(monitor.status().failure()).containsInstanceOf(DiscoveryException.class);
        }
    }

    @Test
    void anAssumptionThatTurnsOutTrueIsNoChange() {
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(late(1))
                .profile("Work")
                .time(time)
                .keepTrying()
                .assume(ConnectionState.ONLINE)
                .open()) {
            monitor.listen(told);
            time.advance(Duration.ofSeconds(1));
            assertThat(monitor.status().reason()).isEqualTo(Reason.TOLD);
            assertThat(told.states()).containsExactly(ONLINE);
        }
    }

    @Test
    void aNameThatIsNotValidFailsWhateverElseIsSaid() {
        assertThatThrownBy(() -> ConnectionMonitor.builder()
                        .provider(late(0))
                        .profile("")
                        .keepTrying()
                        .assume(ConnectionState.ONLINE)
                        .open())
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.E_INVALIDARG));
    }

    @Test
    void severalSourcesAtOnceAreRefused() {
        assertThatThrownBy(() -> ConnectionMonitor.builder()
                        .manager(manager)
                        .provider("sim")
                        .open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one at most");
    }

    @Test
    void anObjectThatRefusesTheRegistrationIsGivenBack() {
        OfflineStateProvider refusing = new OfflineStateProvider() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public OfflineManager open(String profile) {
                manager.refuseToAdvise(new OfflineStateException(HResult.MAPI_E_CALL_FAILED, "on purpose"));
                return manager;
            }
        };
        assertThatThrownBy(() -> ConnectionMonitor.builder()
                        .provider(refusing)
                        .profile("Work")
                        .open())
                .hasMessageContaining("on purpose");
        assertThat(manager.isClosed()).isTrue();
    }
}
