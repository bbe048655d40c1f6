package io.github.offlinestate.cli;

import io.github.offlinestate.sim.Scenario;
import io.github.offlinestate.sim.ScenarioException;
import io.github.offlinestate.sim.ScenarioRunner;
import io.github.offlinestate.sim.VirtualTime;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scenario that is made to happen. */
final class Simulation {
    private final String name;
    private final Scenario scenario;
    private final double speed;
    private final ScenarioRunner runner;

    /**
     * A run that has not begun.
     *
     * @param name a scenario file, or, where there is none of that name, an embedded one
     * @param seed of its random flapping; null for the scenario's own
     * @param speed in real time: how many times as fast; null for the scenario's own
     * @param virtual whether it runs in virtual time, without waiting
     */
    Simulation(String name, @Nullable Long seed, @Nullable Double speed, boolean virtual) {
        Scenario loaded = load(name);
        this.name = name;
        this.scenario = seed == null ? loaded : loaded.withSeed(seed);
        this.speed = speed == null ? scenario.speed() : speed;
        this.runner =
                virtual ? ScenarioRunner.inVirtualTime(scenario) : ScenarioRunner.inRealTime(scenario, this.speed);
    }

    private static Scenario load(String name) {
        try {
            Path file = Path.of(name);
            return Scenario.embedded().contains(name) && !Files.exists(file)
                    ? Scenario.embedded(name)
                    : Scenario.load(file);
        } catch (InvalidPathException e) {
            throw CommandException.usage("--scenario: not a file name: " + e.getMessage());
        } catch (ScenarioException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    ScenarioRunner runner() {
        return runner;
    }

    boolean isVirtual() {
        return runner.time() instanceof VirtualTime;
    }

    /**
     * What is to be watched.
     *
     * @param profile the only one; null for all of the scenario
     * @return at least one
     */
    List<Target> targets(@Nullable String profile) {
        List<Target> targets = new ArrayList<>();
        for (String each : profile == null ? scenario.profiles() : List.of(profile)) {
            targets.add(new Target(runner.provider(), each));
        }
        return targets;
    }

    /**
     * Lets it happen.
     *
     * @param ending cuts it short
     */
    void run(Ending ending) throws InterruptedException {
        ending.whenReached(runner::cancel);
        try {
            runner.run();
        } catch (IllegalStateException e) {
            throw CommandException.failed("the simulation failed: " + e.getMessage(), e);
        }
    }

    /**
     * What is shown, and that it is not real.
     *
     * @return one line
     */
    String describe() {
        String factor = speed == Math.rint(speed) ? String.valueOf((long) speed) : String.valueOf(speed);
        String time =
                isVirtual() ? "in virtual time" : speed == 1 ? "in real time" : factor + " times as fast as real time";
        return "simulation, not real states: " + scenario.title() + " (scenario " + name + ", " + time + ")";
    }
}
