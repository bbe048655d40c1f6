package io.github.offlinestate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
    private static final String HEAD = "scenario: test\nprofiles:\n  Work:\n";

    @TempDir
    private Path directory;

    private static List<String> problemsOf(String text) {
        ScenarioException thrown = catchThrowableOfType(ScenarioException.class, () -> Scenario.parse("f.yaml", text));
        assertThat(thrown).as("problems of %s", text).isNotNull();
        assertThat(thrown.problems()).isNotEmpty();
        assertThat(thrown.getMessage()).startsWith(thrown.problems().get(0).toString());
        return thrown.problems().stream()
                .map(ScenarioException.Problem::toString)
                .toList();
    }

    private static Scenario parse(String... lines) {
        return Scenario.parse("f.yaml", String.join("\n", lines));
    }

    @Test
    void readsEverythingThereIs() {
        Scenario scenario = parse(
                "scenario: All of it",
                "description: text",
                "start: 2026-03-02T06:30:00+01:00",
                "length: 1d",
                "speed: 2.5",
                "seed: -3",
                "profiles:",
                "  Work:",
                "    capabilities: offline",
                "    initially: offline",
                "    latency: {start: 1ms, change: 2ms, outcome: 3ms}",
                "    reports: phases",
                "    can-set: false",
                "  '\u30C8 x': {away: true, latency: 1s}",
                "steps:",
                "  - {profile: Work, at: 5s, go: online, by: user}");

        assertThat(scenario.title()).isEqualTo("All of it");
        assertThat(scenario.description()).isEqualTo("text");
        assertThat(scenario.start()).contains(Instant.parse("2026-03-02T05:30:00Z"));
        assertThat(scenario.length()).isEqualTo(Duration.ofDays(1));
        assertThat(scenario.speed()).isEqualTo(2.5);
        assertThat(scenario.seed()).isEqualTo(-3);
        assertThat(scenario.withSeed(9).seed()).isEqualTo(9);
        assertThat(scenario.profiles()).containsExactly("Work", "\u30C8 x");
        SimulatedProvider provider = scenario.newProvider(new VirtualTime());
        assertThat(provider.profile("Work").capabilities()).isEqualTo(Capabilities.OFFLINE_ONLY);
        assertThat(provider.profile("Work").state()).isEqualTo(ConnectionState.OFFLINE);
        assertThat(provider.profile("\u30C8 x").isAway()).isTrue();
        assertThat(scenario.steps())
                .containsExactly(new ScenarioStep(
                        5_000_000_000L, "Work", new ScenarioStep.Go(ConnectionState.ONLINE, ChangedBy.USER), 16, 5));
    }

    @Test
    void isOverWhenTheLastStepAndItsLatencyAre() {
        assertThat(parse(
                                "scenario: s",
                                "profiles: {A: {latency: 2s}, B: {latency: 500ms}}",
                                "steps: [{profile: B, after: 10s, go: offline}]")
                        .length())
                .isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void countsTimesFromTheStepAboveOrFromTheBeginning() {
        Scenario scenario = parse(
                HEAD + "steps:",
                "  - go: offline",
                "  - after: 1m",
                "    go: online",
                "  - at: 10m",
                "    repeat: 2",
                "    every: 5m",
                "    steps:",
                "      - {at: 1m, go: offline}",
                "      - {after: 30s, go: online}",
                "  - after: 1s",
                "    go: offline");

        assertThat(scenario.steps())
                .extracting(step -> step.at() / 1_000_000_000)
                .containsExactly(0L, 60L, 660L, 690L, 960L, 990L, 1201L);
    }

    @Test
    void flapsBesideOtherStepsAndInTheOrderOfTime() {
        Scenario scenario = parse(
                "scenario: s",
                "profiles: {A: , B: }",
                "steps:",
                "  - {at: 10s, profile: A, flap: {for: 1m, between: [1s, 2s]}}",
                "  - {at: 15s, profile: B, go: offline}",
                "  - {after: 5s, profile: B, go: online}");

        List<ScenarioStep> steps = scenario.steps();
        assertThat(steps).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
        assertThat(steps)
                .filteredOn(step -> step.profile().equals("B"))
                .extracting(step -> step.at() / 1_000_000_000)
                .containsExactly(15L, 20L);
        assertThat(steps).filteredOn(step -> step.profile().equals("A")).hasSizeBetween(30, 60);
        assertThat(scenario.length()).isEqualTo(Duration.ofSeconds(70));
        assertThat(scenario.steps()).isEqualTo(steps);
        assertThat(scenario.withSeed(1).steps()).isNotEqualTo(steps);
    }

    @Test
    void flapsEachTimeAtMomentsOfItsOwn() {
        List<ScenarioStep> steps = parse(
                        HEAD + "steps:", "  - repeat: 2", "    steps: [{flap: {for: 1m, between: [1s, 10s]}}]")
                .steps();

        assertThat(momentsWithin(steps, 0)).isNotEmpty().isNotEqualTo(momentsWithin(steps, 60_000_000_000L));
    }

    private static List<Long> momentsWithin(List<ScenarioStep> steps, long begin) {
        return steps.stream()
                .map(step -> step.at() - begin)
                .filter(at -> at > 0 && at <= 60_000_000_000L)
                .toList();
    }

    static List<List<String>> mistakes() {
        return List.of(
                List.of(
                        HEAD + "steps:\n  - go: offlin",
                        "f.yaml:5:9: found 'offlin', expected one of [away, offline,"
                                + " online]; did you mean 'offline'?"),
                List.of(
                        HEAD + "steps:\n  - goo: offline",
                        "f.yaml:5:5: found a step with no action",
                        "f.yaml:5:5: found the key 'goo', expected in a step one of"),
                List.of(HEAD + "steps:\n  - {go: offline, come-back: online}", "with the actions [go, come-back]"),
                List.of(HEAD + "steps:\n  - {go: offline, at: 1s, after: 1s}", "found 'at' and 'after'"),
                List.of(
                        HEAD + "steps:\n  - {go: offline, at: 2s}\n  - {go: online, at: 1s}",
                        "f.yaml:6:22: found '1s', expected no time before that of the step above"),
                List.of(HEAD + "steps:\n  - {go: offline, after: -1s}", "found '-1s', expected a duration as"),
                List.of(HEAD + "steps:\n  - {go: offline, after: 367d}", "found '367d', expected a duration"),
                List.of(HEAD + "steps:\n  - {go: offline, after: 1s1m}", "found '1s1m', expected a duration"),
                List.of(HEAD + "steps:\n  - {go: offline, after: ms}", "found 'ms', expected a duration"),
                List.of(HEAD + "steps:\n  - {go: offline, after: [1s]}", "found a list, expected a duration"),
                List.of(
                        HEAD + "steps:\n  - {go: offline, profile: Wrok}",
                        "found the profile 'Wrok', expected one of [Work]; did you mean 'Work'?"),
                List.of(
                        "scenario: s\nprofiles: {A: , B: }\nsteps:\n  - go: offline",
                        "f.yaml:4:5: found a step without 'profile', expected one of [A, B]"),
                List.of(
                        HEAD + "steps:\n  - {go: offline, silently: true}",
                        "which 'Work' has the capability to tell of"),
                List.of(HEAD + "steps:\n  - {go: offline, because: x}", "found 'because' with 'go: offline'"),
                List.of(HEAD + "steps:\n  - {go: away, by: user}", "found 'by' with 'go: away'"),
                List.of(HEAD + "steps:\n  - {come-back: online, by: user}", "found 'by' in a step with 'come-back'"),
                List.of(HEAD + "steps:\n  - come-back: online", "found coming back of 'Work', which is not away"),
                List.of(
                        HEAD + "steps:\n  - go: away\n  - {after: 1s, go: away}",
                        "f.yaml:6:5: found going away of 'Work', which is away already by then (PT1S"),
                List.of(HEAD + "steps:\n  - go: away\n  - announce: online", "found a report of 'Work', which is away"),
                List.of(HEAD + "steps:\n  - {repeat: 2, steps: [{go: away}]}", "which is away already by then"),
                List.of(HEAD + "steps:\n  - {repeat: 0, steps: [{go: offline}]}", "a whole number from 1 to 100000"),
                List.of(HEAD + "steps:\n  - {repeat: 2}", "found a step with 'repeat' without the key 'steps'"),
                List.of(
                        HEAD + "steps:\n  - {repeat: 2, every: 1s, steps: [{after: 2s, go: offline}]}",
                        "found '1s', expected at least the 2000ms"),
                List.of(
                        HEAD + "steps:\n  - {repeat: 1000, steps: [{repeat: 1000, steps: [{go: offline}]}]}",
                        "f.yaml:5:5: found more than 366 days or 100000 steps"),
                List.of(
                        HEAD + "steps:\n  - {repeat: 100000, every: 1h, steps: [{go: offline}]}",
                        "found more than 366 days"),
                List.of(HEAD + "steps:\n  - {flap: {for: 366d, between: [1ms, 1ms]}}", "found more than 366 days or"),
                List.of(HEAD + "steps:\n  - {flap: {for: 1h}}", "found a flap without the key 'between'"),
                List.of(HEAD + "steps:\n  - {flap: {for: 1h, between: [2s, 1s]}}", "found PT2S and PT1S, expected"),
                List.of(HEAD + "steps:\n  - {flap: {for: 1h, between: [1s]}}", "found 1 durations, expected"),
                List.of(HEAD + "steps:\n  - {flap: {for: 1h, between: 1s}}", "found '1s', expected a list of two"),
                List.of(
                        HEAD + "steps:\n  - {flap: 1h}",
                        "found '1h', expected 'flap' with some of the keys [for, between]"),
                List.of(HEAD + "steps:\n  - {fail-next: {requests: 2}}", "found 'fail-next' without the key 'how'"),
                List.of(
                        HEAD + "steps:\n  - {fail-next: explode}",
                        "found 'explode', expected one of [fail-after-start,"),
                List.of(HEAD + "steps:\n  - {notify: {type: 0x1, mask: 3}}", "found a documented notification"),
                List.of(HEAD + "steps:\n  - {notify: {type: 0x4F530001}}", "found a documented notification"),
                List.of(HEAD + "steps:\n  - {notify: {type: 4294967296}}", "found '4294967296', expected 32 bits"),
                List.of(HEAD + "steps:\n  - {notify: {mask: 1}}", "found 'notify' without the key 'type'"),
                List.of(HEAD + "steps: []", "found an empty list, expected a list of at least one step"),
                List.of(HEAD + "steps: none", "found 'none', expected a list of at least one step"),
                List.of(HEAD + "steps:\n  - offline", "found 'offline', expected a step with some of the keys"),
                List.of("scenario: s\nprofiles: {}\nsteps: [{go: offline}]", "f.yaml:2:11: found no profile"),
                List.of(
                        "scenario: s\nprofiles: {'': }\nsteps: [{go: offline}]",
                        "found a profile's name that is empty"),
                List.of("scenario: s\nprofiles: {\"a\\0b\": }\nsteps: [{go: offline}]", "holds NUL"),
                List.of(
                        "scenario: s\nprofiles: {A: {capabilities: none, reports: twice}}\nsteps: [{go: offline}]",
                        "f.yaml:2:15: found a contradiction: profile A has the capabilities NONE"),
                List.of(
                        "scenario: s\nprofiles: {A: {can-set: perhaps}}\nsteps: [{go: offline}]",
                        "found 'perhaps', expected one of [false, true]"),
                List.of(
                        "scenario: s\nprofiles: {A: {latency: {startt: 1s}}}\nsteps: [{go: offline}]",
                        "found the key 'startt', expected in a latency one of [start, change, outcome]; did you mean"),
                List.of(
                        "profiles: {A: }\nsteps: [{go: offline}]",
                        "f.yaml:1:1: found a scenario without the key 'scenario'"),
                List.of(
                        "scenario: s\nlength: 1s\nprofiles: {A: }\nsteps: [{go: offline, at: 2s}]",
                        "f.yaml:2:9: found '1s', expected at least the 2000ms that the steps take"),
                List.of(
                        "scenario: s\nspeed: 0\nprofiles: {A: }\nsteps: [{go: offline}]",
                        "found '0', expected a number from"),
                List.of(
                        "scenario: s\nspeed: NaN\nprofiles: {A: }\nsteps: [{go: offline}]",
                        "found 'NaN', expected a number"),
                List.of(
                        "scenario: s\nseed: x\nprofiles: {A: }\nsteps: [{go: offline}]",
                        "found 'x', expected a whole number"),
                List.of(
                        "scenario: s\nstart: today\nprofiles: {A: }\nsteps: [{go: offline}]",
                        "found 'today', expected a moment"),
                List.of(
                        "scenario: s\nscenario: t\nprofiles: {A: }\nsteps: [{go: offline}]",
                        "f.yaml:2:1: found the key 'scenario' again, it is in line 1"),
                List.of(
                        "scenario: &a s\ndescription: *a\nprofiles: {A: }\nsteps: [{go: offline}]",
                        "f.yaml:1:11: found the anchor &a",
                        "f.yaml:2:14: found the alias *a"),
                List.of(
                        "scenario: !!str s\nprofiles: {A: }\nsteps: [{go: offline}]",
                        "found the tag tag:yaml.org,2002:str"),
                List.of("? [a]\n: b", "found a list as a key"),
                List.of("a: b\n---\nc: d", "found a second document"),
                List.of("[".repeat(100_000), "f.yaml:1:34: found a nesting of more than 32 levels"),
                List.of("scenario: a: b", "f.yaml:1:12: this is not YAML: mapping values are not allowed here"),
                List.of("\tscenario: s", "f.yaml:1:1: this is not YAML:"),
                List.of("scenario: s\nprofiles: \u0007", "f.yaml:2:11: found the character U+0007"),
                List.of("", "f.yaml:1:1: found nothing, expected a scenario"),
                List.of("# a comment", "f.yaml:1:1: found nothing"),
                List.of("~", "f.yaml:1:1: found nothing"),
                List.of("hello", "f.yaml:1:1: found 'hello', expected a scenario with some of the keys"),
                List.of("a: \uD83D\uDE86\n\n b\u0007", "f.yaml:3:3: found the character U+0007"),
                List.of("a: \uD83D", "f.yaml:1:4: found the character U+D83D"),
                List.of("PK\u0003\u0004", "found the character U+0003"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrongAndWhere(List<String> mistake) {
        List<String> problems = problemsOf(mistake.get(0));

        for (String expected : mistake.subList(1, mistake.size())) {
            assertThat(problems)
                    .as("%s", mistake.get(0))
                    .anySatisfy(line -> assertThat(line).contains(expected).matches("(?s)f\\.yaml:\\d+:\\d+: .*"));
        }
        assertThat(problems).hasSize(mistake.size() - 1);
    }

    @Test
    void saysAllThatIsWrongInTheOrderOfTheFile() {
        assertThat(
                        problemsOf(
                                "scenaro: s\nprofiles:\n  Work: {initially: on}\nsteps:\n  - go: up\n  - {after: x, go: online}"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("f.yaml:1:1: found the key 'scenaro'"),
                        second -> assertThat(second)
                                .startsWith("f.yaml:1:1: found a scenario without the key 'scenario'"),
                        third -> assertThat(third).startsWith("f.yaml:3:21: found 'on'"),
                        fourth -> assertThat(fourth).startsWith("f.yaml:5:9: found 'up'"),
                        fifth -> assertThat(fifth).startsWith("f.yaml:6:13: found 'x'"));
    }

    @Test
    void saysItInTheOrderOfTheFileWhateverThatIs() {
        assertThat(problemsOf("steps: [{go: up}]\nprofiles: {A: {initially: on}}\nscenario: []\n"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("f.yaml:1:14: found 'up'"),
                        second -> assertThat(second).startsWith("f.yaml:2:27: found 'on'"),
                        third -> assertThat(third).startsWith("f.yaml:3:11: found a list, expected a text"));
    }

    @Test
    void listsAFewOfVeryManyProblems() {
        String text = HEAD + "steps:\n" + "  - go: up\n".repeat(5_000);

        assertThatThrownBy(() -> Scenario.parse("f.yaml", text))
                .isInstanceOfSatisfying(
                        ScenarioException.class, e -> assertThat(e.problems()).hasSize(1_000))
                .hasMessageEndingWith("\nand 980 more");
    }

    @Test
    void showsNothingThatHarmsATerminal() {
        assertThat(problemsOf(HEAD + "steps:\n  - go: \"\\e[2J" + "x".repeat(100) + "\""))
                .first()
                .asString()
                .startsWith("f.yaml:5:9: found '\\u001b[2Jxxx")
                .contains("xxx...', expected")
                .doesNotContain("\u001b");
    }

    @Test
    void readsAFile() throws IOException {
        Path file = directory.resolve("good.yaml");
        Files.writeString(file, "\uFEFF" + HEAD + "steps: [{go: offline}]");

        assertThat(Scenario.load(file).title()).isEqualTo("test");
    }

    @Test
    void namesTheFileInItsProblems() throws IOException {
        Path file = directory.resolve("bad.yaml");
        Files.writeString(file, HEAD + "steps: [{go: up}]");

        assertThatThrownBy(() -> Scenario.load(file))
                .hasMessageStartingWith(file + ":4:14: found 'up', expected one of");
    }

    @Test
    void readsCharactersOfTwoHalvesWhereverTheyAre() {
        for (int before = 0; before < 2_100; before++) {
            String text = "#" + "x".repeat(before) + "\uD83D\uDE86\n" + HEAD + "steps: [{go: offline}]";
            assertThat(Scenario.parse("f.yaml", text).title()).isEqualTo("test");
        }
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> Scenario.load(directory))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(directory + ": found a directory, expected a scenario file");
        Path missing = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> Scenario.load(missing))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(missing + ": found no such file, expected a scenario");
        Path beneathAFile = directory.resolve("file");
        assertThatThrownBy(
                        () -> Scenario.load(Files.writeString(beneathAFile, "x").resolve("below")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(beneathAFile.resolve("below") + ": ");
    }

    @Test
    void refusesALargeFileWithoutReadingIt() throws IOException {
        Path huge = directory.resolve("huge.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }

        assertThatThrownBy(() -> Scenario.load(huge))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(huge + ": found 1073741824 bytes, expected 1048576 at most");
        assertThatThrownBy(() -> Scenario.parse("text", " ".repeat(Scenario.MAX_BYTES + 1)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("1048577 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null"})
    void readsNoMoreThanTheLimitOfADevice(String device) {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(Path.of(device)), "only where there are such devices");

        assertThatThrownBy(() -> Scenario.load(Path.of(device))).isInstanceOf(ScenarioException.class);
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file = directory.resolve("latin1.yaml");
        Files.write(file, (HEAD + "# caf\u00e9\nsteps: [{go: offline}]").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Scenario.load(file))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(file + ":4:6: found bytes that are not UTF-8, expected a text file");
    }

    @Test
    void knowsItsDurations() {
        assertThat(Durations.parse("1d2h3m4s5ms")).contains(Duration.parse("P1DT2H3M4.005S"));
        assertThat(Durations.parse("0")).contains(Duration.ZERO);
        assertThat(Durations.parse("366d")).contains(Durations.LONGEST);
        assertThat(Durations.parse("5m")).contains(Duration.ofMinutes(5));
        for (String wrong : Arrays.asList(
                "", "5", "m5", "1h 2m", "1.5h", "2m1h", "PT5S", "999999999d", "1234567890s", "+1s", "1S")) {
            assertThat(Durations.parse(wrong)).as("%s", wrong).isEmpty();
        }
    }

    @Test
    void suggestsWhatIsNearOnly() {
        List<String> known = List.of("capabilities", "initially", "away");

        assertThat(Suggestion.of("capabilites", known)).isEqualTo("; did you mean 'capabilities'?");
        assertThat(Suggestion.of("Away", known)).isEqualTo("; did you mean 'away'?");
        assertThat(Suggestion.of("latency", known)).isEmpty();
        assertThat(Suggestion.of("a".repeat(1000), known)).isEmpty();
        assertThat(Suggestion.of("x", List.of())).isEmpty();
    }
}
