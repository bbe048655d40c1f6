package io.github.offlinestate.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the JSON report to docs/tck-reports.md: what the page says is the schema. */
class ReportsPageTest {
    private static final String ROOT = "the report";
    private static final String EVENT = "\nAn event has ";

    private static final Pattern ROW = Pattern.compile("\\| (`.+?`) \\| (.+) \\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern ASIDE = Pattern.compile("\\([^)]*\\)");

    /** Whose row has names of keys in its second column too; the other rows have values there. */
    private static final Set<String> OBJECTS =
            Set.of("subject", "conclusion", "documentedConclusion", "machine", "tests");

    /** The keys of each object, by the key that the object, or the array of such, stands at. */
    private final Map<String, Set<String>> documented = new TreeMap<>();

    private final Set<String> met = new HashSet<>();

    @BeforeEach
    void learn() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "tck-reports.md"));
        String chapter = page.substring(page.indexOf("\n## The JSON\n"));
        String table = ROOT;
        for (String line : chapter.lines().toList()) {
            if (line.startsWith("| key of a rule |")) {
                table = "rules";
            }
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                learn(table, names(row.group(1)), row.group(2));
            }
        }
        int event = chapter.indexOf(EVENT);
        assertThat(event).as("a sentence on events").isPositive();
        documented.put("events", names(chapter.substring(event, chapter.indexOf("`. ", event) + 1)));
    }

    private void learn(String table, Set<String> keys, String value) {
        documented.computeIfAbsent(table, any -> new TreeSet<>()).addAll(keys);
        keys.stream().filter(OBJECTS::contains).forEach(key -> documented.put(key, names(value)));
    }

    /** What stands in code marks, but for what is in brackets: those are values. */
    private static Set<String> names(String text) {
        return NAME.matcher(ASIDE.matcher(text).replaceAll(""))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKeyOfTheJsonIsOnThePageAndTheOtherWayRound() {
        check(ROOT, JsonParser.parseString(JsonReport.of(SampleReport.withEveryVerdict())));
        assertThat(met).as("objects that a report has").isEqualTo(documented.keySet());
    }

    private void check(String name, JsonElement element) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> check(name, each));
        } else if (element.isJsonObject()) {
            met.add(name);
            JsonObject object = element.getAsJsonObject();
            assertThat(documented).as("objects on the page").containsKey(name);
            assertThat(object.keySet()).as("keys of " + name).isEqualTo(documented.get(name));
            object.asMap().forEach(this::check);
        }
    }
}
