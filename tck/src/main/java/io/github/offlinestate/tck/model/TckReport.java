package io.github.offlinestate.tck.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything that a run of the kit has found out.
 *
 * @param kitVersion the version of the kit; {@code development} where it was not run from a jar
 * @param contractVersion the version of the contract that was asked for
 * @param subject who was judged
 * @param machine what it ran on
 * @param started when
 * @param took how long
 * @param seed what the random choices were drawn from
 * @param patience what every waiting was multiplied with
 * @param basis the rules' basis that the run was held to; empty for both
 * @param strict whether gaps fail the run
 * @param unavailableAllowed whether a provider that says that it cannot work here passes the run
 * @param results one for each rule that was run, in the contract's order
 * @param notes what else is to be said of the run: warnings of exclusions, repetitions that were cut
 */
public record TckReport(
        String kitVersion,
        String contractVersion,
        SubjectInfo subject,
        Machine machine,
        Instant started,
        Duration took,
        long seed,
        double patience,
        Optional<Basis> basis,
        boolean strict,
        boolean unavailableAllowed,
        List<RuleResult> results,
        List<String> notes) {
    /** Copied where it is made. */
    public TckReport {
        results = List.copyOf(results);
        notes = List.copyOf(notes);
    }

    /**
     * The conclusion for the full contract. A run that was held to one basis says here what it says for that basis.
     *
     * @return verdict and reasons
     */
    public Conclusion conclusion() {
        return conclude(text -> basis.isEmpty() || text.basis() == basis.get());
    }

    /**
     * The conclusion for the documented contract alone: the rules that the published pages state.
     *
     * @return verdict and reasons
     */
    public Conclusion documentedConclusion() {
        return conclude(text -> text.basis() == Basis.REFERENCE);
    }

    /**
     * The result of one rule.
     *
     * @param rule the rule
     * @return its result, or nothing where it was not run
     */
    public Optional<RuleResult> result(Rule rule) {
        return results.stream().filter(result -> result.rule() == rule).findFirst();
    }

    /**
     * Whether the run passes: conformant; with gaps unless strict; unavailable where that is allowed.
     *
     * @return what decides between exit code 0 and another
     */
    public boolean passed() {
        return switch (conclusion().overall()) {
            case CONFORMANT -> true;
            case CONFORMANT_WITH_GAPS -> !strict;
            case UNAVAILABLE -> unavailableAllowed;
            case NOT_CONFORMANT, ERROR -> false;
        };
    }

    private Conclusion conclude(Predicate<RuleText> counts) {
        if (subject.unavailable().isPresent()) {
            return new Conclusion(
                    Overall.UNAVAILABLE, List.of(subject.unavailable().get()), Set.of());
        }
        int expected = (int) Contract.current().areas().stream()
                .map(Contract.Area::rules)
                .flatMap(Collection::stream)
                .filter(text -> text.subject() == subject.kind())
                .filter(counts)
                .count();
        return Conclusion.of(
                results.stream()
                        .filter(result -> counts.test(result.rule().text()))
                        .toList(),
                expected);
    }
}
