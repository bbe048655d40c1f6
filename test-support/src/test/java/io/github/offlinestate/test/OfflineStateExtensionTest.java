package io.github.offlinestate.test;

import static io.github.offlinestate.Connectivity.OFFLINE;
import static io.github.offlinestate.Connectivity.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.sim.Scenario;
import io.github.offlinestate.sim.ScenarioRunner;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension as applications use it. */
class OfflineStateExtensionTest {
    @Nested
    @ExtendWith(OfflineStateExtension.class)
    class ByItself {
        private VirtualTime ofTheTest;

        @BeforeEach
        void takeTheSameAsTheTest(VirtualTime time) {
            ofTheTest = time;
        }

        @RepeatedTest(2)
        void givesEachTestItsOwn(
                OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time, TimeSource source) {
            assertThat(time).isSameAs(ofTheTest).isSameAs(source);
            assertThat(time.elapsed()).isZero();
            assertThat(profile.changes()).as("nothing of another test").isEmpty();
            assertThat(provider.profiles()).containsExactly("Default", "Travel");
            assertThat(provider.name()).isEqualTo("sim");
            assertThat(provider.byNameOnly()).isTrue();
            assertThat(provider.availability().isAvailable()).isTrue();
            assertThat(provider.priority()).isZero();
            profile.goOffline();
            time.advance(Duration.ofDays(1));
        }

        @Test
        void findsAProfileByItsName(SimulatedProfile first, @OnProfile("Travel") SimulatedProfile travel) {
            assertThat(first.name()).isEqualTo("Default");
            assertThat(travel.name()).isEqualTo("Travel");
        }

        @Test
        void waitsForTheListenersOfEveryMonitor(
                OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time) {
            ExecutorService pool = Executors.newFixedThreadPool(4);
            List<List<Connectivity>> told = new ArrayList<>();
            List<ConnectionMonitor> monitors = new ArrayList<>();
            try {
                for (int i = 0; i < 8; i++) {
                    List<Connectivity> mine = Collections.synchronizedList(new ArrayList<>());
                    told.add(mine);
                    ConnectionMonitor monitor = ConnectionMonitor.builder()
                            .provider(provider)
                            .profile(profile.name())
                            .time(time)
                            .open();
                    monitors.add(monitor);
                    monitor.listen(change -> mine.add(change.newState()), ListenerOptions.DEFAULT.on(pool));
                }
                for (int i = 0; i < 50; i++) {
                    profile.flip();
                    time.settle();
                }

                assertThat(told).allSatisfy(mine -> {
                    assertThat(mine).hasSize(51);
                    assertThat(mine.get(0)).isEqualTo(ONLINE);
                    assertThat(mine.get(1)).isEqualTo(OFFLINE);
                });
            } finally {
                monitors.forEach(ConnectionMonitor::close);
                pool.shutdown();
            }
        }

        @Test
        void movesTheTimeOfAMonitorsDamping(OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time) {
            List<Connectivity> told = Collections.synchronizedList(new ArrayList<>());
            try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                    .provider(provider)
                    .profile(profile.name())
                    .time(time)
                    .hold(OFFLINE, Duration.ofSeconds(5))
                    .open()) {
                monitor.listen(change -> told.add(change.newState()));
                profile.goOffline();
                time.advance(Duration.ofMillis(4999));
                assertThat(told).containsExactly(ONLINE);
                time.advance(Duration.ofMillis(1));

                assertThat(told).containsExactly(ONLINE, OFFLINE);
            }
        }
    }

    @Nested
    class WithProfiles {
        @RegisterExtension
        final OfflineStateExtension offline = OfflineStateExtension.with(provider ->
                provider.time(TimeSource.system()).profile("Work", work -> work.latency(Duration.ofSeconds(2))));

        @Test
        void givesThem(OfflineStateProvider provider, SimulatedProfile work, VirtualTime time) {
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            try (OfflineManager manager = provider.open("Work")) {
                manager.advise(notification -> told.add(notification.type().toString()));
                work.goOffline();
                time.advance(Duration.ofMillis(3999));
                assertThat(told).isEmpty();
                time.advance(Duration.ofMillis(1));

                assertThat(told).containsExactly("STATECHANGE_START", "STATECHANGE", "STATECHANGE_DONE");
                assertThat(manager.toString()).contains("Work");
            }
        }
    }

    @Nested
    class PlayingAScenario {
        @RegisterExtension
        final OfflineStateExtension offline = OfflineStateExtension.playing(Scenario.embedded("commuters-day"));

        @Test
        void playsItWhenTheTestSaysSo(
                OfflineStateProvider provider, SimulatedProfile work, VirtualTime time, ScenarioRunner runner)
                throws InterruptedException {
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            try (OfflineManager manager = provider.open(work.name())) {
                manager.advise(notification -> told.add(notification.toString()));
                assertThat(work.changes()).isEmpty();

                assertThat(runner.run()).isTrue();

                assertThat(told).hasSize(3 * work.changes().size());
                assertThat(time.elapsed()).isEqualTo(Duration.ofDays(1));
            }
        }
    }

    @Test
    void refusesNothingness() {
        assertThatThrownBy(() -> OfflineStateExtension.with(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> OfflineStateExtension.playing(null)).isInstanceOf(NullPointerException.class);
    }
}
