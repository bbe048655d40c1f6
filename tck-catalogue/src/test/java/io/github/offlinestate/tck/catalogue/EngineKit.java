package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.tck.TckOptions;
import io.github.offlinestate.tck.TckRunner;
import io.github.offlinestate.tck.check.CheckExecutor;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.Subject;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit, and nothing else, as the tests of the engine: what PIT runs in the profile {@code mutation}, in which this
 * class is named. The engine stands before sources that tell of their changes each in another way, so that what it
 * heals is seen to be healed.
 */
class EngineKit {
    private static final Set<Verdict> BROKEN = Set.of(Verdict.FAIL, Verdict.ERROR);
    private static final Duration THREADS_END = Duration.ofSeconds(20);
    private static final TckOptions OPTIONS =
            TckOptions.defaults().with("seed", "1").with("budget", "40s").with("patience", "2");

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
                        .map(rule -> DynamicTest.dynamicTest(source + " " + rule, () -> judge(source, rule))));
    }

    /** Seen in one rule alone, for threads take their time to end. */
    @Test
    void noThreadIsLeft() {
        EngineWatch watch = new EngineWatch();
        RuleResult ignored = once(UnevenSources.PLAIN.fixture(watch), Rule.NOTIFY_1);
        CheckExecutor.waitThrough(THREADS_END, () -> watch.threads().isEmpty());
        if (!watch.threads().isEmpty()) {
            throw new AssertionError("these threads do not end: " + watch.threads());
        }
    }

    /**
     * Where the machine stood still the kit has said nothing, and on a busy one a rule may fail that is kept: so a
     * failure has to come again, at once or the next time, for some depend on how threads meet.
     */
    private static void judge(UnevenSources source, Rule rule) {
        Optional<String> broken = once(source, rule);
        if (broken.isPresent()) {
            broken = once(source, rule).or(() -> once(source, rule));
        }
        broken.ifPresent(how -> {
            throw new AssertionError(how);
        });
    }

    /** How a rule is broken, or what is wrong with the engine besides. */
    private static Optional<String> once(UnevenSources source, Rule rule) {
        for (int attempt = 1; ; attempt++) {
            EngineWatch watch = new EngineWatch();
            RuleResult result = once(source.fixture(watch), rule);
            if (BROKEN.contains(result.verdict())) {
                return Optional.of(result.describe());
            }
            if (result.verdict() != Verdict.INCONCLUSIVE || attempt == 4) {
                List<String> wrong = watch.wrong();
                return wrong.isEmpty() ? Optional.empty() : Optional.of(rule + " is kept, but " + wrong);
            }
        }
    }

    private static RuleResult once(ProviderFixture fixture, Rule rule) {
        try (TckRunner runner = TckRunner.of(fixture, OPTIONS, (one, seed) -> one + " seed " + seed)) {
            return runner.judge(rule);
        }
    }
}
