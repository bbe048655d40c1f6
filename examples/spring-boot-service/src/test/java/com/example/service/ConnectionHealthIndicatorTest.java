package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.VirtualTime;
import io.github.offlinestate.test.OfflineStateExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

@ExtendWith(OfflineStateExtension.class)
class ConnectionHealthIndicatorTest {
    @Test
    void isNeverDown(OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time) {
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(provider)
                .time(time)
                .hold(Connectivity.OFFLINE, Duration.ofSeconds(5))
                .open()) {
            ConnectionHealthIndicator health = new ConnectionHealthIndicator(monitor);
            assertIs(health, Status.UP, Connectivity.ONLINE);
            profile.goOffline();
            time.advance(Duration.ofSeconds(5));
            assertIs(health, Status.UP, Connectivity.OFFLINE);
            profile.goAway();
            time.settle();
            assertIs(health, Status.UNKNOWN, Connectivity.UNKNOWN);
        }
    }

    private static void assertIs(ConnectionHealthIndicator indicator, Status status, Connectivity state) {
        Health health = indicator.health();
        assertThat(health.getStatus()).isEqualTo(status);
        assertThat(health.getDetails()).containsEntry("state", state).containsKeys("since", "reason");
    }
}
