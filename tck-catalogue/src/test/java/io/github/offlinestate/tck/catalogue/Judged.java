package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.tck.TckListener;
import io.github.offlinestate.tck.TckOptions;
import io.github.offlinestate.tck.TckRunner;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the kit says of entries. */
final class Judged {
    private Judged() {}

    static TckReport by(CatalogueEntry entry, Set<Rule> rules) {
        try (TckRunner runner = runner(entry, TckOptions.defaults().withRules(rules))) {
            return runner.run(TckListener.NONE);
        }
    }

    private static TckRunner runner(CatalogueEntry entry, TckOptions options) {
        return TckRunner.of(
                entry.provider().orElseThrow(), options, (rule, seed) -> entry + " " + rule + " seed " + seed);
    }

    /** All verdicts, and what is behind them where it is not a pass. */
    static Map<Rule, Verdict> verdicts(TckReport report) {
        Map<Rule, Verdict> verdicts = new EnumMap<>(Rule.class);
        report.results().forEach(result -> verdicts.put(result.rule(), result.verdict()));
        return verdicts;
    }

    /** The tests that failed, by name. */
    static Set<String> failedTests(TckReport report) {
        Set<String> failed = new TreeSet<>();
        for (RuleResult result : report.results()) {
            result.tests().stream()
                    .filter(test -> test.verdict() == Verdict.FAIL)
                    .forEach(test -> failed.add(test.name()));
        }
        return failed;
    }
}
