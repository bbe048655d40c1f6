package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.tck.Reproduce;
import io.github.offlinestate.tck.TckListener;
import io.github.offlinestate.tck.TckOptions;
import io.github.offlinestate.tck.TckRunner;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the kit says of entries. */
final class Judged {
    private static final Reproduce NO_LINE = (rule, seed) -> rule + " seed " + seed;

    private Judged() {}

    /** Where the machine stood still the kit has said nothing, so it is asked again, a few times. */
    static TckReport by(CatalogueEntry entry, Set<Rule> rules) {
        return by(entry, rules, TckOptions.defaults());
    }

    static TckReport by(CatalogueEntry entry, Set<Rule> rules, TckOptions run) {
        TckOptions options = run.withRules(rules);
        TckReport report = once(entry, options);
        for (int again = 0; again < 9 && stoodStill(report); again++) {
            report = once(entry, options);
        }
        return report;
    }

    /** In one of a rule's tests, although another may have decided. */
    private static boolean stoodStill(TckReport report) {
        return report.results().stream()
                .flatMap(result -> result.tests().stream())
                .anyMatch(test -> test.verdict() == Verdict.INCONCLUSIVE);
    }

    private static TckReport once(CatalogueEntry entry, TckOptions options) {
        try (TckRunner runner = entry.provider()
                .map(fixture -> TckRunner.of(fixture, options, NO_LINE))
                .orElseGet(() -> TckRunner.of(entry.backend().orElseThrow(), options, NO_LINE))) {
            return runner.run(TckListener.NONE);
        }
    }

    /** Those rules of a report that have a verdict, with what was said where it may be read. */
    static Map<Rule, String> with(TckReport report, Verdict... verdicts) {
        Set<Verdict> wanted = EnumSet.copyOf(Arrays.asList(verdicts));
        Map<Rule, String> found = new TreeMap<>();
        for (RuleResult result : report.results()) {
            if (wanted.contains(result.verdict())) {
                found.put(result.rule(), result.message());
            }
        }
        return found;
    }
}
