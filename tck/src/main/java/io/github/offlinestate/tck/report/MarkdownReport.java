package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.Conclusion;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run for the page of a merge request, and short enough to be a comment there. */
final class MarkdownReport {
    /** A comment on GitHub has at most 65 536 characters; the table and the run want some of them. */
    private static final int ROOM_FOR_FAILURES = 55_000;
    /** So that many failures do not have to do without because the first one has a long history. */
    private static final int LONGEST_DETAILS = 8_000;
    /** Less than this says nothing. */
    private static final int LEAST_DETAILS = 500;

    private MarkdownReport() {}

    static String of(TckReport report) {
        StringBuilder out = new StringBuilder();
        line(out, "# " + Facts.verdict(report) + ": " + text(report.subject().name()));
        line(out, "");
        for (Map.Entry<String, Conclusion> each : Facts.conclusions(report).entrySet()) {
            line(out, "- **" + each.getValue().overall().label() + "** for " + each.getKey());
        }
        line(out, "");
        table(out, report);
        List<RuleResult> trouble =
                report.results().stream().filter(Facts::isTrouble).toList();
        List<String> heads = trouble.stream().map(MarkdownReport::head).toList();
        int room = ROOM_FOR_FAILURES - heads.stream().mapToInt(String::length).sum();
        for (int index = 0; index < trouble.size(); index++) {
            String details = details(trouble.get(index), Math.min(room, LONGEST_DETAILS));
            out.append(heads.get(index)).append(details);
            room -= details.length();
        }
        notJudged(out, report);
        if (!report.notes().isEmpty()) {
            line(out, "## Notes");
            line(out, "");
            report.notes().forEach(note -> line(out, "- " + text(note)));
            line(out, "");
        }
        line(out, "## The run");
        line(out, "");
        line(out, "| | |");
        line(out, "|---|---|");
        Facts.run(report).forEach((name, value) -> line(out, "| " + name + " | " + text(value) + " |"));
        return out.toString();
    }

    private static void table(StringBuilder out, TckReport report) {
        List<Verdict> columns = List.copyOf(Facts.counts(report.results()).keySet());
        if (columns.isEmpty()) {
            return;
        }
        line(out, "| area | " + columns.stream().map(Verdict::label).collect(Collectors.joining(" | ")) + " |");
        line(out, "|---|" + "---:|".repeat(columns.size()));
        Facts.byArea(report).forEach((area, results) -> {
            Map<Verdict, Long> counts = Facts.counts(results);
            line(
                    out,
                    "| " + area + " | "
                            + columns.stream()
                                    .map(verdict -> counts.containsKey(verdict)
                                            ? counts.get(verdict).toString()
                                            : "")
                                    .collect(Collectors.joining(" | "))
                            + " |");
        });
        line(out, "");
    }

    /** What is broken, and why: said of each. */
    private static String head(RuleResult result) {
        StringBuilder out = new StringBuilder();
        line(
                out,
                "## " + result.rule() + " " + result.rule().level() + " "
                        + result.verdict().label());
        line(out, "");
        line(out, text(result.rule().statement()));
        line(out, "");
        line(out, "**" + text(Facts.firstLine(result.message())) + "**");
        line(out, "");
        line(out, "Once more: `" + result.reproduce().replace('`', '\'') + "`");
        line(out, "");
        return out.toString();
    }

    /** All that is known of it, as far as there is room. */
    private static String details(RuleResult result, int room) {
        if (room < LEAST_DETAILS) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        String description = cut(result.describe(), room);
        String fence = fence(description);
        line(out, "<details><summary>what happened</summary>");
        line(out, "");
        line(out, fence + "text");
        out.append(description);
        line(out, fence);
        line(out, "");
        line(out, "</details>");
        line(out, "");
        return out.toString();
    }

    /** Whole lines. */
    private static String cut(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        return text.substring(0, text.lastIndexOf('\n', room) + 1) + "... the rest is in the page and in the JSON\n";
    }

    private static void notJudged(StringBuilder out, TckReport report) {
        List<RuleResult> others = report.results().stream()
                .filter(result -> result.isKeptInPart() || result.verdict() != Verdict.PASS)
                .filter(result -> !Facts.isTrouble(result))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        line(out, "## Not judged, or in part");
        line(out, "");
        line(out, "| rule | | why |");
        line(out, "|---|---|---|");
        others.forEach(result -> line(
                out,
                "| " + result.rule() + " | " + result.verdict().label() + " | "
                        + text(Facts.firstLine(result.message())) + " |"));
        line(out, "");
    }

    /** A fence that is longer than any in the text. */
    private static String fence(String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence;
    }

    /** One line in which nothing is markup. */
    private static String text(String text) {
        return text.replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|])", "\\\\$1");
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}
