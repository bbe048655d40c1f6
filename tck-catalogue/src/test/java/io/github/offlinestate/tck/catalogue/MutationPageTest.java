package io.github.offlinestate.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page's end, from its heading on, is made from the list that the command goes by. */
class MutationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "mutation.md");

    private static final String HEADING = "## Those that lived\n";

    private static final String TABLE = """

            | mutant | why it lives |
            |---|---|
            """;

    @Test
    void thePageSaysWhatIsListed() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(HEADING);
        String expected = page.substring(0, page.indexOf(HEADING)) + section(MutantList.read());
        MadePage.expect(PAGE, expected);
    }

    private static String section(List<ListedMutants> list) {
        StringBuilder section = new StringBuilder(HEADING);
        section.append("""

                Made from the list that the command goes by,
                [mutants-that-lived.yaml](../%s); the build fails where it is stale.
                A mutant is named by its method and by what PIT changed in it.
                """.formatted(MutantList.FILE));
        for (MutantKind kind : MutantKind.values()) {
            List<ListedMutants> entries =
                    list.stream().filter(entry -> entry.kind() == kind).toList();
            int mutants =
                    entries.stream().mapToInt(entry -> entry.changes().size()).sum();
            section.append("\n### ").append(kind.word()).append(": ").append(mutants);
            section.append("\n\n").append(kind.sentence()).append('\n');
            section.append(entries.isEmpty() ? "" : TABLE);
            entries.forEach(entry -> section.append(row(entry)));
        }
        return section.toString();
    }

    private static String row(ListedMutants entry) {
        Map<String, Long> changes = entry.changes().stream()
                .collect(Collectors.groupingBy(MutantChange::word, LinkedHashMap::new, Collectors.counting()));
        String words = changes.entrySet().stream()
                .map(change -> (change.getValue() == 1 ? "" : change.getValue() + " × ") + change.getKey())
                .collect(Collectors.joining(", "));
        return "| " + MutantPlace.inPage(entry.type(), entry.method()) + ": " + words + " | " + entry.reason() + " |\n";
    }
}
