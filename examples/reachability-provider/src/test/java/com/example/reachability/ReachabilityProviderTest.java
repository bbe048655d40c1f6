package com.example.reachability;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static io.github.offlinestate.StateChange.Phase.DONE;
import static io.github.offlinestate.StateChange.Phase.CHANGE;
import static io.github.offlinestate.StateChange.Phase.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.spi.PollingSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server socket that goes up and down. */
class ReachabilityProviderTest {
    private final ReachabilityProvider provider = new ReachabilityProvider(
            EngineSettings.DEFAULT, PollingSettings.DEFAULT.withInterval(Duration.ofMillis(20)));

    private final BlockingQueue<StateChange> told = new LinkedBlockingQueue<>();

    @Test
    void tells_when_the_endpoint_goes_down_and_comes_up() throws Exception {
        try (Endpoint endpoint = Endpoint.up();
                OfflineManager manager = provider.open(endpoint.profile())) {
            assertThat(manager.capabilities()).isEqualTo(Capabilities.BOTH);
            assertThat(manager.currentState()).isEqualTo(ONLINE);
            manager.advise(notification -> notification.stateChange().ifPresent(told::add));
            endpoint.goDown();
            for (StateChange.Phase phase : new StateChange.Phase[] {START, CHANGE, DONE}) {
                assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(new StateChange(phase, ONLINE, OFFLINE));
            }
            assertThat(manager.currentState()).isEqualTo(OFFLINE);
            endpoint.goUp();
            for (StateChange.Phase phase : new StateChange.Phase[] {START, CHANGE, DONE}) {
                assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(new StateChange(phase, OFFLINE, ONLINE));
            }
        }
    }

    @Test
    void opens_offline_while_nobody_listens() throws IOException {
        try (Endpoint endpoint = Endpoint.up()) {
            endpoint.goDown();
            try (OfflineManager manager = provider.open(endpoint.profile())) {
                assertThat(manager.currentState()).isEqualTo(OFFLINE);
            }
        }
    }

    @Test
    void cannot_be_set() throws IOException {
        try (Endpoint endpoint = Endpoint.up();
                OfflineManager manager = provider.open(endpoint.profile())) {
            assertThat(manager.canSet()).isFalse();
            assertThatThrownBy(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK))
                    .isInstanceOfSatisfying(
                            OfflineStateException.class,
                            e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NO_SUPPORT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"somewhere", "host:", ":80", "host:0", "host:65536", "a b:80", "me@host:80", "host:80/x", "[::1:80"})
    void knows_no_profile_that_is_not_an_endpoint(String profile) {
        assertThatThrownBy(() -> provider.open(profile))
                .isInstanceOfSatisfying(
                        OfflineStateException.class,
                        e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NOT_FOUND))
                .hasMessageContaining(profile);
    }

    @Test
    void is_found_by_its_name() throws IOException {
        try (Endpoint endpoint = Endpoint.up();
                OfflineManager manager = OfflineManagers.open(endpoint.profile(), "reachability")) {
            assertThat(manager.currentState()).isEqualTo(ONLINE);
        }
    }
}
