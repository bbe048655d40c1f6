package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("watch")
class WatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FLAPPING = "../provider-sim/scenarios/flapping-link.yaml";

    @Test
    @DisplayName("without options shows a simulation, says so in its first line, and ends by itself")
    void theFirstThingThatANewcomerTypes() {
        Jar.Running watch = Jar.command("watch").start();
        await().atMost(PATIENCE).until(() -> watch.out().contains("STATECHANGE_START"));
        Jar.Result result = watch.result();
        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines().get(0)).startsWith("simulation, not real states: ");
        assertThat(result.outLines().get(1)).contains("STATECHANGE_START  ONLINE -> OFFLINE  token 1  sim/Default");
        assertThat(result.err()).contains("unregistered and closed");
        assertThat(result.out()).doesNotContain("\u001b");
    }

    static Stream<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "provider-sim", "scenarios"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @DisplayName("in virtual time tells whole, chained triples, as documented, and twice the same bytes")
    void virtualTimeIsDeterministic(Path scenario) throws IOException {
        String[] arguments = {"watch", "--scenario", scenario.toString(), "--virtual-time", "--json"};
        Jar.Running one = Jar.command(arguments).start();
        Jar.Result other = Jar.run(arguments);
        Jar.Result result = one.result();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo(other.out()).endsWith("\n");
        DocumentedJson schema = DocumentedJson.of("`watch`");
        List<JsonObject> lines = result.outLines().stream().map(schema::read).toList();
        assertThat(lines).isNotEmpty();
        assertThat(lines)
                .extracting(line -> Instant.parse(line.get("time").getAsString()))
                .isSorted();
        requireWholeTriples(lines, !scenario.toString().contains("one-way"));
    }

    /** START, STATECHANGE and DONE, or START and a DONE that gives up; by profile, and chained with both capabilities. */
    private static void requireWholeTriples(List<JsonObject> lines, boolean chained) {
        Map<String, List<JsonObject>> open = new HashMap<>();
        Map<String, String> last = new HashMap<>();
        for (JsonObject line : lines) {
            String type = line.get("type").getAsString();
            if (!type.startsWith("STATECHANGE")) {
                continue;
            }
            String profile = line.get("profile").getAsString();
            List<JsonObject> triple = open.computeIfAbsent(profile, name -> new ArrayList<>());
            String old = line.get("old").getAsString();
            String now = line.get("new").getAsString();
            assertThat(line.get("mask").getAsInt()).isEqualTo(3);
            switch (type) {
                case "STATECHANGE_START" -> {
                    assertThat(triple).as("before " + line).isEmpty();
                    if (chained) {
                        assertThat(old).as("chained: " + line).isEqualTo(last.getOrDefault(profile, old));
                    }
                    triple.add(line);
                }
                case "STATECHANGE" -> {
                    assertThat(triple).as("before " + line).hasSize(1);
                    assertThat(old).isEqualTo(triple.get(0).get("old").getAsString());
                    assertThat(now).isEqualTo(triple.get(0).get("new").getAsString());
                    triple.add(line);
                }
                default -> {
                    boolean givenUp = old.equals(now);
                    assertThat(triple).as("before " + line).hasSize(givenUp ? 1 : 2);
                    assertThat(old).isEqualTo(triple.get(0).get("old").getAsString());
                    last.put(profile, now);
                    triple.clear();
                }
            }
        }
        assertThat(open.values()).allMatch(List::isEmpty);
    }

    @Test
    @DisplayName("--count and --for end it exactly, --seed changes the flapping")
    void limits() {
        Jar.Running one = Jar.command(
                        "watch", "--scenario", FLAPPING, "--virtual-time", "--json", "--count", "4", "--seed", "1")
                .start();
        Jar.Running other = Jar.command(
                        "watch", "--scenario", FLAPPING, "--virtual-time", "--json", "--count", "4", "--seed", "2")
                .start();
        Jar.Result hour = Jar.run("watch", "--scenario", "commuters-day", "--virtual-time", "--json", "--for", "1h");
        assertThat(one.result().outLines()).hasSize(4);
        assertThat(other.result().outLines()).hasSize(4);
        assertThat(one.result().out()).isNotEqualTo(other.result().out());
        assertThat(hour.exitCode()).isZero();
        List<Instant> times = hour.outLines().stream()
                .map(line ->
                        Instant.parse(DocumentedJson.parse(line).get("time").getAsString()))
                .toList();
        if (!times.isEmpty()) {
            assertThat(Duration.between(times.get(0), times.get(times.size() - 1)))
                    .isLessThan(Duration.ofHours(1));
        }
        assertThat(hour.outLines().size())
                .isLessThan(Jar.run("watch", "--scenario", "commuters-day", "--virtual-time", "--json")
                        .outLines()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @DisplayName("a signal unregisters, closes, sums up, and ends with the signal's exit code")
    void signals(String signal) {
        assumeTrue(Jar.canRun("env", "--default-signal=INT", "true"), "needs an env that resets signals");
        Jar.Running watch = Jar.command("watch", "--scenario", "demo", "--speed", "30")
                .withDefaultSignals()
                .start();
        await().atMost(PATIENCE).until(() -> watch.out().contains("STATECHANGE_DONE"));
        watch.signal(signal);
        Jar.Result result = watch.result();
        assertThat(result.exitCode()).isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(result.err()).contains("; unregistered and closed");
    }

    @Test
    @DisplayName("what hangs in the end is left behind, and said")
    void hangs(@TempDir Path folder) throws IOException {
        String jar = ForeignProvider.hanging(folder).toString();
        Jar.Running watch = Jar.command("watch", "--provider-path", jar)
                .withDefaultSignals()
                .start();
        await().atMost(PATIENCE).until(() -> watch.err().contains("advised"));
        watch.signal("TERM");
        Jar.Result result = watch.result();
        assertThat(result.exitCode()).isEqualTo(143);
        assertThat(result.out()).contains("watching P of the provider hanging");
        assertThat(result.err()).contains("something still hangs after two seconds, and is left behind");
    }

    @Test
    @DisplayName("a reader that has stopped reading does not keep it from ending")
    void nobodyReads() {
        Jar.Running watch = Jar.command("watch", "--scenario", FLAPPING, "--virtual-time", "--json")
                .withDefaultSignals()
                .startUnread();
        await().atMost(PATIENCE).until(() -> watch.err().contains("simulation"));
        watch.signal("TERM");
        assertThat(watch.result().exitCode()).isEqualTo(143);
    }

    @Test
    @DisplayName(
            "on a terminal a line below the others tells state, since when, changes and time offline; it is gone then")
    void statusLine() {
        assumeTrue(Jar.canRun("script", "-qec", "true", "/dev/null"), "needs script");
        String command = String.join(" ", Jar.javaJar()) + " watch --scenario demo --speed 60 --count 6";
        String out = Jar.program("script", "-qec", command, "/dev/null")
                .with("TERM", "xterm")
                .result()
                .out();
        assertThat(out).containsPattern("Default (ONLINE|OFFLINE) for \\S+(?: \\S+)?, \\d+ changes?, offline \\S+");
        assertThat(out).as("opening is no change").contains(", 0 changes, offline ");
        String written = out.replaceAll("\r?[^\n\r]*\r\u001b\\[K", ""); // as the terminal shows it in the end
        assertThat(written).contains("STATECHANGE_DONE").doesNotContain(", offline ");
    }
}
