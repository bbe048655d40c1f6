package io.github.offlinestate.cli;

import io.github.offlinestate.DiscoveryException;
import io.github.offlinestate.ProviderDescription;
import io.github.offlinestate.ProviderDirectory;
import io.github.offlinestate.sim.Scenario;
import io.github.offlinestate.sim.SimulatedProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of the commands that can run on a scenario. */
final class SimulationOptions {
    private final Argument<String> scenario;
    private final Argument<Double> speed;
    private final Argument<Long> seed;

    /**
     * Adds them.
     *
     * @param command to this one
     */
    SimulationOptions(Command command) {
        scenario = command.option(
                "--scenario",
                "FILE",
                "Simulate the profiles of a scenario: a file (docs/scenarios.md), or the name of an embedded one.");
        speed = command.option(
                "--speed", "FACTOR", Numbers.FACTOR, "How many times as fast as real time the simulation runs.");
        seed = command.option("--seed", "N", Numbers.SEED, "The seed of the simulation's random flapping.");
    }

    /**
     * What is to be simulated: what the user says, or the embedded scenario for the simulated provider.
     *
     * @param selection which provider was chosen
     * @param virtual whether without waiting
     * @return a run that has not begun; null where the provider is another one
     */
    @Nullable
    Simulation simulation(Selection selection, boolean virtual) {
        String name = scenarioOf(selection);
        if (name != null) {
            return new Simulation(name, seed.value(), speed.value(), virtual);
        }
        if (speed.isGiven() || seed.isGiven()) {
            throw CommandException.usage("--speed and --seed are for simulations: add --scenario");
        }
        return null;
    }

    private @Nullable String scenarioOf(Selection selection) {
        String file = scenario.value();
        if (file == null) {
            return isSimulated(selection) ? Scenario.DEMO : null;
        }
        String provider = selection.provider();
        if (provider != null && !provider.equals(SimulatedProvider.NAME)) {
            throw CommandException.usage("--scenario is for the provider " + SimulatedProvider.NAME
                    + ": there is nothing to simulate with --provider " + provider);
        }
        return file;
    }

    /** Whether the simulated provider was chosen, or none was and no other could serve. */
    private static boolean isSimulated(Selection selection) {
        if (selection.provider() != null) {
            return selection.usableProvider() instanceof SimulatedProvider;
        }
        ProviderDirectory directory = selection.directory();
        try {
            return directory.choose() instanceof SimulatedProvider;
        } catch (DiscoveryException e) {
            return e.problem() == DiscoveryException.Problem.NONE_USABLE && isOnlyUsable(directory.providers());
        }
    }

    private static boolean isOnlyUsable(List<ProviderDescription> providers) {
        List<ProviderDescription> usable =
                providers.stream().filter(ProviderDescription::isUsable).toList();
        return usable.size() == 1
                && usable.get(0)
                        .className()
                        .filter(SimulatedProvider.class.getName()::equals)
                        .isPresent();
    }
}
