package io.github.offlinestate.tck.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.TestResult;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was waited for in vain while the machine stood still says nothing of the provider, and is never a pass. */
class StandstillTest {
    private static final RunSettings SETTINGS = new RunSettings(1, Duration.ofSeconds(60), Duration.ofSeconds(1));
    private static final String IN_VAIN = "expected that the state changes; it did not within 10 s";
    private static final String THREADS = "the threads";

    /** The clock of the machine that stands still: it goes on by leaps alone, and began ten seconds ago. */
    private final AtomicLong clock =
            new AtomicLong(System.nanoTime() - Duration.ofSeconds(10).toNanos());

    private final AtomicLong looks = new AtomicLong();
    private final Queue<Consumer<Trial>> attempts = new ConcurrentLinkedQueue<>();

    private final CheckExecutor executor =
            new CheckExecutor(SETTINGS, rule -> new Scripted(rule, attempts.remove()), new Canary(() -> {
                looks.incrementAndGet();
                return clock.get();
            }));

    /** Does at each attempt what the test says. */
    private static final class Scripted extends Trial {
        private final Consumer<Trial> script;

        Scripted(Rule rule, Consumer<Trial> script) {
            super(rule, SETTINGS);
            this.script = script;
        }

        @Override
        protected void prepare() {}
    }

    static final class Checked {
        @Checks(Rule.STATE_1)
        void doesAsTold(Scripted trial) {
            trial.script.accept(trial);
        }
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void aPassAfterItDoesNotCount() {
        TestResult result = run(inVain(9.8), trial -> {});
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.message()).matches("the machine stood still 9\\.8 of \\d+\\.\\d s; " + IN_VAIN);
        assertThat(result.notes()).containsExactly("repeated: pass, which does not count");
        assertThat(result.threadDump()).contains(THREADS);
        assertThat(attempts).isEmpty();
    }

    @Test
    void aFailureAfterItCounts() {
        TestResult result = run(inVain(9.8), trial -> trial.expect(false, "expected another state"));
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.message()).isEqualTo("expected another state");
    }

    @Test
    void waitingInVainAgainCountsWhereTheMachineWentOn() {
        TestResult result = run(inVain(9.8), inVain(0));
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.message()).isEqualTo(IN_VAIN);
    }

    @Test
    void standingStillAgainDecidesNothingEither() {
        TestResult result = run(inVain(9.8), inVain(9.8));
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.message()).startsWith("the machine stood still 9.8 of ");
        assertThat(result.notes()).containsExactly("repeated: inconclusive, which does not count");
        assertThat(attempts).isEmpty();
    }

    @Test
    void standingStillForLessThanHalfOfTheTimeExcusesNothing() {
        TestResult result = run(inVain(4.9));
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.message()).isEqualTo(IN_VAIN);
    }

    @Test
    void whatRestsOnNoDeadlineIsJudgedAllTheSame() {
        TestResult failed = run(trial -> {
            standStill(9.8);
            trial.expect(false, "expected another state");
        });
        assertThat(failed.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(failed.message()).isEqualTo("expected another state");
        TestResult passed = run(trial -> standStill(9.8));
        assertThat(passed.verdict()).isEqualTo(Verdict.PASS);
    }

    /** One that is tried more often than is told here breaks. */
    @SafeVarargs
    private TestResult run(Consumer<Trial>... scripts) {
        attempts.addAll(List.of(scripts));
        return executor.run(Check.in(Checked.class).get(0));
    }

    /** Waits in vain from now on, for as much of the time as is left to the present while the machine stands still. */
    private Consumer<Trial> inVain(double seconds) {
        return trial -> {
            long since = clock.get();
            standStill(seconds);
            throw CheckFailure.timedOut(IN_VAIN, since, THREADS);
        };
    }

    private void standStill(double seconds) {
        awaitLooks(); // or the canary might not have looked before
        clock.addAndGet((long) (seconds * 1e9));
        awaitLooks();
    }

    /** Until it has looked, and has remembered what it saw: the second look is after that. */
    private void awaitLooks() {
        long before = looks.get();
        assertThat(CheckExecutor.waitThrough(Duration.ofSeconds(60), () -> looks.get() >= before + 2))
                .isTrue();
    }
}
