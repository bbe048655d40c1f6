package io.github.offlinestate.sim;

import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a scenario happen, once, in virtual or in real time.
 *
 * <pre>{@code
 * Scenario scenario = Scenario.load(Path.of("commuters-day.yaml"));
 * try (ScenarioRunner runner = ScenarioRunner.inVirtualTime(scenario);
 *         OfflineManager work = runner.provider().open(scenario.profiles().get(0))) {
 *     work.advise(notification -> System.out.println(runner.time().instant() + " " + notification));
 *     runner.run(); // a day, in milliseconds
 * }
 * }</pre>
 *
 * <p>In virtual time a scenario gives the same notifications, at the same times, at every run. Both times run the same
 * code: a step is scheduled when the one before it has happened.
 */
public final class ScenarioRunner implements AutoCloseable {
    /** How long, in real time, notifications that are on their way at the end of the scenario are waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Scenario scenario;
    private final SimulatedProvider provider;
    private final TimeSource time;
    private final List<ScenarioStep> steps;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    // Guarded by this.
    private boolean started;
    private long startedAt;
    private int next;
    private TimeSource.Scheduled timer = () -> {};

    private ScenarioRunner(Scenario scenario, SimulatedProvider provider, TimeSource time) {
        this.scenario = scenario;
        this.provider = provider;
        this.time = time;
        this.steps = scenario.steps();
    }

    /**
     * A run in virtual time, as fast as it goes, with a provider of its own. The wall clock starts where the scenario
     * says, else at {@link VirtualTime#DEFAULT_START}.
     *
     * @param scenario what is to happen
     * @return a run that has not begun
     */
    public static ScenarioRunner inVirtualTime(Scenario scenario) {
        VirtualTime time = new VirtualTime(scenario.start().orElse(VirtualTime.DEFAULT_START));
        return new ScenarioRunner(scenario, scenario.newProvider(time), time);
    }

    /**
     * A run in real time, with a provider of its own. The wall clock starts where the scenario says, else with the
     * system's.
     *
     * @param scenario what is to happen
     * @param speed how many times as fast as real time, as {@link Scenario#speed()}
     * @return a run that has not begun
     * @throws IllegalArgumentException where the speed is not a number above zero
     */
    public static ScenarioRunner inRealTime(Scenario scenario, double speed) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("the speed is " + speed + ": it has to be above zero");
        }
        TimeSource time = new ScaledTime(scenario.start().orElseGet(Instant::now), speed);
        return new ScenarioRunner(scenario, scenario.newProvider(time), time);
    }

    /**
     * A run on a provider that is there already, on that provider's time.
     *
     * @param scenario what is to happen
     * @param provider whose profiles it happens to
     * @return a run that has not begun
     * @throws IllegalArgumentException where the provider has not all profiles of the scenario
     */
    public static ScenarioRunner on(Scenario scenario, SimulatedProvider provider) {
        scenario.profiles().forEach(provider::profile);
        return new ScenarioRunner(scenario, provider, provider.settings().time());
    }

    /**
     * Whose profiles it happens to.
     *
     * @return always the same
     */
    public SimulatedProvider provider() {
        return provider;
    }

    /**
     * What it runs on.
     *
     * @return the provider's time
     */
    public TimeSource time() {
        return time;
    }

    /** Begins, and returns at once. In virtual time nothing happens until the time is moved. No effect when begun. */
    public void start() {
        synchronized (this) {
            if (started) {
                return;
            }
            started = true;
            startedAt = time.nanoTime();
            scheduleNext();
        }
    }

    /**
     * Begins, unless {@link #start} has, and goes on to the end: virtual time is moved by the calling thread, real time
     * is waited for. Where the time counts the work in flight (it does, unless it is the system's), all notifications
     * have been delivered on return.
     *
     * @return whether it came to its end; false where it was {@linkplain #cancel cancelled}
     * @throws InterruptedException where the thread is interrupted while it waits; the run goes on
     * @throws IllegalStateException where a step failed because somebody else, through the provider's handles, had made
     *     a profile go away or come back; and as {@link VirtualTime#advance}
     */
    public boolean run() throws InterruptedException {
        start();
        if (time instanceof VirtualTime virtual) {
            while (!end.isDone() && virtual.runNext()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while running " + scenario);
                }
            }
        }
        try {
            end.get();
        } catch (CancellationException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the scenario could not go on: " + e.getMessage(), e);
        }
        if (time instanceof ScaledTime scaled && !scaled.work().awaitNone(PATIENCE)) {
            throw new IllegalStateException("the scenario is over, but there is still work in flight: "
                    + scaled.work().describe());
        }
        return true;
    }

    /** Whether it has come to its end, was cancelled, or failed.
     *
     * @return whether nothing more will happen
     */
    public boolean isDone() {
        return end.isDone();
    }

    /** Ends it now: no further step happens. No effect at its end. */
    public void cancel() {
        synchronized (this) {
            timer.cancel();
        }
        end.cancel(false);
    }

    /** {@linkplain #cancel() Cancels} the run. What was opened of the provider stays open. */
    @Override
    public void close() {
        cancel();
    }

    private synchronized void scheduleNext() {
        long due =
                next < steps.size() ? steps.get(next).at() : scenario.length().toNanos();
        timer = time.schedule(this::happen, Duration.ofNanos(startedAt + due - time.nanoTime()));
    }

    private void happen() {
        ScenarioStep step;
        synchronized (this) {
            step = next < steps.size() ? steps.get(next) : null;
            next++;
        }
        if (end.isDone()) {
            return;
        }
        if (step == null) {
            end.complete(null);
            return;
        }
        try {
            step.action().happenTo(provider.profile(step.profile()));
        } catch (RuntimeException e) {
            end.completeExceptionally(
                    new IllegalStateException("at its line " + step.line() + ": " + e.getMessage(), e));
            return;
        }
        scheduleNext();
    }

    @Override
    public String toString() {
        return "ScenarioRunner[" + scenario + ", " + time + "]";
    }
}
