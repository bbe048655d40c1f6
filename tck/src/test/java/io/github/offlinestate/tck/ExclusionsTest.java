package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.tck.model.Overall;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExclusionsTest {
    @TempDir
    Path folder;

    @Test
    void anExcludedRuleIsAGapAndStaleWhereItWouldPass() throws IOException {
        TckReport report = judge("SET-7 | 2999-12-31 | jane | waits for the driver");
        RuleResult result = report.result(Rule.SET_7).orElseThrow();
        assertThat(result.verdict()).isEqualTo(Verdict.EXCLUDED);
        assertThat(result.message()).contains("waits for the driver", "jane", "2999-12-31", "stale");
        assertThat(report.notes()).anyMatch(note -> note.contains("stale"));
        assertThat(report.conclusion().overall()).isEqualTo(Overall.CONFORMANT_WITH_GAPS);
    }

    @Test
    void anExclusionThatHasExpiredFails() throws IOException {
        TckReport report = judge("# left out once\n\nSET-7 | 2020-01-31 | jane | waits for the driver");
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.result(Rule.SET_7).orElseThrow().message()).contains("expired");
        assertThat(report.passed()).isFalse();
    }

    @Test
    void anExclusionIsWarnedOfBeforeItExpires() throws IOException {
        LocalDate soon = LocalDate.now(ZoneId.systemDefault()).plusDays(Exclusions.WARN_DAYS);
        TckReport report = judge("SET-7 | " + soon + " | jane | waits for the driver");
        assertThat(report.notes()).anyMatch(note -> note.contains("ends within"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SET-7 | jane; RULE | YYYY-MM-DD | owner | reason",
                "SET-99 | 2999-12-31 | jane | x; no rule SET-99",
                "SET-7 | soon | jane | x; a date as",
                "SET-7 | 2999-12-31 | | x; an owner and a reason",
                "NOTIFY-12 | 2999-12-31 | jane | x; is a SHOULD"
            })
    void aWrongLineIsNamed(String line, String expected) {
        assertThatThrownBy(() -> judge("\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exclusions.txt:2")
                .hasMessageContaining(expected);
    }

    @Test
    void aRuleThatIsNewerThanTheContractFailsNothing() {
        TckOptions options = TckOptions.defaults().with("rule", "SET-7").with("contract", "0.9");
        TckReport report = run(options);
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.NEW);
        assertThat(report.passed()).isTrue();
        assertThat(report.conclusion().reasons()).anyMatch(reason -> reason.contains("every rule is newer"));
    }

    @Test
    void anExclusionOfARuleThatIsNewerThanTheContractFailsNothingWhenItHasExpired() throws IOException {
        Path file =
                Files.writeString(folder.resolve("exclusions.txt"), "SET-7 | 2020-01-31 | jane | waits for the driver");
        TckReport report = run(TckOptions.defaults()
                .with("rule", "SET-7")
                .with("contract", "0.9")
                .with("exclude", file.toString()));
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.NEW);
    }

    @Test
    void noRuleIsNewerThanTheFirstVersionOfTheContract() {
        TckReport report = run(TckOptions.defaults().with("rule", "SET-7").with("contract", "1.0"));
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aFileOfAnEditorOnWindowsIsRead() throws IOException {
        TckReport report = judge("\uFEFFSET-7 | 2999-12-31 | jane | waits for the driver\r\n");
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.EXCLUDED);
    }

    private TckReport judge(String lines) throws IOException {
        Path file = Files.writeString(folder.resolve("exclusions.txt"), lines);
        return run(TckOptions.defaults().with("rule", "SET-7").with("exclude", file.toString()));
    }

    private static TckReport run(TckOptions options) {
        try (TckRunner runner = TckRunner.of(new MemoryFixture(), options, (rule, run) -> rule + " " + run.seed())) {
            return runner.run(TckListener.NONE);
        }
    }
}
