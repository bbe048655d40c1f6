package io.github.offlinestate.sim;

import io.github.offlinestate.sim.ScenarioStep.Flap;
import io.github.offlinestate.sim.ScenarioStep.Flip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Makes the single flips of random flapping: of one seed, always the same. */
final class Flaps {
    /** Sets the seeds of a scenario's flaps apart (the golden ratio's bits, as in other generators). */
    private static final long APART = 0x9E3779B97F4A7C15L;

    private Flaps() {}

    /** All steps in their order, with each flap replaced by its flips. */
    static List<ScenarioStep> expand(List<ScenarioStep> steps, long seed) {
        List<ScenarioStep> expanded = new ArrayList<>(steps.size());
        int flaps = 0;
        for (ScenarioStep step : steps) {
            if (step.action() instanceof Flap flap) {
                // Random's sequence is laid down by its specification: the same on every JDK.
                addFlips(expanded, step, flap, new Random(seed + flaps++ * APART));
            } else {
                expanded.add(step);
            }
        }
        expanded.sort(Comparator.comparingLong(ScenarioStep::at)); // stable
        return expanded;
    }

    private static void addFlips(List<ScenarioStep> into, ScenarioStep step, Flap flap, Random random) {
        long span = flap.longestMillis() - flap.shortestMillis() + 1;
        long after = 0;
        while (true) {
            after += (flap.shortestMillis() + (long) (random.nextDouble() * span)) * 1_000_000;
            if (after > flap.forNanos()) {
                return;
            }
            into.add(new ScenarioStep(step.at() + after, step.profile(), new Flip(), step.line(), step.column()));
        }
    }
}
