package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.Overall;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine, on the plainest backend, keeps every rule of providers. */
class ConformanceOfTheEngineTest {
    /** What a fixture cannot show that is no service, lists no profile, and injects what it makes happen. */
    private static final Set<Rule> NOT_SHOWN_HERE = Set.of(Rule.LOST_5, Rule.FIND_1, Rule.FIND_2, Rule.FIND_6);

    @Test
    @Timeout(600)
    void everyRuleIsKept() {
        try (TckRunner runner =
                TckRunner.of(new MemoryFixture(), TckOptions.defaults(), (rule, run) -> rule + " " + run.seed())) {
            TckReport report = runner.run(TckListener.NONE);
            assertThat(report.results())
                    .filteredOn(result -> result.rule().text().untestable().isEmpty())
                    .filteredOn(result -> !NOT_SHOWN_HERE.contains(result.rule()))
                    .allSatisfy(result ->
                            assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.PASS));
            assertThat(report.results())
                    .filteredOn(result -> NOT_SHOWN_HERE.contains(result.rule()))
                    .extracting(RuleResult::verdict)
                    .containsOnly(Verdict.NOT_VERIFIED, Verdict.NOT_APPLICABLE);
            assertThat(report.conclusion().overall()).isEqualTo(Overall.CONFORMANT_WITH_GAPS);
            assertThat(report.conclusion().means()).contains(Means.API, Means.INJECTED);
        }
    }
}
