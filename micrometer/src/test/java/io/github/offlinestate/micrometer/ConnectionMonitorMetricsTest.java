package io.github.offlinestate.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.VirtualTime;
import io.github.offlinestate.test.OfflineStateExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The meters say what the monitor's listeners are told. */
@ExtendWith(OfflineStateExtension.class)
class ConnectionMonitorMetricsTest {
    private static final Duration HOLD = Duration.ofSeconds(5);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private ConnectionMonitor monitor;
    private ConnectionMonitorMetrics metrics;

    @BeforeEach
    void open(OfflineStateProvider provider, VirtualTime time) {
        monitor = ConnectionMonitor.builder()
                .provider(provider)
                .profile("Default")
                .time(time)
                .hold(Connectivity.OFFLINE, HOLD)
                .open();
        metrics = new ConnectionMonitorMetrics(monitor, Tags.of("application", "mail"));
        metrics.bindTo(registry);
        time.settle();
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void oneStateHolds(SimulatedProfile profile, VirtualTime time) {
        assertThat(states()).containsExactly(1, 0, 0);
        profile.goOffline();
        time.advance(HOLD.minusNanos(1));
        assertThat(states()).as("held back").containsExactly(1, 0, 0);
        time.advance(Duration.ofNanos(1));
        assertThat(states()).containsExactly(0, 1, 0);
        profile.goAway();
        time.settle();
        assertThat(states()).containsExactly(0, 0, 1);
    }

    @Test
    void changesAreCountedAndThoseThatCameBackInTimeApart(SimulatedProfile profile, VirtualTime time) {
        flap(profile, time, HOLD);
        flap(profile, time, Duration.ofSeconds(1));
        assertThat(count("offline.state.changes")).isEqualTo(3); // the opening is one
        assertThat(count("offline.state.damped")).isEqualTo(2);
    }

    @Test
    void theTimesOfflineAreRecordedWhenTheyAreOver(SimulatedProfile profile, VirtualTime time) {
        flap(profile, time, HOLD.plusSeconds(2));
        flap(profile, time, HOLD.plusSeconds(4));
        profile.goOffline();
        time.advance(HOLD.multipliedBy(2));
        assertThat(registry.get("offline.state.offline").timer().count()).isEqualTo(2);
        // Offline as told: from the end of the hold on.
        assertThat(registry.get("offline.state.offline").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(6);
    }

    @Test
    void aClosedBinderRecordsNothingMore(SimulatedProfile profile, VirtualTime time) {
        metrics.close();
        flap(profile, time, HOLD.multipliedBy(2));
        assertThat(registry.get("offline.state.offline").timer().count()).isZero();
    }

    @Test
    void everyMeterHasTheProfileAndTheTagsThatWereGiven() {
        assertThat(registry.getMeters()).hasSize(6).allSatisfy(meter -> {
            assertThat(meter.getId().getTag("profile")).isEqualTo("Default");
            assertThat(meter.getId().getTag("application")).isEqualTo("mail");
            assertThat(meter.getId().getDescription()).isNotBlank();
        });
    }

    private static void flap(SimulatedProfile profile, VirtualTime time, Duration offline) {
        profile.goOffline();
        time.advance(offline);
        profile.goOnline();
        time.advance(Duration.ofMinutes(1));
    }

    private int[] states() {
        return new int[] {state("online"), state("offline"), state("unknown")};
    }

    private int state(String state) {
        return (int) registry.get("offline.state").tag("state", state).gauge().value();
    }

    private double count(String name) {
        return registry.get(name).functionCounter().count();
    }
}
