package io.github.offlinestate.tck;

import io.github.offlinestate.tck.backend.BackendFixture;
import io.github.offlinestate.tck.check.Check;
import io.github.offlinestate.tck.check.CheckExecutor;
import io.github.offlinestate.tck.check.ProviderChecks;
import io.github.offlinestate.tck.check.ProviderTrial;
import io.github.offlinestate.tck.check.RunSettings;
import io.github.offlinestate.tck.check.Trial;
import io.github.offlinestate.tck.check.backend.BackendChecks;
import io.github.offlinestate.tck.check.backend.BackendTrial;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Machine;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.RuleText;
import io.github.offlinestate.tck.model.SubjectInfo;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.TestResult;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Runs the kit. Every way of running it comes through here, so the verdict is the same: a test class
 * ({@link OfflineStateProviderTck}) asks for one rule after the other, a program runs all.
 *
 * <p>Not for several threads at a time.
 */
public final class TckRunner implements AutoCloseable {
    private final List<Check> checks;
    private final TckOptions options;
    private final Reproduce reproduce;
    private final Exclusions exclusions;
    private final Budget budget;
    private final SubjectInfo subject;
    private final CheckExecutor executor;
    private final List<Rule> rules;
    private final Map<Rule, RuleResult> results = new EnumMap<>(Rule.class);
    private final List<String> notes;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();

    private TckRunner(
            List<Check> checks,
            TckOptions options,
            Reproduce reproduce,
            FirstLook.Seen seen,
            RunSettings settings,
            BiFunction<Rule, RunSettings, Trial> trials) {
        this.checks = checks;
        this.options = options;
        this.reproduce = reproduce;
        this.exclusions = options.exclusions().map(Exclusions::read).orElse(Exclusions.NONE);
        this.budget = Budget.of(options, checks);
        this.subject = seen.subject();
        this.notes = new ArrayList<>(seen.notes());
        this.rules = Arrays.stream(Rule.values())
                .filter(rule -> rule.subject() == subject.kind())
                .filter(options::selects)
                .toList();
        // The last, for it has a thread.
        this.executor = new CheckExecutor(settings, rule -> trials.apply(rule, settings.withSlice(budget.slice())));
    }

    /**
     * Makes a run of a provider ready: asks the fixture for a provider once, to see whether it can work here.
     *
     * @param fixture the fixture
     * @param options how the run is to be done
     * @param reproduce makes the line to paste that runs a rule again
     * @return the run
     * @throws IllegalArgumentException where the options cannot be followed, as where the exclusions cannot be read
     * @throws IllegalStateException where the fixture cannot make a provider ready, or not in time
     */
    public static TckRunner of(ProviderFixture fixture, TckOptions options, Reproduce reproduce) {
        RunSettings settings = settings(options, fixture.inTime());
        FirstLook.Seen seen = new ProviderLook(fixture).within(settings.inTime());
        return new TckRunner(
                ProviderChecks.all(),
                options,
                reproduce,
                seen,
                settings,
                (rule, its) -> new ProviderTrial(rule, its, fixture));
    }

    /**
     * Makes a run of a backend ready: asks the fixture for its factory once, to see who is judged.
     *
     * @param fixture the fixture
     * @param options how the run is to be done
     * @param reproduce makes the line to paste that runs a rule again
     * @return the run
     * @throws IllegalArgumentException where the options cannot be followed, as where the exclusions cannot be read
     * @throws IllegalStateException where the fixture cannot make a backend ready, or not in time
     */
    public static TckRunner of(BackendFixture fixture, TckOptions options, Reproduce reproduce) {
        RunSettings settings = settings(options, fixture.inTime());
        FirstLook.Seen seen = new BackendLook(fixture).within(settings.inTime());
        return new TckRunner(
                BackendChecks.all(),
                options,
                reproduce,
                seen,
                settings,
                (rule, its) -> new BackendTrial(rule, its, fixture));
    }

    static Optional<String> version(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion());
    }

    private static RunSettings settings(TckOptions options, Duration inTime) {
        return new RunSettings(
                options.seed(), Duration.ofMillis((long) (inTime.toMillis() * options.patience())), Budget.MOST);
    }

    /**
     * Who is judged.
     *
     * @return as seen before the first rule
     */
    public SubjectInfo subject() {
        return subject;
    }

    /**
     * The rules of this run, in the contract's order.
     *
     * @return none where the subject cannot work here
     */
    public List<Rule> rules() {
        return subject.unavailable().isPresent() ? List.of() : rules;
    }

    /**
     * Runs the tests of one rule, once: asked again it gives the same result.
     *
     * @param rule one of {@link #rules()}
     * @return the result
     */
    public RuleResult judge(Rule rule) {
        RuleResult known = results.get(rule);
        if (known != null) {
            return known;
        }
        RuleResult result = judged(rule);
        results.put(rule, result);
        return result;
    }

    private RuleResult judged(Rule rule) {
        RuleText text = rule.text();
        if (text.untestable().isPresent()) {
            return result(rule, Verdict.UNTESTABLE, text.untestable().get(), List.of());
        }
        List<TestResult> tests = new ArrayList<>();
        for (Check check : checks) {
            if (check.rule() == rule) {
                tests.add(executor.run(check));
                budget.testDone();
            }
        }
        RuleResult plain = combined(rule, tests);
        if (isNewer(rule)) {
            // An exclusion of it that has expired fails nothing either; that the kit or the fixture broke is said.
            return plain.verdict() == Verdict.ERROR ? plain : newer(plain);
        }
        return exclusions
                .of(rule)
                .map(exclusion -> excluded(plain, exclusion, LocalDate.now(ZoneId.systemDefault())))
                .orElse(plain);
    }

    private RuleResult combined(Rule rule, List<TestResult> tests) {
        if (tests.isEmpty()) {
            return result(rule, Verdict.ERROR, "the kit has no test of this rule", tests);
        }
        for (Verdict verdict :
                List.of(Verdict.ERROR, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.NOT_VERIFIED)) {
            Optional<TestResult> decisive =
                    tests.stream().filter(test -> test.verdict() == verdict).findFirst();
            if (decisive.isPresent()) {
                String message = verdict == Verdict.PASS
                        ? notShown(tests)
                        : decisive.get().message();
                return result(rule, verdict, message, tests);
            }
        }
        return result(rule, Verdict.NOT_APPLICABLE, tests.get(0).message(), tests);
    }

    /** Which of the tests of a rule that is kept could not be made to happen. */
    private static String notShown(List<TestResult> tests) {
        return tests.stream()
                .filter(test -> test.verdict() == Verdict.NOT_VERIFIED)
                .map(test -> "in part: " + test.name() + " was not verified: " + test.message())
                .collect(Collectors.joining("; "));
    }

    private RuleResult excluded(RuleResult plain, Exclusions.Exclusion exclusion, LocalDate today) {
        if (exclusion.isExpired(today)) {
            return result(
                    plain.rule(),
                    Verdict.FAIL,
                    "its exclusion has expired: " + exclusion + "; without it: "
                            + plain.verdict().label() + " " + plain.message(),
                    plain.tests());
        }
        if (exclusion.expiresSoon(today)) {
            notes.add("the exclusion of " + plain.rule() + " ends within " + Exclusions.WARN_DAYS + " days: "
                    + exclusion);
        }
        boolean stale = plain.verdict() == Verdict.PASS;
        if (stale) {
            notes.add("the exclusion of " + plain.rule() + " is stale: the rule is kept now");
        }
        return result(
                plain.rule(),
                Verdict.EXCLUDED,
                exclusion + "; "
                        + (stale
                                ? "stale: without it the rule passes"
                                : "without it: " + plain.verdict().label() + " " + plain.message()),
                plain.tests());
    }

    private boolean isNewer(Rule rule) {
        return compare(rule.text().since(), options.contractVersion()) > 0;
    }

    private RuleResult newer(RuleResult plain) {
        return result(
                plain.rule(),
                Verdict.NEW,
                "new in version " + plain.rule().text().since() + " of the contract; "
                        + plain.verdict().label() + " " + plain.message(),
                plain.tests());
    }

    static int compare(String version, String other) {
        return Arrays.compare(
                Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray(),
                Arrays.stream(other.split("\\.")).mapToInt(Integer::parseInt).toArray());
    }

    private RuleResult result(Rule rule, Verdict verdict, String message, List<TestResult> tests) {
        Duration took = tests.stream().map(TestResult::took).reduce(Duration.ZERO, Duration::plus);
        return new RuleResult(rule, verdict, message, tests, took, reproduce.line(rule, options));
    }

    /**
     * Runs all rules that have not been run yet.
     *
     * @param listener is told how it goes on
     * @return what was found out
     */
    public TckReport run(TckListener listener) {
        List<Rule> all = rules();
        for (int index = 0; index < all.size(); index++) {
            listener.started(all.get(index), index, all.size());
            listener.finished(judge(all.get(index)));
        }
        return report();
    }

    /**
     * What was found out until now.
     *
     * @return the report
     */
    public TckReport report() {
        String version = TckRunner.class.getPackage().getImplementationVersion();
        return new TckReport(
                version == null ? "development" : version,
                options.contractVersion(),
                subject,
                Machine.here(),
                started,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                options.seed(),
                options.patience(),
                options.basis(),
                options.strict(),
                options.allowUnavailable(),
                List.copyOf(results.values()),
                allNotes());
    }

    private List<String> allNotes() {
        List<String> all = new ArrayList<>(notes);
        String cut = results.values().stream()
                .filter(TckRunner::wasCut)
                .map(result -> result.rule().id())
                .collect(Collectors.joining(", "));
        if (!cut.isEmpty()) {
            all.add("repetitions were cut" + budget.reason() + ": " + cut);
        }
        return all;
    }

    private static boolean wasCut(RuleResult result) {
        return result.tests().stream().flatMap(test -> test.notes().stream()).anyMatch(Trial::isOfCut);
    }

    @Override
    public void close() {
        executor.close();
    }
}
