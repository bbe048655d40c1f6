package io.github.offlinestate.tck;

import io.github.offlinestate.tck.check.Check;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a test may repeat what it repeats: its share of what is left of the time that the whole run is to take. What
 * a slow subject takes beyond that is taken from the tests that come after.
 */
final class Budget {
    /** Without a budget, or with an ample one. */
    static final Duration MOST = Duration.ofMillis(1500);

    private final Optional<Duration> whole;
    private final long begun = System.nanoTime();
    private int testsLeft;
    private boolean tight;

    private Budget(Optional<Duration> whole, int tests) {
        this.whole = whole;
        this.testsLeft = tests;
    }

    static Budget of(TckOptions options, List<Check> checks) {
        return new Budget(options.budget(), (int)
                checks.stream().filter(check -> options.selects(check.rule())).count());
    }

    /** For the test that comes next. */
    Duration slice() {
        Duration share = whole.map(budget -> budget.minusNanos(System.nanoTime() - begun))
                .map(left -> left.dividedBy(Math.max(1, testsLeft)))
                .orElse(MOST);
        if (share.compareTo(MOST) >= 0) {
            return MOST;
        }
        tight = true;
        return share.isNegative() ? Duration.ZERO : share;
    }

    void testDone() {
        testsLeft--;
    }

    /** Why repetitions were cut, where they were. */
    String reason() {
        return whole.filter(budget -> tight)
                .map(budget -> " for the budget of " + TckOptions.inWords(budget))
                .orElse(" to keep to the time");
    }
}
