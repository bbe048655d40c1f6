package io.github.offlinestate.cli;

import io.github.offlinestate.DiscoveryException;
import io.github.offlinestate.ProviderDescription;
import io.github.offlinestate.ProviderDirectory;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.sim.Scenario;
import io.github.offlinestate.sim.SimulatedProvider;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code watch}: a line for each notification. */
final class WatchCommand extends Command {
    private final Argument<String> scenario = option(
            "--scenario",
            "FILE",
            "Simulate the profiles of a scenario: a file (docs/scenarios.md), or the name of an embedded one.");
    private final Argument<Boolean> virtualTime =
            flag("--virtual-time", "Run the simulation without waiting; the output is the same each time.");
    private final Argument<Double> speed =
            option("--speed", "FACTOR", Numbers.FACTOR, "How many times as fast as real time the simulation runs.");
    private final Argument<Long> seed =
            option("--seed", "N", Numbers.SEED, "The seed of the simulation's random flapping.");
    private final Argument<Duration> limit = option(
            "--for",
            "DURATION",
            new Durations(),
            "End after this time, as 500ms, 10s or 1h30m; the simulation's own under --virtual-time.");
    private final Argument<Long> count = option("--count", "N", Numbers.COUNT, "End after so many notifications.");

    WatchCommand() {
        super(
                "Show each notification of a profile, until Ctrl-C.",
                "Where no provider is named and only the simulated one could serve, an embedded scenario is shown.");
    }

    @Override
    int run() throws InterruptedException {
        Selection selection = selection();
        String file = scenarioOf(selection);
        if (file != null) {
            Simulation simulation = new Simulation(file, seed.value(), speed.value(), virtualTime.isGiven());
            TimeSource time = simulation.runner().time();
            watch(
                    simulation.describe(),
                    time,
                    simulation.isVirtual() ? time : TimeSource.system(),
                    simulation.targets(selection.profile()),
                    simulation::run);
        } else if (virtualTime.isGiven() || speed.isGiven() || seed.isGiven()) {
            throw CommandException.usage("--virtual-time, --speed and --seed are for simulations: add --scenario");
        } else {
            Target target = selection.target();
            TimeSource time = TimeSource.system();
            watch(
                    "watching " + target.profile() + " of the provider " + target.providerName(),
                    time,
                    time,
                    List.of(target),
                    Ending::await);
        }
        return ExitCode.DONE;
    }

    private void watch(String head, TimeSource time, TimeSource limitTime, List<Target> targets, Watch.Course course)
            throws InterruptedException {
        boolean simulated = time != TimeSource.system();
        NotificationFormat format = isJson()
                ? NotificationFormat.json()
                : NotificationFormat.text(simulated ? ZoneOffset.UTC : ZoneId.systemDefault(), Style.ofTerminal());
        Watch watch = new Watch(results(), format, time, count.or(Long.MAX_VALUE));
        if (isJson()) {
            Output.notes().line(Text.line(head));
        } else {
            watch.head(Text.line(head));
        }
        Duration until = limit.value();
        if (until != null) {
            watch.endAfter(until, limitTime);
        }
        watch.run(targets, course);
    }

    /** What is to be simulated: what the user says, or the embedded one for the simulated provider; null for others. */
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
