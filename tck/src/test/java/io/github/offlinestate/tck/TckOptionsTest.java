package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.tck.model.Basis;
import io.github.offlinestate.tck.model.Rule;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TckOptionsTest {
    @Test
    void rulesAndAreasAreSelectedTogether() {
        TckOptions options =
                TckOptions.defaults().with("rule", "advise-7, FIND").with("basis", "reference");
        assertThat(options.selects(Rule.ADVISE_7)).isTrue();
        assertThat(options.selects(Rule.FIND_1)).isTrue();
        assertThat(options.selects(Rule.FIND_2)).as("a decision").isFalse();
        assertThat(options.selects(Rule.ADVISE_6)).isFalse();
        assertThat(options.basis()).contains(Basis.REFERENCE);
    }

    @Test
    void aPropertyGoesBeforeAVariable() {
        Map<String, String> properties = Map.of("offlinestate.tck.seed", "1");
        Map<String, String> variables =
                Map.of("OFFLINESTATE_TCK_SEED", "2", "OFFLINESTATE_TCK_ALLOW_UNAVAILABLE", "true");
        TckOptions options = TckOptions.from(properties::get, variables::get);
        assertThat(options.seed()).isEqualTo(1);
        assertThat(options.allowUnavailable()).isTrue();
    }

    @Test
    void aBudgetIsADuration() {
        assertThat(TckOptions.defaults().with("budget", "5m").budget()).contains(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "rule, NOTHING-1, there is no rule NOTHING-1",
        "basis, both, reference or decision",
        "seed, x, a whole number",
        "patience, -1, more than 0",
        "patience, NaN, more than 0",
        "budget, 5, a number and ms",
        "contract, one, a version",
        "contract, 99.0, all that this kit knows",
        "rule, 'SET-7,', rules or areas separated by commas",
        "report, '', a path",
        "strict, yes, true or false",
        "colour, red, there is no option colour"
    })
    void whatCannotBeIsRefused(String name, String value, String expected) {
        assertThatThrownBy(() -> TckOptions.defaults().with(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void aRepetitionIsToldWhatTheRunWasTold() {
        assertThat(TckOptions.defaults().told()).isEmpty();
        TckOptions options = TckOptions.defaults();
        for (Map.Entry<String, String> told : TOLD.entrySet()) {
            options = options.with(told.getKey(), told.getValue());
        }
        assertThat(options.told()).containsExactlyInAnyOrderEntriesOf(TOLD);
    }

    private static final Map<String, String> TOLD = Map.of(
            "patience", "2.5",
            "budget", "90s",
            "exclude", "exclusions.txt",
            "contract", "0.9",
            "fixture", "com.example.MyFixture");
}
