package io.github.offlinestate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the guide for authors promises: a whole provider fits on a screen. {@link SnippetsIT} runs both. */
class WrittenProvidersTest {
    @Test
    void aProviderThatAsksTakesLessThan25Lines() throws IOException {
        assertThat(linesOf("InterfaceProvider")).isBetween(1, 24);
    }

    @Test
    void aProviderThatIsToldTakesLessThan60Lines() throws IOException {
        assertThat(linesOf("FlagProvider")).isBetween(1, 59);
    }

    @Test
    void theExampleProviderTakesLessThan60Lines() throws IOException {
        Path example = Workspace.root()
                .resolve("examples/reachability-provider/src/main/java/com/example/reachability")
                .resolve("ReachabilityProvider.java");
        assertThat(Files.readAllLines(example)).hasSizeBetween(1, 59);
    }

    private static int linesOf(String provider) throws IOException {
        List<Snippet> snippets = Snippet.in(Workspace.root().resolve("docs").resolve("writing-a-provider.md"));
        return (int) snippets.stream()
                .filter(snippet -> snippet.code().contains("class " + provider + " "))
                .findFirst()
                .orElseThrow()
                .code()
                .strip()
                .lines()
                .count();
    }
}
