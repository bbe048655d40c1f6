package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happened, for how long, in bounded memory. */
class MonitorHistoryTest {
    private final ManualTime time = new ManualTime();
    private final FakeManager manager = new FakeManager();

    @Test
    void timesAddUpAndGoOnWhileAStateLasts() {
        try (ConnectionMonitor monitor = builder().open()) {
            time.advance(Duration.ofSeconds(10));
            manager.go(ConnectionState.OFFLINE);
            time.advance(Duration.ofSeconds(4));
            manager.goAway();
            time.advance(Duration.ofSeconds(2));
            manager.comeBack(ConnectionState.OFFLINE);
            time.advance(Duration.ofSeconds(1));
            ConnectionHistory history = monitor.history();
            assertThat(history.timeOnline()).isEqualTo(Duration.ofSeconds(10));
            assertThat(history.timeOffline()).isEqualTo(Duration.ofSeconds(5));
            assertThat(history.timeUnknown()).isEqualTo(Duration.ofSeconds(2));
            assertThat(history.entries())
                    .extracting(ConnectionChange::lasted)
                    .containsExactly(
                            Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(4), Duration.ofSeconds(2));
        }
    }

    @Test
    void theOldestEntriesAreDroppedAndCountedAndTheTimesKept() {
        try (ConnectionMonitor monitor = builder().historySize(3).open()) {
            for (int i = 0; i < 10; i++) {
                time.advance(Duration.ofSeconds(1));
                manager.flip(1);
            }
            ConnectionHistory history = monitor.history();
            assertThat(history.entries()).extracting(ConnectionChange::number).containsExactly(9L, 10L, 11L);
            assertThat(history.dropped()).isEqualTo(8);
            assertThat(history.timeOffline()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void whatAHoldKeepsBackIsInIt() {
        try (ConnectionMonitor monitor =
                builder().hold(Connectivity.OFFLINE, Duration.ofSeconds(5)).open()) {
            manager.go(ConnectionState.OFFLINE);
            time.advance(Duration.ofSeconds(1));
            manager.go(ConnectionState.ONLINE);
            assertThat(monitor.history().entries()).hasSize(3);
            assertThat(monitor.history().timeOffline()).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void closingEndsTheTimes() {
        ConnectionMonitor monitor = builder().open();
        time.advance(Duration.ofSeconds(1));
        monitor.close();
        time.advance(Duration.ofSeconds(1));
        assertThat(monitor.history().timeOnline()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void itIsWrittenAsJsonLines() throws IOException {
        try (ConnectionMonitor monitor = builder().open()) {
            time.advance(Duration.ofMillis(1_500));
            manager.go(ConnectionState.OFFLINE);
            StringBuilder lines = new StringBuilder();
            monitor.history().writeJsonLines(lines);
            assertThat(lines.toString().lines())
                    .containsExactly(
                            "{\"number\":1,\"cause\":\"OPENED\",\"phase\":\"CHANGE\",\"oldState\":\"UNKNOWN\","
                                    + "\"newState\":\"ONLINE\",\"watched\":true,\"at\":\"2026-01-01T00:00:00Z\","
                                    + "\"nanoTime\":0,\"lastedNanos\":0,\"missed\":0,\"damped\":0}",
                            "{\"number\":2,\"cause\":\"CHANGED\",\"phase\":\"CHANGE\",\"oldState\":\"ONLINE\","
                                    + "\"newState\":\"OFFLINE\",\"watched\":true,\"at\":\"2026-01-01T00:00:01.500Z\","
                                    + "\"nanoTime\":1500000000,\"lastedNanos\":1500000000,\"missed\":0,\"damped\":0}");
            assertThat(lines).endsWith("\n");
        }
    }

    @Test
    void aNegativeSizeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().historySize(-1))
                .withMessage("a history keeps at least 0 entries, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().buffer(0))
                .withMessage("a listener's buffer holds at least 1 event, not 0");
    }

    private ConnectionMonitor.Builder builder() {
        return ConnectionMonitor.builder().manager(manager).time(time);
    }
}
