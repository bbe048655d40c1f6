package io.github.offlinestate.verification;

import static io.github.offlinestate.Connectivity.OFFLINE;
import static io.github.offlinestate.Connectivity.ONLINE;
import static io.github.offlinestate.Connectivity.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionChange;
import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.SetOption;
import io.github.offlinestate.SetOutcome;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.sim.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor on the real engine and the simulated source, in virtual time and in real time with real threads. */
class MonitorOnEngineTest {
    private static final Duration HOLD = Duration.ofSeconds(5);

    private final VirtualTime time = new VirtualTime();
    private final List<ConnectionChange> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aDayOfFlappingIsToldAsItWasByTheSecond() {
        SimulatedProvider provider =
                SimulatedProvider.builder().time(time).profile("Work").build();
        SimulatedProfile profile = provider.profile("Work");
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(provider)
                .profile("Work")
                .time(time)
                .hold(OFFLINE, HOLD)
                .open()) {
            monitor.listen(told::add);
            List<Connectivity> expected = new ArrayList<>(List.of(ONLINE));
            Random random = new Random(20_261_121);
            int held = 0;
            for (int i = 0; i < 500; i++) {
                profile.goOffline();
                Duration offline = Duration.ofMillis(random.nextInt(10_000));
                time.advance(offline);
                profile.goOnline();
                time.advance(Duration.ofMillis(random.nextInt(60_000)));
                if (offline.compareTo(HOLD) >= 0) {
                    expected.add(OFFLINE);
                    expected.add(ONLINE);
                } else {
                    held++;
                }
            }
            assertThat(told).extracting(ConnectionChange::newState).containsExactlyElementsOf(expected);
            assertThat(monitor.status().damped()).isEqualTo(2L * held);
            assertThat(monitor.history().timeOffline().plus(monitor.history().timeOnline()))
                    .isEqualTo(time.elapsed());
        }
    }

    @Test
    void aLossAndAnUntoldChangeAreFound() {
        SimulatedProvider provider = SimulatedProvider.builder()
                .time(time)
                .profile("Kiosk", kiosk -> kiosk.capabilities(Capabilities.OFFLINE_ONLY))
                .build();
        SimulatedProfile profile = provider.profile("Kiosk");
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(provider)
                .profile("Kiosk")
                .time(time)
                .rereadEvery(Duration.ofSeconds(10))
                .open()) {
            monitor.listen(told::add);
            profile.goOffline();
            time.settle();
            profile.goOnlineSilently();
            time.advance(Duration.ofSeconds(10));
            profile.goAway();
            time.settle();
            profile.comeBack(ConnectionState.OFFLINE);
            time.advance(Duration.ofSeconds(10));
            assertThat(told)
                    .extracting(ConnectionChange::newState)
                    .startsWith(ONLINE, OFFLINE, ONLINE, UNKNOWN)
                    .endsWith(OFFLINE);
        }
    }

    @Test
    void manyOpenAndListenWhileItFlaps() throws Exception {
        SimulatedProvider provider = SimulatedProvider.builder().profile("Work").build();
        SimulatedProfile profile = provider.profile("Work");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Future<?> flapping = threads.submit(() -> IntStream.range(0, 3_000).forEach(i -> profile.flip()));
            List<Future<List<ConnectionChange>>> listeners = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                listeners.add(threads.submit(() -> listenUntilQuiet(provider, flapping, profile)));
            }
            for (Future<List<ConnectionChange>> listener : listeners) {
                List<ConnectionChange> all = listener.get(60, TimeUnit.SECONDS);
                for (int i = 1; i < all.size(); i++) {
                    assertThat(all.get(i).oldState()).isEqualTo(all.get(i - 1).newState());
                    assertThat(all.get(i).number()).isEqualTo(all.get(i - 1).number() + 1);
                    assertThat(all.get(i).newState()).isNotEqualTo(all.get(i).oldState());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<ConnectionChange> listenUntilQuiet(
            SimulatedProvider provider, Future<?> flapping, SimulatedProfile profile)
            throws ExecutionException, InterruptedException {
        List<ConnectionChange> all = Collections.synchronizedList(new ArrayList<>());
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(provider)
                .profile("Work")
                .buffer(10_000)
                .open()) {
            monitor.listen(all::add);
            flapping.get();
            await().until(() -> !all.isEmpty()
                    && all.get(all.size() - 1).newState() == Connectivity.of(profile.state())
                    && all.get(all.size() - 1).number() == monitor.status().changes());
        }
        return new ArrayList<>(all);
    }

    @Test
    void aFlappingProfileIsSetInTheEnd() {
        SimulatedProvider provider = SimulatedProvider.builder()
                .profile("Work", work -> work.latency(Duration.ofMillis(3)))
                .build();
        SimulatedProfile profile = provider.profile("Work");
        try (ConnectionMonitor monitor =
                ConnectionMonitor.builder().provider(provider).profile("Work").open()) {
            profile.flip();
            profile.flip();
            profile.goAway();
            await().until(() -> monitor.state() == UNKNOWN);
            assertThat(monitor.set(ConnectionState.OFFLINE, HOLD).kind()).isEqualTo(SetOutcome.Kind.LOST);
            monitor.listen(change -> {
                if (change.newState() == UNKNOWN) {
                    profile.comeBack();
                }
            });
            SetOutcome outcome = monitor.set(ConnectionState.OFFLINE, HOLD, SetOption.WAIT_WHILE_LOST);
            assertThat(outcome.kind()).isEqualTo(SetOutcome.Kind.SET);
            assertThat(profile.state()).isEqualTo(ConnectionState.OFFLINE);
        }
    }

    @Test
    void aListenerThatHangsIsNamedByTheVirtualTime() {
        VirtualTime impatient = new VirtualTime(VirtualTime.DEFAULT_START, Duration.ofMillis(200));
        SimulatedProvider provider =
                SimulatedProvider.builder().time(impatient).profile("Work").build();
        try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                .provider(provider)
                .profile("Work")
                .time(impatient)
                .open()) {
            List<Runnable> dropped = new ArrayList<>();
            monitor.listen(told::add, ListenerOptions.DEFAULT.on(dropped::add).named("status line"));
            org.assertj.core.api.Assertions.assertThatThrownBy(impatient::settle)
                    .hasMessageContaining("listener status line of profile Work");
            dropped.forEach(Runnable::run);
            impatient.settle();
            assertThat(told).hasSize(1);
        }
    }

    @Test
    void whoDoesNotUseTheMonitorDoesNotLoadIt(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-Xlog:class+load", "-Dio.github.offlinestate.provider=sim"));
        arguments.addAll(List.of("-cp", ChildJvm.path(Workspace.classPath().toList()), Raw.class.getName()));
        String out = ChildJvm.java(folder, arguments).succeeded().out();
        assertThat(out).contains("io.github.offlinestate.OfflineManagers", "read the state");
        for (Class<?> part : List.of(ConnectionMonitor.class, ConnectionChange.class, Connectivity.class)) {
            assertThat(out).doesNotContain(part.getName() + " ");
        }
        for (String part : List.of("Monitor", "Lane", "Damper", "ReplayRule", "Fanout", "HistoryRing", "Link ")) {
            assertThat(out).doesNotContain("io.github.offlinestate." + part);
        }
        assertThat(out).doesNotContain("jdk.jfr.Event ");
    }

    @Test
    void withoutFlightRecorderThereAreNoEventsAndNothingElseChanges(@TempDir Path folder)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--limit-modules", "java.base,java.logging"));
        arguments.addAll(List.of("-cp", ChildJvm.path(Workspace.classPath().toList()), Monitored.class.getName()));
        assertThat(ChildJvm.java(folder, arguments).succeeded().out().lines())
                .containsExactly("Flight Recorder: none", "ONLINE", "OFFLINE");
    }

    /** A program with a monitor. */
    static final class Monitored {
        public static void main(String[] args) {
            System.out.println("Flight Recorder: "
                    + ModuleLayer.boot()
                            .findModule("jdk.jfr")
                            .map(Module::getName)
                            .orElse("none"));
            SimulatedProvider provider =
                    SimulatedProvider.builder().profile("Work").build();
            try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                    .provider(provider)
                    .profile("Work")
                    .executor(Runnable::run)
                    .open()) {
                monitor.listen(change -> System.out.println(change.newState()));
                monitor.set(ConnectionState.OFFLINE, Duration.ofSeconds(60));
            }
        }
    }

    /** A program on the faithful tier alone. */
    static final class Raw {
        public static void main(String[] args) {
            try (var manager = OfflineManagers.open()) {
                manager.unadvise(manager.advise(notification -> {}));
                manager.currentState();
                System.out.println("read the state");
            }
        }
    }
}
