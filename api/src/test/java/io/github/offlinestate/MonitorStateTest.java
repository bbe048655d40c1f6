package io.github.offlinestate;

import static io.github.offlinestate.Connectivity.OFFLINE;
import static io.github.offlinestate.Connectivity.ONLINE;
import static io.github.offlinestate.Connectivity.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.offlinestate.ConnectionChange.Cause;
import io.github.offlinestate.ConnectionStatus.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Unknown is told from offline, and a state that the source would not tell the end of is never silently wrong. */
class MonitorStateTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final Recorder told = new Recorder();

    @Test
    void aStateThatIsNotifiedIsSure() {
        FakeManager manager = new FakeManager();
        try (ConnectionMonitor monitor = open(manager)) {
            time.advance(SECOND);
            manager.go(ConnectionState.OFFLINE);
            time.advance(SECOND);
            ConnectionStatus status = monitor.status();
            assertThat(status.state()).isEqualTo(OFFLINE);
            assertThat(status.reason()).isEqualTo(Reason.TOLD);
            assertThat(status.watched()).isTrue();
            assertThat(status.since()).isEqualTo(time.instant().minus(SECOND));
            assertThat(status.lastSure()).contains(ConnectionState.OFFLINE);
            assertThat(status.lastSureAge()).isZero();
            assertThat(status.changes()).isEqualTo(2);
        }
    }

    @Test
    void aLossMakesItUnknownAndKeepsWhatWasSureAndHowLongAgo() {
        FakeManager manager = new FakeManager();
        try (ConnectionMonitor monitor = open(manager)) {
            time.advance(SECOND);
            manager.goAway();
            time.advance(SECOND.multipliedBy(3));
            ConnectionStatus status = monitor.status();
            assertThat(status.state()).isEqualTo(UNKNOWN);
            assertThat(status.reason()).isEqualTo(Reason.LOST);
            assertThat(status.lastSure()).contains(ConnectionState.ONLINE);
            assertThat(status.lastSureAge()).isEqualTo(SECOND.multipliedBy(3));
            manager.comeBack(ConnectionState.OFFLINE);
            time.settle();
            assertThat(monitor.status().reason()).isEqualTo(Reason.TOLD);
            assertThat(told.causes()).containsExactly(Cause.REPLAYED, Cause.LOST, Cause.RESTORED, Cause.CHANGED);
            assertThat(told.states()).containsExactly(ONLINE, UNKNOWN, ONLINE, OFFLINE);
        }
    }

    @Test
    void anUntoldEndIsFoundByAsking() {
        FakeManager manager = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.ONLINE);
        try (ConnectionMonitor monitor = open(manager)) {
            assertThat(monitor.status().reason()).isEqualTo(Reason.TOLD); // its end would be told
            manager.go(ConnectionState.OFFLINE);
            time.settle();
            assertThat(told.last().watched()).isFalse();
            assertThat(monitor.status().reason()).isEqualTo(Reason.READ);
            manager.go(ConnectionState.ONLINE);
            time.settle();
            assertThat(told.last().newState()).isEqualTo(OFFLINE); // nobody said anything
            assertThat(monitor.state()).isEqualTo(ONLINE);
            time.settle();
            assertThat(told.last().cause()).isEqualTo(Cause.FOUND);
            assertThat(told.last().newState()).isEqualTo(ONLINE);
        }
    }

    @Test
    void anUntoldEndIsFoundByTheNextStartToo() {
        FakeManager manager = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.OFFLINE);
        try (ConnectionMonitor monitor = open(manager)) {
            manager.go(ConnectionState.ONLINE);
            manager.go(ConnectionState.OFFLINE);
            time.settle();
            assertThat(told.causes()).containsExactly(Cause.REPLAYED, Cause.FOUND, Cause.CHANGED);
            assertThat(told.states()).containsExactly(OFFLINE, ONLINE, OFFLINE);
            assertThat(monitor.history().entries()).hasSize(3);
        }
    }

    @Test
    void byChoiceItIsReadAgainAtAnInterval() {
        FakeManager manager = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.OFFLINE);
        try (ConnectionMonitor monitor = builder(manager).rereadEvery(SECOND).open()) {
            monitor.listen(told);
            manager.go(ConnectionState.ONLINE);
            time.advance(SECOND.minusNanos(1));
            assertThat(told.states()).containsExactly(OFFLINE);
            time.advance(Duration.ofNanos(1));
            assertThat(told.states()).containsExactly(OFFLINE, ONLINE);
            time.advance(SECOND.multipliedBy(10));
            assertThat(time.scheduled()).isEqualTo(1);
        }
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void whatTellsEverythingIsNotReadAtAnInterval() {
        try (ConnectionMonitor monitor =
                builder(new FakeManager()).rereadEvery(SECOND).open()) {
            assertThat(time.scheduled()).isZero();
            assertThat(monitor.state()).isEqualTo(ONLINE);
        }
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionMonitor.builder().rereadEvery(Duration.ZERO))
                .withMessage("rereading every PT0S: it has to be longer than nothing");
    }

    @Test
    void withoutAnyCapabilityNothingIsRegisteredAndReadingTellsLossAndReturn() {
        FakeManager manager = new FakeManager(Capabilities.NONE, ConnectionState.ONLINE);
        try (ConnectionMonitor monitor = open(manager)) {
            assertThat(manager.registrations()).isZero();
            manager.go(ConnectionState.OFFLINE);
            assertThat(monitor.state()).isEqualTo(OFFLINE);
            manager.goAway();
            time.advance(SECOND);
            assertThat(monitor.status().reason()).isEqualTo(Reason.LOST);
            assertThat(monitor.status().lastSure()).contains(ConnectionState.OFFLINE);
            manager.comeBack(ConnectionState.ONLINE);
            assertThat(monitor.state()).isEqualTo(ONLINE);
            time.settle();
            assertThat(told.causes()).containsExactly(Cause.REPLAYED, Cause.FOUND, Cause.LOST, Cause.RESTORED);
        }
    }

    @Test
    void aReadingThatFailsOtherwiseMakesItUnknownUntilItSucceeds() {
        FakeManager manager = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.OFFLINE);
        try (ConnectionMonitor monitor = open(manager)) {
            time.advance(SECOND);
            manager.failReading(new IllegalStateException("on purpose, by the test"));
            ConnectionStatus status = monitor.status();
            assertThat(status.state()).isEqualTo(UNKNOWN);
            assertThat(status.reason()).isEqualTo(Reason.NO_CAPABILITY);
            assertThat(status.failure()).get().asString().contains("on purpose, by the test");
            assertThat(status.lastSure()).contains(ConnectionState.OFFLINE);
            assertThat(status.lastSureAge()).isEqualTo(SECOND);
            manager.failReading(null);
            assertThat(monitor.state()).isEqualTo(OFFLINE);
            assertThat(monitor.status().failure()).isEmpty();
        }
    }

    @Test
    void whatIsNoneOfTheDocumentedNotificationsIsIgnored() {
        FakeManager manager = new FakeManager();
        try (ConnectionMonitor monitor = open(manager)) {
            manager.tell(NotifyType.STATECHANGE, 0x10, 2, 1);
            manager.tell(new NotifyType(77), MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK, 2, 1);
            time.settle();
            assertThat(told.states()).containsExactly(ONLINE);
            assertThat(monitor.state()).isEqualTo(ONLINE);
        }
    }

    private ConnectionMonitor.Builder builder(OfflineManager manager) {
        return ConnectionMonitor.builder().manager(manager).time(time);
    }

    private ConnectionMonitor open(OfflineManager manager) {
        ConnectionMonitor monitor = builder(manager).open();
        monitor.listen(told);
        time.settle();
        return monitor;
    }
}
