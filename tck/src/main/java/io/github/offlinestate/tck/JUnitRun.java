package io.github.offlinestate.tck;

import io.github.offlinestate.tck.model.Conclusion;
import io.github.offlinestate.tck.model.Level;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import io.github.offlinestate.tck.report.ConsoleReport;
import io.github.offlinestate.tck.report.Reports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** A run of the kit as JUnit's dynamic tests: one a rule, and the verdict as the last. */
final class JUnitRun {
    /** What has failed in this JVM: a build that runs failed tests again does not get a pass from it. */
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    private final String name;
    private final TckRunner runner;
    private final Path reports;

    private JUnitRun(String name, TckRunner runner, Path reports) {
        this.name = name;
        this.runner = runner;
        this.reports = reports;
    }

    static Stream<DynamicTest> of(Class<?> fixture, TckRunner runner, TckOptions options) {
        JUnitRun run = new JUnitRun(
                fixture.getName(),
                runner,
                options.reportDirectory().orElseGet(() -> Reports.defaultFolder(Path.of(""))));
        if (runner.rules().isEmpty() && runner.subject().unavailable().isEmpty()) {
            runner.close();
            throw new IllegalStateException("no rule is selected: " + options);
        }
        Stream<DynamicTest> rules = runner.rules().stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule + " " + rule.level() + " " + rule.statement(), run.test(rule)));
        Stream<DynamicTest> verdict = Stream.of(DynamicTest.dynamicTest("verdict", run::verdict));
        return Stream.concat(rules, verdict).onClose(runner::close);
    }

    private Executable test(Rule rule) {
        return () -> {
            RuleResult result = runner.judge(rule);
            String key = name + " " + rule;
            if (result.verdict() == Verdict.FAIL || result.verdict() == Verdict.ERROR) {
                FAILED.add(key);
            }
            if (isFailure(result)) {
                throw new AssertionError("\n" + result.describe());
            }
            if (FAILED.contains(key) && result.verdict() != Verdict.FAIL) {
                throw new AssertionError(rule + " has failed before in this JVM: a repeated run does not make it pass");
            }
            if (result.verdict() != Verdict.PASS) {
                Assumptions.abort(result.verdict().label() + ": " + result.message());
            }
        };
    }

    private static boolean isFailure(RuleResult result) {
        return result.verdict() == Verdict.ERROR
                || (result.verdict() == Verdict.FAIL && result.rule().level() == Level.MUST);
    }

    private void verdict() throws IOException {
        String key = name + " verdict";
        if (FAILED.contains(key)) {
            throw new AssertionError("the run has failed before in this JVM: a repeated one, of the rules that failed"
                    + " alone, does not make it pass, and the reports are those of the first");
        }
        TckReport report = runner.report();
        if (!report.passed()) {
            FAILED.add(key);
        }
        Reports.write(report, reports);
        System.out.println(ConsoleReport.of(report));
        Conclusion conclusion = report.conclusion();
        if (!report.passed()) {
            throw new AssertionError(conclusion.toString());
        }
    }
}
