package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.model.Overall;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import io.github.offlinestate.tck.report.ConsoleReport;
import io.github.offlinestate.tck.report.Reports;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fixture that can do nothing leaves unseen is told as that. */
class GapsTest {
    @TempDir
    Path folder;

    @Test
    void aRuleOfWhichATestCouldNotBeRunIsAGap() throws IOException {
        TckReport report = run(Rule.NOTIFY_1);
        RuleResult result = report.result(Rule.NOTIFY_1).orElseThrow();
        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.message()).startsWith("in part: ");
        assertThat(report.conclusion().overall()).isEqualTo(Overall.CONFORMANT_WITH_GAPS);
        assertThat(report.conclusion().reasons())
                .anyMatch(reason -> reason.startsWith("NOTIFY-1 kept in part: ") && reason.contains("ProviderControl"));
        assertThat(ConsoleReport.of(report)).contains("NOTIFY-1 kept in part: ");
        for (Path file : Reports.write(report, folder)) {
            if (file.toString().endsWith(".md")) {
                assertThat(file).content().contains("| NOTIFY-1 | pass | in part: ");
            }
        }
    }

    private static TckReport run(Rule rule) {
        try (TckRunner runner = TckRunner.of(
                () -> PreparedProvider.of(new MemoryProvider(), MemoryProvider.PROFILE),
                TckOptions.defaults().with("rule", rule.id()),
                (one, run) -> one + " " + run.seed())) {
            return runner.run(TckListener.NONE);
        }
    }
}
