package io.github.offlinestate.tck.model;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the kit says of one rule.
 *
 * @param rule the rule
 * @param verdict the verdict
 * @param message why
 * @param tests what its tests have shown; empty where none was run
 * @param took how long they ran together
 * @param reproduce a line to paste that runs this rule again as it was run
 */
public record RuleResult(
        Rule rule, Verdict verdict, String message, List<TestResult> tests, Duration took, String reproduce) {
    /** Copied where it is made. */
    public RuleResult {
        tests = List.copyOf(tests);
    }

    /**
     * How what the rule is about was made to happen.
     *
     * @return all means that its tests used
     */
    public Set<Means> means() {
        Set<Means> all = EnumSet.noneOf(Means.class);
        tests.forEach(test -> all.addAll(test.means()));
        return all;
    }

    /**
     * Whether the rule is known to be kept in part only.
     *
     * @return true where a test of it could not be run, and the others passed
     */
    public boolean isKeptInPart() {
        return verdict == Verdict.PASS && tests.stream().anyMatch(test -> test.verdict() == Verdict.NOT_VERIFIED);
    }

    /**
     * The test that decided.
     *
     * @return the first one with this result's verdict
     */
    public Optional<TestResult> decisive() {
        return tests.stream().filter(test -> test.verdict() == verdict).findFirst();
    }

    /**
     * Everything that a person needs who looks for the mistake: the rule and its source, what was expected and seen,
     * where to look first, the whole history with threads and times, the threads where something hung, and the line
     * that reproduces it.
     *
     * @return several lines, ended by a line feed
     */
    public String describe() {
        return RuleDescription.of(this);
    }
}
