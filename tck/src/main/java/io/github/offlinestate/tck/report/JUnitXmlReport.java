package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A run as JUnit's XML: a test case a rule, its class name the provider, its name the rule, and a last one for the
 * verdict, which fails where the run does. What was not judged is skipped, with its reason.
 */
final class JUnitXmlReport {
    private JUnitXmlReport() {}

    static String of(TckReport report) {
        String suite = report.subject().name();
        long failures = report.results().stream()
                .filter(result -> Facts.isBroken(result) && result.verdict() == Verdict.FAIL)
                .count();
        long errors = report.results().stream()
                .filter(result -> result.verdict() == Verdict.ERROR)
                .count();
        long passed = report.results().stream()
                .filter(result -> result.verdict() == Verdict.PASS)
                .count();
        int rules = report.results().size();
        Markup xml = Markup.xml().line();
        xml.open(
                        "testsuite",
                        "name",
                        "offline-state contract: " + suite,
                        "tests",
                        Integer.toString(rules + 1),
                        "failures",
                        Long.toString(failures + (report.passed() ? 0 : 1)),
                        "errors",
                        Long.toString(errors),
                        "skipped",
                        Long.toString(rules - passed - failures - errors),
                        "time",
                        seconds(report.took()),
                        "timestamp",
                        timestamp(report.started()))
                .line();
        xml.open("properties").line();
        Facts.run(report)
                .forEach((name, value) ->
                        xml.empty("property", "name", name, "value", value).line());
        xml.close().line();
        for (RuleResult result : report.results()) {
            xml.open("testcase", "classname", suite, "name", result.rule().id(), "time", seconds(result.took()));
            outcome(xml, result);
            xml.close().line();
        }
        xml.open("testcase", "classname", suite, "name", "verdict", "time", "0");
        if (!report.passed()) {
            xml.element("failure", report.conclusion().toString(), "message", Facts.verdict(report));
        }
        xml.close().line();
        return xml.toString();
    }

    private static void outcome(Markup xml, RuleResult result) {
        String message = Facts.firstLine(result.message());
        if (Facts.isBroken(result)) {
            String element = result.verdict() == Verdict.ERROR ? "error" : "failure";
            xml.element(element, result.describe(), "message", message);
        } else if (result.verdict() != Verdict.PASS) {
            xml.empty("skipped", "message", result.verdict().label() + ": " + message);
        }
    }

    /** In UTC, without saying so and without a fraction: what the schemas of readers take. */
    private static String timestamp(Instant started) {
        return LocalDateTime.ofInstant(started, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
