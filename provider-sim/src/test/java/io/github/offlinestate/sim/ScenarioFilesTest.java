package io.github.offlinestate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios in the tree, and those in the documentation. */
class ScenarioFilesTest {
    private static final Path DOCS = Path.of("..", "docs", "scenarios.md");
    private static final Pattern BLOCK = Pattern.compile("```(yaml|text)\\n(.*?)```", Pattern.DOTALL);

    @Test
    void embedsTheFilesOfTheTree() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Scenario.embedded().stream()
                            .map(name -> name + ".yaml")
                            .toList());
        }
    }

    static List<String> embedded() {
        return Scenario.embedded();
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void embedsWhatIsInTheTree(String name) {
        Scenario embedded = Scenario.embedded(name);
        Scenario file = Scenario.load(Path.of("scenarios", name + ".yaml"));

        assertThat(embedded.toString()).isEqualTo(file.toString());
        assertThat(embedded.steps()).isEqualTo(file.steps());
        assertThat(embedded.title()).isNotBlank();
        assertThat(embedded.description()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void documentsEach(String name) throws IOException {
        assertThat(Files.readString(DOCS)).contains("| `" + name + "` |");
    }

    @Test
    void suggestsAnEmbeddedOne() {
        assertThatThrownBy(() -> Scenario.embedded("commuter-day"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("did you mean 'commuters-day'?");
    }

    @Test
    void documentsScenariosAndErrorsAsTheyAre() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(DOCS));
        int scenarios = 0;
        int mistakes = 0;
        String last = "";
        while (blocks.find()) {
            if (blocks.group(1).equals("text")) {
                String broken = last;
                assertThatThrownBy(() -> Scenario.parse("typo.yaml", broken))
                        .hasMessage(blocks.group(2).strip());
                mistakes++;
                continue;
            }
            last = blocks.group(2);
            if (!last.startsWith("# typo.yaml")) {
                assertThat(Scenario.parse("scenarios.md", last).steps()).isNotEmpty();
                scenarios++;
            }
        }
        assertThat(scenarios).isEqualTo(3);
        assertThat(mistakes).isEqualTo(1);
    }

    /** Every key that the parser knows is in the tables, told by the parser itself. */
    @Test
    void documentsEveryKey() throws IOException {
        String docs = Files.readString(DOCS);
        for (String known : List.of(
                "x: 1",
                "scenario: s\nprofiles: {A: {x: 1}}\nsteps: [{go: offline}]",
                "scenario: s\nprofiles: {A: {latency: {x: 1}}}\nsteps: [{go: offline}]",
                "scenario: s\nprofiles: {A: }\nsteps: [{go: offline, x: 1}]",
                "scenario: s\nprofiles: {A: }\nsteps: [{flap: {for: 1s, between: [1s, 1s], x: 1}}]",
                "scenario: s\nprofiles: {A: }\nsteps: [{fail-next: {how: hang, x: 1}}]",
                "scenario: s\nprofiles: {A: }\nsteps: [{notify: {type: 9, x: 1}}]")) {
            assertThatThrownBy(() -> Scenario.parse("x", known)).satisfies(e -> {
                Matcher keys = Pattern.compile("the key 'x', expected in .* one of \\[(.*?)]")
                        .matcher(e.getMessage());
                assertThat(keys.find()).as("%s", e.getMessage()).isTrue();
                assertThat(Stream.of(keys.group(1).split(", ")).collect(Collectors.toSet()))
                        .allSatisfy(key -> assertThat(docs).contains("`" + key));
            });
        }
    }
}
