package io.github.offlinestate;

import static io.github.offlinestate.Connectivity.OFFLINE;
import static io.github.offlinestate.Connectivity.ONLINE;
import static io.github.offlinestate.Connectivity.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.ConnectionChange.Cause;
import io.github.offlinestate.ConnectionStatus.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a monitor comes to its offline object, and whose that is. */
class MonitorOpeningTest {
    private final ManualTime time = new ManualTime();
    private final FakeManager manager = new FakeManager();
    private final Recorder told = new Recorder();

    @Test
    void whatTheMonitorOpenedItCloses() {
        ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(new Late(0))
                .profile("Work")
                .open();
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
                ConnectionMonitor.builder().provider(new Late(0)).open()) {
            assertThat(monitor.state()).isEqualTo(ONLINE);
        }
    }

    @Test
    void aProfileThatCannotBeOpenedIsAnError() {
        assertThatThrownBy(() -> ConnectionMonitor.builder()
                        .provider(new Late(1))
                        .profile("Work")
                        .open())
                .isInstanceOfSatisfying(
                        OfflineStateException.class,
                        e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
    }

    @Test
    void keepTryingOpensUnknownAndTellsWhenItIsOpen() {
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(new Late(2))
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
        Late never = new Late(Integer.MAX_VALUE);
        ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(never)
                .profile("Work")
                .time(time)
                .keepTrying()
                .open();
        time.advance(Duration.ofMinutes(1));
        int tries = never.tries;
        assertThat(tries).as("with pauses that grow to ten seconds").isBetween(10, 15);
        monitor.close();
        time.advance(Duration.ofMinutes(1));
        assertThat(never.tries).isEqualTo(tries);
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
                .provider(new Late(1))
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
                        .provider(new Late(0))
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

    /** A source that is there at the n-th try only. */
    private final class Late implements OfflineStateProvider {
        private final int failures;
        private int tries;

        Late(int failures) {
            this.failures = failures;
        }

        @Override
        public String name() {
            return "late";
        }

        @Override
        public List<String> profiles() {
            return List.of("Work");
        }

        @Override
        public OfflineManager open(String profile) {
            if (profile.isEmpty()) {
                throw new OfflineStateException(HResult.E_INVALIDARG, "a profile has a name");
            }
            if (++tries <= failures) {
                throw new OfflineStateException(HResult.MAPI_E_END_OF_SESSION, "the source is not there yet");
            }
            return manager;
        }
    }
}
