package io.github.offlinestate.sim;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.StateChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioRunnerTest {
    private static Scenario scenario(String... steps) {
        return Scenario.parse("test", "scenario: test\nprofiles: {Work: }\nsteps:\n" + String.join("\n", steps));
    }

    /** Everything that clients of all profiles are told, with the time that it is on the provider's clock. */
    private static List<String> record(ScenarioRunner runner) throws InterruptedException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        List<OfflineManager> open = new ArrayList<>();
        for (String profile : runner.provider().profiles()) {
            OfflineManager manager = runner.provider().open(profile);
            open.add(manager);
            manager.advise(notification -> told.add(runner.time().instant() + " " + profile + " " + notification));
        }
        try {
            assertThat(runner.run()).isTrue();
            return List.copyOf(told);
        } finally {
            open.forEach(OfflineManager::close);
        }
    }

    private static List<String> withoutTimes(List<String> told) {
        return told.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    @Test
    void doesWhatTheScenarioSaysAtItsTimes() throws Exception {
        Scenario scenario = scenario(
                "  - {after: 10s, go: offline}",
                "  - {after: 1m, notify: {type: 17, mask: 4, old: 1, new: 2}}",
                "  - {go: away, because: closed}",
                "  - {after: 1s, come-back: online}");

        List<String> told = record(ScenarioRunner.inVirtualTime(scenario));

        assertThat(told)
                .containsExactly(
                        "2026-01-01T00:00:10Z Work STATECHANGE_START ONLINE -> OFFLINE (client token 0x00000000, mask 0x00000003)",
                        "2026-01-01T00:00:10Z Work STATECHANGE ONLINE -> OFFLINE (client token 0x00000000, mask 0x00000003)",
                        "2026-01-01T00:00:10Z Work STATECHANGE_DONE ONLINE -> OFFLINE (client token 0x00000000, mask 0x00000003)",
                        "2026-01-01T00:01:10Z Work 0x00000011 OFFLINE -> ONLINE (client token 0x00000000, mask 0x00000004)",
                        told.get(4),
                        told.get(5),
                        "2026-01-01T00:01:11Z Work STATECHANGE_START OFFLINE -> ONLINE (client token 0x00000000, mask 0x00000003)",
                        "2026-01-01T00:01:11Z Work STATECHANGE OFFLINE -> ONLINE (client token 0x00000000, mask 0x00000003)",
                        "2026-01-01T00:01:11Z Work STATECHANGE_DONE OFFLINE -> ONLINE (client token 0x00000000, mask 0x00000003)");
        assertThat(told.get(4)).startsWith("2026-01-01T00:01:10Z Work BACKEND_LOST");
        assertThat(told.get(5)).startsWith("2026-01-01T00:01:11Z Work BACKEND_RESTORED");
    }

    static List<String> embedded() {
        return Scenario.embedded();
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void givesTheSameNotificationsByteForByte(String name) throws Exception {
        Scenario scenario = Scenario.embedded(name);

        byte[] first = bytes(record(ScenarioRunner.inVirtualTime(scenario)));
        byte[] second = bytes(record(ScenarioRunner.inVirtualTime(scenario)));

        assertThat(first).isNotEmpty().isEqualTo(second);
    }

    private static byte[] bytes(List<String> lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void flapsOtherwiseWithAnotherSeed() throws Exception {
        Scenario scenario = Scenario.embedded("flapping-link");

        assertThat(record(ScenarioRunner.inVirtualTime(scenario)))
                .isNotEqualTo(record(ScenarioRunner.inVirtualTime(scenario.withSeed(2))));
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void tellsWholeChainedTriples(String name) throws Exception {
        Scenario scenario = Scenario.embedded(name);
        for (String profile : scenario.profiles()) {
            List<StateChange> told = new ArrayList<>();
            ScenarioRunner runner = ScenarioRunner.inVirtualTime(scenario);
            try (OfflineManager manager = runner.provider().open(profile)) {
                manager.advise(notification -> notification.stateChange().ifPresent(told::add));
                runner.run();
                boolean chained = manager.capabilities().notifiesBoth();
                for (int i = 0; i < told.size(); i++) {
                    StateChange change = told.get(i);
                    assertThat(change.phase() == StateChange.Phase.START)
                            .as("%s: %s", profile, told)
                            .isEqualTo(i == 0 || told.get(i - 1).phase() == StateChange.Phase.DONE);
                    if (chained && i > 0 && change.phase() == StateChange.Phase.START) {
                        assertThat(change.oldState()).isEqualTo(told.get(i - 1).newState());
                    }
                }
            }
        }
    }

    @Test
    void runsADayWithoutWaiting() throws Exception {
        ScenarioRunner runner = ScenarioRunner.inVirtualTime(Scenario.embedded("commuters-day"));

        assertThat(record(runner)).hasSizeGreaterThan(60);
        assertThat(runner.time().instant()).isEqualTo(Instant.parse("2026-03-03T05:00:00Z"));
    }

    @Test
    void tellsTheSameInRealTime() throws Exception {
        Scenario scenario = scenario(
                "  - {after: 1s, go: offline}",
                "  - {after: 1s, go: online}",
                "  - {flap: {for: 10s, between: [100ms, 300ms]}}",
                "  - {after: 1s, go: online}");

        List<String> inReal = record(ScenarioRunner.inRealTime(scenario, 20));

        assertThat(withoutTimes(inReal))
                .isEqualTo(withoutTimes(record(ScenarioRunner.inVirtualTime(scenario))))
                .hasSizeGreaterThan(90);
    }

    @Test
    void keepsTheScenariosClockInRealTime() throws Exception {
        Scenario scenario = Scenario.parse(
                "test",
                "{scenario: s, start: 2026-03-02T00:00:00Z, profiles: {Work: }, steps: [{after: 1h, go: offline}]}");

        List<String> told = record(ScenarioRunner.inRealTime(scenario, 100_000));

        assertThat(told).hasSize(3);
        assertThat(Instant.parse(told.get(0).substring(0, told.get(0).indexOf(' '))))
                .isAfterOrEqualTo(Instant.parse("2026-03-02T00:59:59.999Z"));
    }

    @Test
    void showsTheDemonstrationWithinSeconds() {
        Scenario demo = Scenario.embedded(Scenario.DEMO);

        assertThat(demo.steps().get(0).at() / demo.speed()).isLessThan(1e9);
        assertThat(demo.length().toMillis() / demo.speed()).isBetween(9_000.0, 11_000.0);
    }

    @Test
    void runsOnAProviderThatIsThereAlready() throws Exception {
        VirtualTime time = new VirtualTime();
        SimulatedProvider provider =
                SimulatedProvider.builder().time(time).profile("Work").build();
        ScenarioRunner runner = ScenarioRunner.on(scenario("  - {after: 10s, go: offline}"), provider);

        runner.start();
        runner.start();
        time.advance(Duration.ofSeconds(9));
        assertThat(provider.profile("Work").state()).isEqualTo(ONLINE);
        assertThat(runner.isDone()).isFalse();
        time.advance(Duration.ofSeconds(1));

        assertThat(provider.profile("Work").state()).isEqualTo(OFFLINE);
        assertThat(runner.run()).isTrue();
        assertThat(runner.isDone()).isTrue();
        assertThatThrownBy(() -> ScenarioRunner.on(Scenario.embedded("one-way"), provider))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'OfflineOnly'");
    }

    @Test
    void isCancelledFromWithinACallback() throws Exception {
        ScenarioRunner runner = ScenarioRunner.inVirtualTime(
                scenario("  - {repeat: 100, every: 1m, steps: [{go: offline}, {after: 10s, go: online}]}"));
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        try (OfflineManager manager = runner.provider().open("Work")) {
            manager.advise(notification -> {
                told.add(notification.toString());
                if (told.size() == 9) {
                    runner.cancel();
                }
            });

            assertThat(runner.run()).isFalse();
            assertThat(told).hasSize(9);
            assertThat(runner.isDone()).isTrue();
            assertThat(runner.run()).isFalse();
        }
    }

    @Test
    void isCancelledWhileItWaitsInRealTime() throws Exception {
        ScenarioRunner runner = ScenarioRunner.inRealTime(scenario("  - {after: 1d, go: offline}"), 1);
        CompletableFuture<Boolean> ran = CompletableFuture.supplyAsync(() -> {
            try {
                return runner.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        runner.close();

        assertThat(ran.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void endsWhereSomebodyElseMadeAStepImpossible() {
        ScenarioRunner runner = ScenarioRunner.inVirtualTime(
                scenario("  - {after: 1s, go: away}", "  - {after: 1s, come-back: online}"));
        ((VirtualTime) runner.time())
                .schedule(() -> runner.provider().profile("Work").comeBack(), Duration.ofMillis(1500));

        assertThatThrownBy(runner::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 5")
                .hasMessageContaining("is not away");
    }

    @Test
    void refusesASpeedThatIsNone() {
        Scenario scenario = scenario("  - {go: offline}");

        for (double speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> ScenarioRunner.inRealTime(scenario, speed))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
