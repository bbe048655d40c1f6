package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.tck.TckOptions;
import io.github.offlinestate.tck.TckRunner;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.Subject;
import io.github.offlinestate.tck.model.Verdict;
import java.util.Arrays;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit, and nothing else, as the tests of the engine: what PIT runs in the profile {@code mutation}, in which this
 * class is named. The engine stands before sources that tell of their changes each in another way, so that what it
 * heals is seen to be healed.
 */
class EngineKit {
    private static final Set<Verdict> BROKEN = Set.of(Verdict.FAIL, Verdict.ERROR);
    private static final TckOptions OPTIONS =
            TckOptions.defaults().with("seed", "1").with("budget", "20s").with("patience", "2");

    /** What clients throw on purpose is not to fill the log of the run. */
    @BeforeAll
    static void quieten() {
        Logger root = Logger.getLogger("");
        Arrays.stream(root.getHandlers()).forEach(root::removeHandler);
    }

    @TestFactory
    Stream<DynamicTest> contract() {
        return Arrays.stream(UnevenSources.values())
                .flatMap(source -> Arrays.stream(Rule.values())
                        .filter(rule -> rule.subject() == Subject.PROVIDER)
                        .filter(rule -> rule.text().untestable().isEmpty())
                        .filter(source::shows)
                        .map(rule ->
                                DynamicTest.dynamicTest(source + " " + rule, () -> judge(source.fixture(), rule))));
    }

    /**
     * Where the machine stood still the kit has said nothing, and on a busy one a rule may fail that is kept: so a
     * failure has to come twice.
     */
    private static void judge(ProviderFixture fixture, Rule rule) {
        RuleResult result = once(fixture, rule);
        for (int again = 0; again < 3 && result.verdict() == Verdict.INCONCLUSIVE; again++) {
            result = once(fixture, rule);
        }
        if (BROKEN.contains(result.verdict())) {
            result = once(fixture, rule);
        }
        if (BROKEN.contains(result.verdict())) {
            throw new AssertionError(result.describe());
        }
    }

    private static RuleResult once(ProviderFixture fixture, Rule rule) {
        try (TckRunner runner = TckRunner.of(fixture, OPTIONS, (one, seed) -> one + " seed " + seed)) {
            return runner.judge(rule);
        }
    }
}
