package io.github.offlinestate.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportsTest {
    @TempDir
    Path folder;

    private final TckReport everything = SampleReport.withEveryVerdict();
    private final TckReport plain = SampleReport.of(Map.of());

    @Test
    void allFilesAreWrittenUnderTheProvidersName() throws Exception {
        assertThat(Reports.write(everything, folder.resolve("new/folder")))
                .extracting(path -> path.getFileName().toString())
                .containsExactly(
                        "tck-sample_one.html",
                        "tck-sample_one.md",
                        "tck-sample_one.json",
                        "TEST-tck-sample_one.xml",
                        "tck-sample_one.svg")
                .allSatisfy(name ->
                        assertThat(folder.resolve("new/folder").resolve(name)).isNotEmptyFile());
    }

    @Test
    void theyGoWhereTheBuildHasItsResults() throws Exception {
        assertThat(Reports.defaultFolder(folder)).isEqualTo(folder.resolve("offline-state-tck"));
        Files.createFile(folder.resolve("build.gradle.kts"));
        assertThat(Reports.defaultFolder(folder)).isEqualTo(folder.resolve("build/offline-state-tck"));
        Files.createFile(folder.resolve("pom.xml"));
        assertThat(Reports.defaultFolder(folder)).isEqualTo(folder.resolve("target/offline-state-tck"));
    }

    @Test
    void theJsonHasWhatItsSchemaSays() {
        JsonObject json = JsonParser.parseString(JsonReport.of(everything)).getAsJsonObject();
        assertThat(json.keySet())
                .containsExactly(
                        "schema",
                        "kit",
                        "contract",
                        "subject",
                        "conclusion",
                        "documentedConclusion",
                        "passed",
                        "strict",
                        "basis",
                        "seed",
                        "patience",
                        "started",
                        "seconds",
                        "machine",
                        "notes",
                        "rules");
        assertThat(json.getAsJsonObject("conclusion").get("verdict").getAsString())
                .isEqualTo("ERROR");
        Set<String> verdicts = new HashSet<>();
        for (JsonElement each : json.getAsJsonArray("rules")) {
            JsonObject rule = each.getAsJsonObject();
            assertThat(rule.keySet())
                    .containsExactly(
                            "rule", "level", "basis", "verdict", "message", "seconds", "means", "tests", "reproduce");
            verdicts.add(rule.get("verdict").getAsString());
            for (JsonElement test : rule.getAsJsonArray("tests")) {
                assertThat(test.getAsJsonObject().keySet())
                        .containsExactly(
                                "test",
                                "verdict",
                                "message",
                                "seconds",
                                "notes",
                                "events",
                                "eventsLeftOut",
                                "threadDump");
            }
        }
        assertThat(verdicts).hasSize(Verdict.values().length);
    }

    @Test
    void theXmlFailsWhatIsBrokenAndSkipsWhatWasNotJudged() throws Exception {
        Document xml = parse(JUnitXmlReport.of(everything));
        Element suite = xml.getDocumentElement();
        NodeList cases = suite.getElementsByTagName("testcase");
        assertThat(suite.getAttribute("tests")).isEqualTo(Integer.toString(cases.getLength()));
        for (String outcome : List.of("failure", "error", "skipped")) {
            String counted = outcome.equals("failure") ? "failures" : outcome.equals("error") ? "errors" : outcome;
            assertThat(suite.getAttribute(counted))
                    .as(outcome)
                    .isEqualTo(
                            Integer.toString(suite.getElementsByTagName(outcome).getLength()));
        }
        Element rule = testCase(cases, "NOTIFY-1");
        assertThat(rule.getAttribute("classname")).isEqualTo("sample/one");
        assertThat(rule.getElementsByTagName("failure").item(0).getTextContent())
                .contains("look first at")
                .contains("STATECHANGE_START ONLINE -> OFFLINE");
        assertThat(testCase(cases, "NOTIFY-9").getElementsByTagName("skipped").getLength())
                .as("a SHOULD fails nothing")
                .isOne();
        assertThat(testCase(cases, "verdict").getElementsByTagName("failure").getLength())
                .isOne();
        NodeList plainCases = parse(JUnitXmlReport.of(plain)).getElementsByTagName("testcase");
        assertThat(testCase(plainCases, "verdict").hasChildNodes()).isFalse();
        assertThat(suite.getAttribute("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    }

    @Test
    void thePageAndTheBadgeAreWellFormedWhateverTheTextsAre() throws Exception {
        Document page = parse(HtmlReport.of(everything).replace("<!DOCTYPE html>", ""));
        assertThat(page.getElementsByTagName("script").getLength())
                .as("no text became a script")
                .isOne();
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("ERROR");
        assertThat(page.getElementsByTagName("svg").getLength())
                .as("two drawings for each history")
                .isEqualTo(2 * (Verdict.values().length));
        assertThat(HtmlReport.of(everything)).doesNotContain("src=").doesNotContain("@import");
        assertThat(parse(Badge.of(everything)).getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("offline-state contract 1.0: error");
    }

    @Test
    void theMarkdownSaysTheVerdictFirstAndHasNoMarkupOfOthers() {
        String text = MarkdownReport.of(everything);
        assertThat(text).startsWith("# ERROR: sample/one\n");
        assertThat(text).contains("## NOTIFY-1 MUST FAIL").contains("| CAP-3 | not applicable |");
        assertThat(text.replaceAll("(?s)```.*?```", ""))
                .doesNotContain("<script>")
                .doesNotContain("<b>");
        assertThat(MarkdownReport.of(plain)).startsWith("# CONFORMANT: sample/one\n");
    }

    @Test
    void theMarkdownFitsIntoACommentHoweverMuchFails() {
        TckReport report = SampleReport.talkative();
        String text = MarkdownReport.of(report);
        assertThat(text).hasSizeLessThan(65_536).contains("... the rest is in the page and in the JSON");
        assertThat(report.results())
                .allSatisfy(result -> assertThat(text)
                        .contains("## " + result.rule() + " " + result.rule().level() + " FAIL"));
        assertThat(text).contains("**expected \\[a\\], saw b").contains("Once more: `mvn test`");
        assertThat(report.conclusion().reasons())
                .allSatisfy(reason -> assertThat(reason).hasSizeLessThan(400));
    }

    @Test
    void theConsoleEndsWithBothVerdicts() {
        assertThat(ConsoleReport.of(everything))
                .contains("NOTIFY-1 MUST FAIL")
                .contains("seed          4711")
                .contains("ERROR for the full contract 1.0")
                .contains("for the documented contract");
        assertThat(ConsoleReport.of(plain)).endsWith("CONFORMANT for the documented contract (basis reference)\n");
    }

    @Test
    void aComparisonTellsWhatBroke() throws Exception {
        Map<Rule, Verdict> later = new EnumMap<>(Rule.class);
        later.put(Rule.SET_1, Verdict.FAIL);
        later.put(Rule.LOST_2, Verdict.NOT_VERIFIED);
        Path before = json(SampleReport.of(Map.of(Rule.CAP_1, Verdict.FAIL)), "before");
        Path after = json(SampleReport.of(later), "after");
        Comparison comparison = Comparison.of(before, after);
        assertThat(comparison.broken())
                .extracting(Comparison.Change::toString)
                .containsExactly("SET-1 MUST PASS -> FAIL: expected a, saw b");
        assertThat(comparison.repaired()).extracting(Comparison.Change::rule).containsExactly("CAP-1");
        assertThat(comparison.noLongerShown())
                .extracting(Comparison.Change::rule)
                .containsExactly("LOST-2");
        assertThat(comparison.changed()).isEmpty();
        assertThat(comparison.after()).isEqualTo("NOT_CONFORMANT");
        assertThat(comparison.notes()).isEmpty();
    }

    @Test
    void whatWasBrokenBeforeHasNotBrokenSince() throws Exception {
        Map<Rule, Verdict> earlier = Map.of(Rule.SET_1, Verdict.FAIL, Rule.CAP_1, Verdict.ERROR);
        Map<Rule, Verdict> later = Map.of(Rule.SET_1, Verdict.ERROR, Rule.CAP_1, Verdict.FAIL);
        Comparison comparison =
                Comparison.of(json(SampleReport.of(earlier), "before"), json(SampleReport.of(later), "after"));
        assertThat(comparison.broken()).isEmpty();
        assertThat(comparison.changed())
                .extracting(Comparison.Change::rule)
                .containsExactlyInAnyOrder("CAP-1", "SET-1");
    }

    @Test
    void whatWasKeptAndIsNoLongerShownIsToldOfItsOwn() throws Exception {
        Map<Rule, Verdict> later = new EnumMap<>(Rule.class);
        later.put(Rule.LOST_2, Verdict.NOT_VERIFIED);
        later.put(Rule.SET_6, Verdict.EXCLUDED);
        later.put(Rule.UNADVISE_3, Verdict.INCONCLUSIVE);
        later.put(Rule.CAP_3, Verdict.NOT_APPLICABLE); // declared, and what follows from it was checked
        TckReport now = SampleReport.of(later);
        TckReport partly = SampleReport.report(now.results().stream()
                .filter(result -> result.rule() != Rule.STATE_1)
                .toList());
        Path after = json(partly, "after");
        Comparison comparison = Comparison.of(json(plain, "before"), after);
        assertThat(comparison.noLongerShown())
                .extracting(change -> change.rule() + " " + change.after())
                .containsExactlyInAnyOrder(
                        "LOST-2 NOT_VERIFIED", "SET-6 EXCLUDED", "UNADVISE-3 INCONCLUSIVE", "STATE-1 not run");
        assertThat(comparison.changed()).extracting(Comparison.Change::rule).containsExactly("CAP-3");
        assertThat(comparison.broken()).isEmpty();
        assertThat(Comparison.of(json(SampleReport.of(Map.of(Rule.LOST_2, Verdict.FAIL)), "failed"), after)
                        .noLongerShown())
                .as("what was not shown before either")
                .extracting(Comparison.Change::rule)
                .doesNotContain("LOST-2");
    }

    @Test
    void aComparisonOfWhatDoesNotBelongTogetherSaysSo() throws Exception {
        Path before = json(plain, "before");
        Path after = folder.resolve("after.json");
        Files.writeString(
                after,
                Files.readString(before)
                        .replace("sample/one", "another")
                        .replace("\"contract\": \"1.0\"", "\"contract\": \"0.9\"")
                        .replace("2026-01-02T", "2025-01-02T"));
        assertThat(Comparison.of(before, after).notes())
                .satisfiesExactly(
                        note -> assertThat(note).contains("sample/one and another"),
                        note -> assertThat(note).contains("1.0 and 0.9"),
                        note -> assertThat(note).contains("the first one is of the later run"));
    }

    @Test
    void whatIsNoReportIsRefusedByName() throws Exception {
        Path report = json(plain, "right");
        for (String wrong :
                List.of("", "[]", "{}", "no json", "{\"schema\": 1, \"conclusion\": {\"verdict\": \"x\"}}")) {
            Path file = Files.writeString(folder.resolve("wrong.json"), wrong);
            assertThatIOException()
                    .as(wrong)
                    .isThrownBy(() -> Comparison.of(file, report))
                    .withMessageContaining("wrong.json")
                    .withMessageContaining("is not a JSON report of the kit");
        }
        Path binary = Files.write(folder.resolve("wrong.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatIOException()
                .isThrownBy(() -> Comparison.of(report, binary))
                .withMessageContaining("is not a JSON report of the kit");
        Path newer = Files.writeString(folder.resolve("newer.json"), "{\"schema\": 99}");
        assertThatIOException().isThrownBy(() -> Comparison.of(report, newer)).withMessageContaining("schema 99");
    }

    /** Each value that a comparison reads, replaced by null and by values of other types. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/schema",
                "/contract",
                "/subject",
                "/subject/name",
                "/started",
                "/conclusion",
                "/conclusion/verdict",
                "/rules",
                "/rules/0",
                "/rules/0/rule",
                "/rules/0/level",
                "/rules/0/verdict",
                "/rules/0/message"
            })
    void aReportWithAValueOfAnotherTypeIsRefusedByName(String place) throws Exception {
        Path report = json(plain, "right");
        for (String value : List.of("null", "[1, 2]", "true")) {
            JsonElement root = JsonParser.parseString(Files.readString(report));
            put(root, place.substring(1).split("/"), JsonParser.parseString(value));
            Path wrong = Files.writeString(folder.resolve("wrong.json"), root.toString());
            assertThatIOException()
                    .as(place + " " + value)
                    .isThrownBy(() -> Comparison.of(report, wrong))
                    .withMessageContaining("wrong.json is not a JSON report of the kit");
        }
    }

    private static void put(JsonElement root, String[] path, JsonElement value) {
        JsonElement holder = root;
        for (String key : Arrays.asList(path).subList(0, path.length - 1)) {
            holder = holder.isJsonArray()
                    ? holder.getAsJsonArray().get(Integer.parseInt(key))
                    : holder.getAsJsonObject().get(key);
        }
        String last = path[path.length - 1];
        if (holder.isJsonArray()) {
            holder.getAsJsonArray().set(Integer.parseInt(last), value);
        } else {
            holder.getAsJsonObject().add(last, value);
        }
    }

    private Path json(TckReport report, String name) throws Exception {
        return Reports.write(report, folder.resolve(name)).stream()
                .filter(file -> file.toString().endsWith(".json"))
                .findFirst()
                .orElseThrow();
    }

    private static Element testCase(NodeList cases, String name) {
        for (int i = 0; i < cases.getLength(); i++) {
            Element element = (Element) cases.item(i);
            if (element.getAttribute("name").equals(name)) {
                return element;
            }
        }
        throw new AssertionError("no test case " + name);
    }

    private static Document parse(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
