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
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the kit says of entries. */
final class Judged {
    private static final Reproduce NO_LINE = (rule, seed) -> rule + " seed " + seed;

    private Judged() {}

    /** Where the machine stood still the kit has said nothing of a rule, so it is asked again, a few times. */
    static Map<Rule, RuleResult> by(CatalogueEntry entry, Set<Rule> rules) {
        return by(entry, rules, TckOptions.defaults());
    }

    static Map<Rule, RuleResult> by(CatalogueEntry entry, Set<Rule> rules, TckOptions run) {
        Map<Rule, RuleResult> results = new EnumMap<>(Rule.class);
        Set<Rule> open = rules;
        for (int turn = 0; turn < 10 && !open.isEmpty(); turn++) {
            for (RuleResult result : once(entry, run.withRules(open)).results()) {
                results.put(result.rule(), result);
            }
            open = unclear(results.values());
        }
        return results;
    }

    /** In one of a rule's tests, although another may have decided. */
    private static Set<Rule> unclear(Collection<RuleResult> results) {
        return results.stream()
                .filter(result -> result.tests().stream().anyMatch(test -> test.verdict() == Verdict.INCONCLUSIVE))
                .map(RuleResult::rule)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    }

    private static TckReport once(CatalogueEntry entry, TckOptions options) {
        try (TckRunner runner = entry.provider()
                .map(fixture -> TckRunner.of(fixture, options, NO_LINE))
                .orElseGet(() -> TckRunner.of(entry.backend().orElseThrow(), options, NO_LINE))) {
            return runner.run(TckListener.NONE);
        }
    }

    /** Those rules that have a verdict, with what was said where it may be read. */
    static Map<Rule, String> with(Map<Rule, RuleResult> results, Verdict... verdicts) {
        Set<Verdict> wanted = EnumSet.copyOf(Arrays.asList(verdicts));
        Map<Rule, String> found = new TreeMap<>();
        results.forEach((rule, result) -> {
            if (wanted.contains(result.verdict())) {
                found.put(rule, result.message());
            }
        });
        return found;
    }
}
