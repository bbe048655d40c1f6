package io.github.offlinestate.tck.check;

import io.github.offlinestate.tck.fixture.HookMissingException;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.TestResult;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs tests, each on a thread of its own and in bounded time, and says what each has shown. What hangs is left behind
 * with its thread; the next test begins on another.
 */
public final class CheckExecutor implements AutoCloseable {
    /** A whole test may take this many times what one waiting may. */
    private static final int WHOLE_TEST = 4;
    /** How often a failure is tried again that somebody else's change got in the way of. */
    private static final int DISTURBED_ATTEMPTS = 30;

    private static final String KIT_PACKAGE = CheckExecutor.class.getPackageName() + ".";

    private final Canary canary;
    private final RunSettings settings;
    private final Function<Rule, Trial> trials;

    /**
     * Runs tests.
     *
     * @param settings what they have in common
     * @param trials makes what each runs in
     */
    public CheckExecutor(RunSettings settings, Function<Rule, Trial> trials) {
        this(settings, trials, new Canary());
    }

    CheckExecutor(RunSettings settings, Function<Rule, Trial> trials, Canary canary) {
        this.settings = settings;
        this.trials = trials;
        this.canary = canary;
    }

    /**
     * Runs a test.
     *
     * @param check the test
     * @return what it has shown
     */
    public TestResult run(Check check) {
        long since = System.nanoTime();
        Attempt first = attempt(check, since);
        return first.stoodStill() ? repeatInconclusive(check, first.result()) : first.result();
    }

    /** Tries once more what the machine got in the way of; a failure counts then, a pass does not. */
    private TestResult repeatInconclusive(Check check, TestResult first) {
        TestResult second = undisturbed(check);
        if (second.verdict() == Verdict.FAIL) {
            return second;
        }
        List<String> notes = new ArrayList<>(first.notes());
        notes.add("repeated: " + second.verdict().label() + ", which does not count");
        return inconclusive(first, first.message(), first.took().plus(second.took()), notes);
    }

    private static TestResult noted(TestResult shown, List<String> notes) {
        return other(shown, shown.verdict(), shown.message(), shown.took(), notes);
    }

    /** What one attempt has shown, where it decides nothing. */
    private static TestResult inconclusive(TestResult shown, String message, Duration took, List<String> notes) {
        return other(shown, Verdict.INCONCLUSIVE, message, took, notes);
    }

    private static TestResult other(
            TestResult shown, Verdict verdict, String message, Duration took, List<String> notes) {
        return new TestResult(
                shown.name(),
                verdict,
                message,
                took,
                shown.means(),
                notes,
                shown.events(),
                shown.eventsLeftOut(),
                shown.threadDump());
    }

    /** What trying once has shown, and how much it weighs where it is a failure. */
    private record Attempt(TestResult result, int weight) {
        boolean stoodStill() {
            return result.verdict() == Verdict.INCONCLUSIVE && weight == Trial.ENOUGH;
        }

        Attempt noting(String note) {
            List<String> notes = new ArrayList<>(result.notes());
            notes.add(note);
            return new Attempt(noted(result, notes), weight);
        }
    }

    private TestResult undisturbed(Check check) {
        return attempt(check, System.nanoTime()).result();
    }

    /** Tries until a test passes, or has failed often enough that its failures are the subject's. */
    private Attempt attempt(Check check, long since) {
        long deadline = since + settings.inTime().multipliedBy(2).toNanos();
        int weight = 0;
        for (int attempts = 1; ; attempts++) {
            Attempt attempt = once(check, since);
            weight += attempt.weight();
            if (attempt.result().verdict() != Verdict.FAIL || weight >= Trial.ENOUGH) {
                return attempts == 1
                        ? attempt
                        : attempt.noting("tried " + attempts + " times, for the state may have been"
                                + " changed by somebody else before; the last counts");
            }
            if (attempts == DISTURBED_ATTEMPTS || System.nanoTime() - deadline > 0) {
                TestResult last = attempt.result();
                String message =
                        "somebody else changed the state in " + attempts + " attempts; the last: " + last.message();
                return new Attempt(inconclusive(last, message, last.took(), last.notes()), weight);
            }
        }
    }

    private Attempt once(Check check, long since) {
        long begun = System.nanoTime();
        Trial trial = trials.apply(check.rule());
        Body body = new Body(check, trial);
        Thread thread = new Thread(body, "tck-" + check.rule().id());
        thread.setDaemon(true);
        thread.start();
        Duration limit = settings.inTime().multipliedBy(WHOLE_TEST).plus(settings.slice());
        if (!waitThrough(limit, () -> body.done)) {
            String dump = ThreadDump.take();
            trial.abandon();
            StackTraceElement[] stack = thread.getStackTrace();
            String hung = "hung for " + Trial.inWords(limit) + where(stack) + "\n" + top(stack);
            body.outcome = body.prepared
                    ? CheckFailure.timedOut("expected that the test comes to an end; it " + hung, begun, dump)
                    : new FixtureFailure("prepare()", new TimeoutException("it " + hung));
        }
        TestResult result = result(check, trial, body.outcome, since);
        int weight = trial.weightOfFailure();
        cleanUp(trial);
        return new Attempt(noted(result, trial.notes()), weight); // the cleaning up may have something to say, too
    }

    private static final class Body implements Runnable {
        private final Check check;
        private final Trial trial;
        private volatile @Nullable Throwable outcome;
        private volatile boolean prepared;
        private volatile boolean done;

        Body(Check check, Trial trial) {
            this.check = check;
            this.trial = trial;
        }

        @Override
        public void run() {
            Throwable thrown = null;
            try {
                trial.prepare();
                prepared = true;
                check.run(trial);
                trial.rethrowFromCallbacks();
            } catch (Throwable whatever) {
                // ThreadDeath too: a provider that kills this thread has failed the test, not the kit.
                thrown = whatever;
            }
            if (!trial.isAbandoned()) {
                outcome = thrown;
            }
            done = true;
        }
    }

    /**
     * Waits, also where what is judged interrupts the kit's threads: an interrupt is kept for later.
     *
     * @param limit how long
     * @param end what is waited for
     * @return whether it has come
     */
    public static boolean waitThrough(Duration limit, BooleanSupplier end) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + limit.toNanos();
        while (!end.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(100_000);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return end.getAsBoolean();
    }

    /** Cleaning up calls the provider, so it may hang as well. */
    private void cleanUp(Trial trial) {
        Thread thread =
                new Thread(trial::cleanUp, "tck-clean-up-" + trial.rule().id());
        thread.setDaemon(true);
        thread.start();
        if (!waitThrough(settings.inTime(), () -> !thread.isAlive())) {
            trial.note("cleaning up after the test hung for " + Trial.inWords(settings.inTime())
                    + where(thread.getStackTrace()));
        }
        trial.abandon();
    }

    private TestResult result(Check check, Trial trial, @Nullable Throwable outcome, long since) {
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        if (outcome == null) {
            return passed(check, trial, Verdict.PASS, "", took);
        }
        if (outcome instanceof NotJudged notJudged) {
            return passed(check, trial, notJudged.verdict(), message(notJudged), took);
        }
        if (outcome instanceof HookMissingException missing) {
            return passed(check, trial, Verdict.NOT_VERIFIED, message(missing), took);
        }
        if (outcome instanceof CheckFailure failure) {
            Optional<String> still = stoodStill(failure);
            return still.isPresent()
                    ? failed(check, trial, Verdict.INCONCLUSIVE, still.get(), took, failure.threadDump())
                    : failed(check, trial, Verdict.FAIL, message(failure), took, failure.threadDump());
        }
        if (outcome instanceof FixtureFailure broken) {
            return failed(
                    check, trial, Verdict.ERROR, "the fixture broke: " + withStack(broken), took, Optional.empty());
        }
        return isOfKit(outcome)
                ? failed(check, trial, Verdict.ERROR, "the kit broke: " + withStack(outcome), took, Optional.empty())
                : failed(
                        check,
                        trial,
                        Verdict.FAIL,
                        "expected that the calls of this test return; one threw " + withStack(outcome),
                        took,
                        Optional.empty());
    }

    private Optional<String> stoodStill(CheckFailure failure) {
        if (!failure.isTimeout()) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        Duration waited = Duration.ofNanos(now - failure.waitedSince());
        Duration still = canary.stoodStill(failure.waitedSince(), now);
        return still.multipliedBy(2).compareTo(waited) < 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the machine stood still %.1f of %.1f s; %s",
                        still.toMillis() / 1e3,
                        waited.toMillis() / 1e3,
                        message(failure)));
    }

    private static TestResult passed(Check check, Trial trial, Verdict verdict, String message, Duration took) {
        return new TestResult(
                check.name(), verdict, message, took, trial.means(), trial.notes(), List.of(), 0, Optional.empty());
    }

    private static TestResult failed(
            Check check, Trial trial, Verdict verdict, String message, Duration took, Optional<String> threadDump) {
        return new TestResult(
                check.name(),
                verdict,
                message,
                took,
                trial.means(),
                trial.notes(),
                trial.history().events(),
                trial.history().leftOut(),
                threadDump);
    }

    /** Whether the kit's own code threw, and not the provider that it called. */
    private static boolean isOfKit(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (!isOfJdk(frame)) {
                return frame.getClassName().startsWith(KIT_PACKAGE);
            }
        }
        return false;
    }

    private static String message(Throwable thrown) {
        return String.valueOf(thrown.getMessage());
    }

    private static String withStack(Throwable thrown) {
        return thrown + "\n" + top(thrown.getStackTrace());
    }

    /** The first line of a message may be all that is read: the innermost call that is none of the JDK's. */
    public static String where(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !isOfJdk(frame))
                .findFirst()
                .map(frame -> " in " + frame.getClassName() + "." + frame.getMethodName())
                .orElse("");
    }

    private static boolean isOfJdk(StackTraceElement frame) {
        return frame.getClassName().startsWith("java.") || frame.getClassName().startsWith("jdk.");
    }

    private static String top(StackTraceElement[] stack) {
        StringBuilder out = new StringBuilder();
        for (int depth = 0; depth < Math.min(8, stack.length); depth++) {
            out.append("    at ").append(stack[depth]).append('\n');
        }
        return out.toString();
    }

    @Override
    public void close() {
        canary.close();
    }
}
