package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.Conclusion;
import io.github.offlinestate.tck.model.Level;
import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What all reports say of a run, in the same words. */
final class Facts {
    private static final int LONGEST_LINE = 300;

    private Facts() {}

    /** The verdict for the whole contract, or for the basis that the run was held to. */
    static String verdict(TckReport report) {
        return report.conclusion().overall().label();
    }

    /** Both verdicts, each with what it is for. */
    static Map<String, Conclusion> conclusions(TckReport report) {
        Map<String, Conclusion> all = new LinkedHashMap<>();
        all.put(
                report.basis()
                        .map(basis -> "the rules of basis " + basis.name().toLowerCase(Locale.ROOT))
                        .orElse("the full contract " + report.contractVersion()),
                report.conclusion());
        all.put("the documented contract (basis reference)", report.documentedConclusion());
        return all;
    }

    /** Who, on what, when, how. */
    static Map<String, String> run(TckReport report) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("provider", report.subject().name() + " (" + report.subject().className() + ")");
        report.subject().version().ifPresent(version -> all.put("version", version));
        all.put("profile", report.subject().profile());
        report.subject().capabilities().ifPresent(capabilities -> all.put("capabilities", capabilities));
        all.put("fixture", report.subject().fixture());
        all.put("made happen", means(report));
        all.put("kit", report.kitVersion() + ", contract " + report.contractVersion());
        all.put("seed", Long.toString(report.seed()));
        all.put("patience", String.format(Locale.ROOT, "%.2f", report.patience()));
        all.put("started", report.started().toString());
        all.put("took", seconds(report.took()));
        all.put(
                "machine",
                report.machine().operatingSystem() + ", " + report.machine().cores() + " cores, "
                        + report.machine().java());
        return all;
    }

    /** How what the rules are about was made to happen, in the run as a whole. */
    static String means(TckReport report) {
        Map<Means, Long> counts = new EnumMap<>(Means.class);
        report.results().forEach(result -> result.means().forEach(means -> counts.merge(means, 1L, Long::sum)));
        return counts.isEmpty()
                ? "nothing was run"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey().label() + ": "
                                + (entry.getValue() == 1 ? "1 rule" : entry.getValue() + " rules"))
                        .collect(Collectors.joining(", "));
    }

    static Map<Verdict, Long> counts(List<RuleResult> results) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        results.forEach(result -> counts.merge(result.verdict(), 1L, Long::sum));
        return counts;
    }

    /** As {@code 90 pass, 2 FAIL}. */
    static String countsInWords(List<RuleResult> results) {
        return counts(results).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
    }

    /** The results by area, in the contract's order. */
    static Map<String, List<RuleResult>> byArea(TckReport report) {
        return report.results().stream()
                .collect(
                        Collectors.groupingBy(result -> result.rule().area(), LinkedHashMap::new, Collectors.toList()));
    }

    /** Whether somebody has to look at it. */
    static boolean isTrouble(RuleResult result) {
        return switch (result.verdict()) {
            case FAIL, ERROR, INCONCLUSIVE -> true;
            default -> false;
        };
    }

    /** Whether it makes the run fail: broken, and binding. */
    static boolean isBroken(RuleResult result) {
        return result.verdict() == Verdict.ERROR
                || (result.verdict() == Verdict.FAIL && result.rule().level() == Level.MUST);
    }

    static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "\u2026";
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
