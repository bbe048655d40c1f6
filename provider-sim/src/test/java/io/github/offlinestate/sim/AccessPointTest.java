package io.github.offlinestate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.DiscoveryException;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.ProviderDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** FIND: the simulated provider by way of the access point, as an application opens it. */
class AccessPointTest {
    @AfterEach
    void forget() {
        System.clearProperty(OfflineManagers.PROVIDER_PROPERTY);
    }

    @Test
    void FIND_5_itIsTakenByNameOnly() {
        assertThat(OfflineManagers.providers())
                .filteredOn(ProviderDescription::byNameOnly)
                .singleElement()
                .satisfies(sim -> assertThat(sim.name()).contains("sim"));
        assertThatExceptionOfType(DiscoveryException.class)
                .isThrownBy(OfflineManagers::open)
                .withMessageContaining("sim")
                .withMessageContaining("by name only");
        try (OfflineManager manager = OfflineManagers.open("Default", "sim")) {
            assertThat(manager.currentState()).isEqualTo(ConnectionState.ONLINE);
        }
    }

    @Test
    void FIND_6_namedByThePropertyItOpensItsDefaultProfile() {
        System.setProperty(OfflineManagers.PROVIDER_PROPERTY, "sim");
        try (OfflineManager first = OfflineManagers.open();
                OfflineManager same = OfflineManagers.open("Default");
                OfflineManager again = OfflineManagers.directory().open();
                OfflineManager other = OfflineManagers.directory().open("Travel");
                OfflineManager named = OfflineManagers.directory().open("Travel", "sim")) {
            assertThat(same).asString().isEqualTo(first.toString()).isEqualTo(again.toString());
            assertThat(other).asString().isEqualTo(named.toString()).isNotEqualTo(first.toString());
        }
        try (ConnectionMonitor ofDefault = ConnectionMonitor.open();
                ConnectionMonitor ofTravel = ConnectionMonitor.open("Travel")) {
            assertThat(ofDefault.profile()).isNotEqualTo(ofTravel.profile());
        }
    }

    @Test
    void aProviderMadeByHandOpensDirectly() {
        SimulatedProvider provider =
                SimulatedProvider.builder().profile("by hand").build();
        try (OfflineManager manager = OfflineManagers.open(provider, "by hand")) {
            assertThat(manager).asString().contains("by hand");
        }
    }
}
