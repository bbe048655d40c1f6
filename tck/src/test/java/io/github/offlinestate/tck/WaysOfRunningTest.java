package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Level;
import io.github.offlinestate.tck.model.Overall;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.Subject;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The ways of running the kit give one verdict: a subclass, a suite, the concrete class (which is what Surefire's
 * dependenciesToScan selects), and the runner that the command line uses.
 */
class WaysOfRunningTest {
    private static final String RULES = "OPEN,CAP-4,STATE-2,SET-7,SET-12,ADVISE-4,NOTIFY-2,UNADVISE-1,CLOSE-2b,FIND";

    @BeforeEach
    void selectSomeRules(@TempDir Path reports) {
        System.setProperty(TckOptions.property("rule"), RULES);
        System.setProperty(TckOptions.property("seed"), "42");
        System.setProperty(TckOptions.property("fixture"), MemoryFixture.class.getName());
        System.setProperty(TckOptions.property("report"), reports.toString());
    }

    @AfterEach
    void selectAll() {
        for (String name : TckOptions.NAMES) {
            System.clearProperty(TckOptions.property(name));
        }
    }

    static class Subclass extends OfflineStateProviderTck {
        @Override
        public PreparedProvider prepare() {
            return new MemoryFixture().prepare();
        }
    }

    @Suite
    @SelectClasses(OfflineStateTckTest.class)
    static class AsSuite {}

    static class FaultySubclass extends OfflineStateProviderTck {
        @Override
        public PreparedProvider prepare() {
            return new ForgetfulFixture().prepare();
        }
    }

    @Test
    void allGiveTheSameVerdict() {
        Map<String, TestExecutionResult.Status> expected = byRunner(new MemoryFixture());
        assertThat(expected).isNotEmpty().containsEntry("verdict", TestExecutionResult.Status.SUCCESSFUL);
        assertSameByJUnit(Subclass.class, expected);
    }

    @Test
    void allGiveTheSameVerdictOnOneThatBreaksTwoRules() {
        System.setProperty(TckOptions.property("fixture"), ForgetfulFixture.class.getName());
        Map<String, TestExecutionResult.Status> expected = byRunner(new ForgetfulFixture());
        assertThat(expected).containsEntry("SET-7", TestExecutionResult.Status.SUCCESSFUL);
        expected.forEach((rule, status) -> assertThat(status == TestExecutionResult.Status.FAILED)
                .as(rule)
                .isEqualTo(Set.of("ADVISE-4", "NOTIFY-2", "verdict").contains(rule)));
        assertSameByJUnit(FaultySubclass.class, expected);
    }

    private static void assertSameByJUnit(Class<?> subclass, Map<String, TestExecutionResult.Status> expected) {
        assertThat(byJUnit(subclass)).as("subclass").isEqualTo(expected);
        assertThat(byJUnit(OfflineStateTckTest.class)).as("concrete class").isEqualTo(expected);
        assertThat(byJUnit(AsSuite.class)).as("suite").isEqualTo(expected);
    }

    @Test
    void aBackendIsJudgedByASubclassAsByTheRunnerAndKeepsEveryRule() {
        System.setProperty(TckOptions.property("rule"), "BACKEND");
        TckOptions options = TckOptions.fromEnvironment();
        try (TckRunner runner =
                TckRunner.of(new SimulatedBackendTckTest(), options, (rule, run) -> rule + " " + run.seed())) {
            TckReport report = runner.run(TckListener.NONE);
            assertThat(report.results())
                    .hasSameSizeAs(rulesOfBackends())
                    .allSatisfy(result ->
                            assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.PASS));
            assertThat(report.conclusion().overall()).isEqualTo(Overall.CONFORMANT);
            assertThat(byJUnit(SimulatedBackendTckTest.class)).isEqualTo(statuses(report));
        }
    }

    private static List<Rule> rulesOfBackends() {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.subject() == Subject.BACKEND)
                .toList();
    }

    @Test
    void oneRuleIsSelectedByTheSamePropertyInAll() {
        System.setProperty(TckOptions.property("rule"), "ADVISE-4");
        Map<String, TestExecutionResult.Status> expected = byRunner(new MemoryFixture());
        assertThat(expected)
                .containsOnly(
                        entry("ADVISE-4", TestExecutionResult.Status.SUCCESSFUL),
                        entry("verdict", TestExecutionResult.Status.SUCCESSFUL));
        assertSameByJUnit(Subclass.class, expected);
    }

    @Test
    void aSelectionOfNothingFails() {
        System.setProperty(TckOptions.property("rule"), "BACKEND-1");
        assertThat(byJUnit(Subclass.class)).containsEntry("contract()", TestExecutionResult.Status.FAILED);
    }

    @Test
    void aFixtureThatIsNotFoundFails() {
        System.setProperty(TckOptions.property("fixture"), "com.example.Missing");
        assertThat(byJUnit(OfflineStateTckTest.class)).containsEntry("contract()", TestExecutionResult.Status.FAILED);
    }

    /** Fails in its first run, keeps the contract in its second: a build that runs failed tests again. */
    static class FailsOnce extends OfflineStateProviderTck {
        private static int runs;

        @Override
        public PreparedProvider prepare() {
            PreparedProvider right = new MemoryFixture().prepare();
            return runs++ < 2 ? PreparedProvider.of(right.provider(), "no such profile") : right;
        }
    }

    @Test
    void aRepetitionThatPassesDoesNotTurnAFailureGreenNorItsReports(@TempDir Path reports) throws IOException {
        System.setProperty(TckOptions.property("rule"), "ADVISE-4");
        System.setProperty(TckOptions.property("report"), reports.toString());
        Map<String, TestExecutionResult.Status> failed =
                Map.of("ADVISE-4", TestExecutionResult.Status.FAILED, "verdict", TestExecutionResult.Status.FAILED);
        assertThat(byJUnit(FailsOnce.class)).isEqualTo(failed);
        Path badge = reports.resolve("tck-memory.svg");
        String red = Files.readString(badge);
        assertThat(red).contains("not conformant");
        assertThat(byJUnit(FailsOnce.class)).isEqualTo(failed);
        assertThat(badge).hasContent(red);
    }

    @Test
    void theReportsNameTheProviderAndNotWhatStandsInForIt() {
        TckOptions options = TckOptions.fromEnvironment();
        try (TckRunner runner = TckRunner.of(new MemoryFixture(), options, (rule, run) -> "")) {
            assertThat(runner.subject().className()).isEqualTo(MemoryProvider.class.getName());
        }
    }

    @Test
    void repetitionsThatWereCutAreSaid() {
        TckOptions options = TckOptions.defaults().with("rule", "ADVISE-2").with("budget", "1ms");
        try (TckRunner runner = TckRunner.of(new MemoryFixture(), options, (rule, run) -> "")) {
            assertThat(runner.run(TckListener.NONE).notes())
                    .contains("repetitions were cut for the budget of 1ms: ADVISE-2");
        }
    }

    private static Map<String, TestExecutionResult.Status> byRunner(ProviderFixture fixture) {
        TckOptions options = TckOptions.fromEnvironment();
        try (TckRunner runner = TckRunner.of(fixture, options, (rule, run) -> rule + " " + run.seed())) {
            return statuses(runner.run(TckListener.NONE));
        }
    }

    private static Map<String, TestExecutionResult.Status> statuses(TckReport report) {
        Map<String, TestExecutionResult.Status> statuses = new TreeMap<>();
        report.results().forEach(result -> statuses.put(result.rule().id(), status(result)));
        statuses.put(
                "verdict", report.passed() ? TestExecutionResult.Status.SUCCESSFUL : TestExecutionResult.Status.FAILED);
        return statuses;
    }

    private static TestExecutionResult.Status status(RuleResult result) {
        Rule rule = result.rule();
        boolean broken = result.verdict() == Verdict.FAIL && rule.level() == Level.MUST;
        if (broken || result.verdict() == Verdict.ERROR) {
            return TestExecutionResult.Status.FAILED;
        }
        return result.verdict() == Verdict.PASS
                ? TestExecutionResult.Status.SUCCESSFUL
                : TestExecutionResult.Status.ABORTED;
    }

    /** What JUnit says of each test, by the rule's id; of the container where it fails itself. */
    private static Map<String, TestExecutionResult.Status> byJUnit(Class<?> way) {
        Map<String, TestExecutionResult.Status> statuses = new TreeMap<>();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(way))
                        .build(),
                new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        boolean broken = result.getStatus() == TestExecutionResult.Status.FAILED;
                        if (test.isTest() || (broken && test.isContainer())) {
                            statuses.put(test.getDisplayName().split(" ")[0], result.getStatus());
                        }
                    }
                });
        return statuses;
    }
}
