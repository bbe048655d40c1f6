package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.DiscoveryException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/discovery.md tells of every code, and of none that there is not. */
class DiscoveryDocsTest {
    @Test
    void the_table_of_codes_is_that_of_the_enum() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "discovery.md")).stream()
                .filter(line -> line.startsWith("| OFFLINE-FIND-"))
                .toList();
        List<String> problems = Arrays.stream(Problem.values())
                .map(problem -> "| " + problem.code() + " | " + problem.name() + " | "
                        + problem.result().name() + " | " + problem.summary() + " |")
                .toList();
        assertThat(rows).containsExactlyElementsOf(problems);
    }

    @Test
    void each_code_has_its_own_advice() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "discovery.md"));
        assertThat(Arrays.stream(Problem.values()).map(problem -> "\n### " + problem.code() + "\n"))
                .allSatisfy(heading -> assertThat(page).contains(heading));
        assertThat(page).contains(OfflineManagers.PROVIDER_PROPERTY, OfflineManagers.PROVIDER_VARIABLE);
    }
}
