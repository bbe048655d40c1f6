package io.github.offlinestate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void aSpreadIsTheMedianOfTheForksBetweenTheLowestAndTheHighest() {
        assertThat(Spread.of(List.of(300.0, 100.0, 120.0))).hasToString("120 (100–300)");
        assertThat(Spread.of(List.of(4.0, 2.0)).dividedBy(2)).hasToString("1.50 (1.00–2.00)");
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(List.of(0.123, 9.994, 9.996, 12.34, 99.96, 1234.4))
                .extracting(Spread::number)
                .containsExactly("0.12", "9.99", "10.0", "12.3", "100", "1,234");
    }

    @Test
    void aLineIsFound() {
        Fit fit = Fit.of(Map.of(
                1, Spread.of(List.of(103.0)), 10, Spread.of(List.of(130.0)), 1_000, Spread.of(List.of(3_100.0))));
        assertThat(fit.constant()).isCloseTo(100, within(1e-6));
        assertThat(fit.slope()).isCloseTo(3, within(1e-6));
        assertThat(fit.distance()).isCloseTo(0, within(1e-6));
    }

    @Test
    void whatIsNoLineHasADistanceFromOne() {
        Fit fit = Fit.of(
                Map.of(1, Spread.of(List.of(1.0)), 10, Spread.of(List.of(100.0)), 100, Spread.of(List.of(10_000.0))));
        assertThat(fit.distance()).isGreaterThan(0.5);
    }

    @Test
    void aTableIsMarkdownWithItsGoalsBelow() {
        Table table = new Table("what", "ns")
                .row("it", "3")
                .remark("remark")
                .goal("at most 2", 3, 2)
                .goal("at most 4", 3, 4);
        assertThat(table).hasToString("""
                        | what | ns |
                        |---|---:|
                        | it | 3 |

                        - remark
                        - Goal: at most 2: **missed** (3.00)
                        - Goal: at most 4: met (3.00)
                        """);
        assertThat(table.withoutGoals()).contains("- remark").doesNotContain("Goal");
    }

    @Test
    void aTableIsPutBetweenItsMarks() {
        String page = "a\n<!-- table: x -->\nold\n<!-- end -->\nb\n<!-- table: y -->\nother\n<!-- end -->\n";
        String written = Page.with(page, "x", "new\n");
        assertThat(Page.at(written, "x")).isEqualTo("new");
        assertThat(Page.at(written, "y")).isEqualTo("other");
        assertThat(written).startsWith("a\n").contains("\nb\n");
        assertThatThrownBy(() -> Page.with(page, "z", "new")).hasMessageContaining("no place for z");
    }
}
