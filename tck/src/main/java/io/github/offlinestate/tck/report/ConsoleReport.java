package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.Conclusion;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import java.util.Map;

/** A run in a few lines for a terminal: what is broken, in full; what could not be judged; the verdict last. */
public final class ConsoleReport {
    private ConsoleReport() {}

    /**
     * The text.
     *
     * @param report what was found out
     * @return lines, each ended by a line feed
     */
    public static String of(TckReport report) {
        StringBuilder out = new StringBuilder();
        report.results().stream()
                .filter(Facts::isTrouble)
                .map(RuleResult::describe)
                .forEach(text -> out.append(text).append('\n'));
        report.notes().forEach(note -> out.append("note: ").append(note).append('\n'));
        Facts.byArea(report)
                .forEach((area, results) -> out.append(String.format("%-9s %s%n", area, Facts.countsInWords(results))));
        out.append('\n');
        for (Map.Entry<String, String> fact : Facts.run(report).entrySet()) {
            out.append(String.format("%-13s %s%n", fact.getKey(), fact.getValue()));
        }
        out.append('\n');
        for (Map.Entry<String, Conclusion> each : Facts.conclusions(report).entrySet()) {
            Conclusion conclusion = each.getValue();
            out.append(conclusion.overall().label())
                    .append(" for ")
                    .append(each.getKey())
                    .append('\n');
            conclusion
                    .reasons()
                    .forEach(reason -> out.append("  ").append(reason).append('\n'));
        }
        return out.toString();
    }
}
