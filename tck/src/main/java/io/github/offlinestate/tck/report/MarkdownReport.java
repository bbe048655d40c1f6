package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.Conclusion;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run for the page of a merge request. */
final class MarkdownReport {
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
        for (RuleResult result : trouble) {
            trouble(out, result);
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

    private static void trouble(StringBuilder out, RuleResult result) {
        line(
                out,
                "## " + result.rule() + " " + result.rule().level() + " "
                        + result.verdict().label());
        line(out, "");
        line(out, text(result.rule().statement()));
        line(out, "");
        String description = result.describe();
        String fence = fence(description);
        line(out, "<details><summary>" + text(Facts.firstLine(result.message())) + "</summary>");
        line(out, "");
        line(out, fence + "text");
        out.append(description);
        line(out, fence);
        line(out, "");
        line(out, "</details>");
        line(out, "");
    }

    private static void notJudged(StringBuilder out, TckReport report) {
        List<RuleResult> others = report.results().stream()
                .filter(result -> result.verdict() != Verdict.PASS && !Facts.isTrouble(result))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        line(out, "## Not judged");
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
