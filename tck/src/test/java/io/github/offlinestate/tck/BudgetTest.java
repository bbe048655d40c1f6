package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.tck.check.Check;
import io.github.offlinestate.tck.check.ProviderChecks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final List<Check> ALL = ProviderChecks.all();

    @Test
    void withoutOneATestRepeatsForItsOwnTime() {
        Budget budget = Budget.of(TckOptions.defaults(), ALL);
        assertThat(budget.slice()).isEqualTo(Budget.MOST);
        assertThat(budget.reason()).isEqualTo(" to keep to the time");
    }

    @Test
    void anAmpleOneCutsNothing() {
        Budget budget = Budget.of(TckOptions.defaults().with("budget", "300m"), ALL);
        assertThat(budget.slice()).isEqualTo(Budget.MOST);
        assertThat(budget.reason()).isEqualTo(" to keep to the time");
    }

    @Test
    void eachTestHasItsShareOfWhatIsLeft() {
        Budget budget = Budget.of(TckOptions.defaults().with("budget", "100s"), ALL);
        Duration first = budget.slice();
        assertThat(first).isLessThanOrEqualTo(Duration.ofSeconds(100).dividedBy(ALL.size()));
        assertThat(budget.reason()).isEqualTo(" for the budget of 100s");
        for (int test = 1; test < ALL.size() / 2; test++) {
            budget.testDone();
        }
        assertThat(budget.slice()).as("the tests before took no time").isGreaterThan(first);
    }

    @Test
    void whatIsUsedUpLeavesNothing() {
        Budget budget = Budget.of(TckOptions.defaults().with("budget", "1ms"), ALL);
        assertThat(budget.slice()).isLessThan(Duration.ofMillis(1));
    }
}
