package io.github.offlinestate.tck.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What follows from the rules' results for the provider as a whole.
 *
 * @param overall the verdict
 * @param reasons what it rests on: the broken rules, the gaps, what was not run; empty for a plain CONFORMANT
 * @param means how what the rules are about was made to happen, all together
 */
public record Conclusion(Overall overall, List<String> reasons, Set<Means> means) {
    private static final int LONGEST_MESSAGE = 300;

    /** Copied where it is made. */
    public Conclusion {
        reasons = List.copyOf(reasons);
        means = Set.copyOf(means);
    }

    /**
     * The conclusion from results.
     *
     * @param results the results to be taken into account
     * @param expected how many rules a whole run would have judged
     * @return the conclusion
     */
    static Conclusion of(Collection<RuleResult> results, int expected) {
        Set<Means> means = EnumSet.noneOf(Means.class);
        results.forEach(result -> means.addAll(result.means()));
        List<String> reasons = new ArrayList<>();
        List<String> errors = reasons(results, Verdict.ERROR, false);
        List<String> failures = reasons(results, Verdict.FAIL, true);
        List<String> gaps = new ArrayList<>();
        gaps.addAll(reasons(results, Verdict.NOT_VERIFIED, true));
        gaps.addAll(keptInPart(results));
        gaps.addAll(reasons(results, Verdict.INCONCLUSIVE, true));
        gaps.addAll(reasons(results, Verdict.EXCLUDED, true));
        if (results.size() < expected) {
            gaps.add("only " + results.size() + " of " + expected + " rules were run");
        }
        if (results.stream().allMatch(result -> result.verdict() == Verdict.NEW)) {
            gaps.add("every rule is newer than the version of the contract that was asked for");
        }
        reasons.addAll(errors);
        reasons.addAll(failures);
        reasons.addAll(gaps);
        if (results.isEmpty()) {
            return new Conclusion(Overall.ERROR, List.of("no rule was run"), means);
        }
        if (!errors.isEmpty()) {
            return new Conclusion(Overall.ERROR, reasons, means);
        }
        if (!failures.isEmpty()) {
            return new Conclusion(Overall.NOT_CONFORMANT, reasons, means);
        }
        return new Conclusion(gaps.isEmpty() ? Overall.CONFORMANT : Overall.CONFORMANT_WITH_GAPS, reasons, means);
    }

    /** A test that could not be run is none that passed, though others of its rule did. */
    private static List<String> keptInPart(Collection<RuleResult> results) {
        return results.stream()
                .filter(result -> result.isKeptInPart() && result.rule().level() == Level.MUST)
                .map(result -> result.rule() + " kept " + shortened(result.message()))
                .toList();
    }

    private static List<String> reasons(Collection<RuleResult> results, Verdict verdict, boolean mustOnly) {
        return results.stream()
                .filter(result -> result.verdict() == verdict)
                .filter(result -> !mustOnly || result.rule().level() == Level.MUST)
                .map(result -> result.rule() + " " + verdict.label() + ": "
                        + shortened(result.message().lines().findFirst().orElse("")))
                .toList();
    }

    /** The whole message stands with its rule. */
    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "\u2026";
    }

    @Override
    public String toString() {
        return overall.label() + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons));
    }
}
