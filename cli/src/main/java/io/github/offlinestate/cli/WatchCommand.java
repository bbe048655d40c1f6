package io.github.offlinestate.cli;

import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** {@code watch}: a line for each notification. */
final class WatchCommand extends Command {
    private final SimulationOptions simulated = new SimulationOptions(this);
    private final Argument<Boolean> virtualTime =
            flag("--virtual-time", "Run the simulation without waiting; the output is the same each time.");
    private final Argument<Duration> limit = option(
            "--for",
            "DURATION",
            new Durations(),
            "End after this time, as 500ms, 10s or 1h30m; the simulation's own under --virtual-time.");
    private final Argument<Long> count = option("--count", "N", Numbers.COUNT, "End after so many lines.");
    private final Argument<Boolean> replay =
            flag("--replay", "Show changes instead of notifications, the present state first.");
    private final Argument<Duration> holdOffline = option(
            "--hold-offline",
            "DURATION",
            new Durations(),
            "Show changes instead of notifications, offline only when it has lasted so long.");
    private final Argument<Duration> holdOnline = option(
            "--hold-online",
            "DURATION",
            new Durations(),
            "Show changes instead of notifications, online only when it has lasted so long.");
    private final Argument<Boolean> phases =
            flag("--phases", "Show changes instead of notifications, in all phases; they are not held back.");
    private final Argument<String> history =
            option("--history", "FILE", "Add what happens to this file, for the command history.");

    WatchCommand() {
        super(
                "Show each notification of a profile, until Ctrl-C.",
                "Where no provider is named and only the simulated one could serve, an embedded scenario is shown.");
    }

    @Override
    int run() throws InterruptedException {
        Selection selection = selection();
        Simulation simulation = simulated.simulation(selection, virtualTime.isGiven());
        if (simulation != null) {
            watch(
                    simulation.describe(),
                    simulation.runner().time(),
                    simulation.isVirtual(),
                    simulation.targets(selection.profile()),
                    simulation::run);
        } else if (virtualTime.isGiven()) {
            throw CommandException.usage("--virtual-time is for simulations: add --scenario");
        } else {
            Target target = selection.target();
            watch(
                    "watching " + target.profile() + " of the provider " + target.providerName(),
                    TimeSource.system(),
                    false,
                    List.of(target),
                    Ending::await);
        }
        return ExitCode.DONE;
    }

    private void watch(String head, TimeSource time, boolean virtual, List<Target> targets, Watch.Course course)
            throws InterruptedException {
        boolean changes = replay.isGiven() || holdOffline.isGiven() || holdOnline.isGiven() || phases.isGiven();
        boolean live = !isJson() && !virtual && Terminal.isThere();
        Style style = isJson() ? Style.PLAIN : Style.ofTerminal();
        String file = history.value();
        Watch watch = new Watch(
                results(),
                time,
                changes ? "event" : "notification",
                count.or(Long.MAX_VALUE),
                file == null ? null : HistoryFile.append(file),
                live ? style : null);
        Runnable writeHead = isJson() ? () -> Output.notes().line(Text.line(head)) : () -> watch.head(Text.line(head));
        Duration until = limit.value();
        if (until != null) {
            watch.endAfter(until, virtual ? time : TimeSource.system());
        }
        // A simulation's clock is the scenario's own: the same everywhere.
        ZoneId zone = time == TimeSource.system() ? ZoneId.systemDefault() : ZoneOffset.UTC;
        watch.run(
                writeHead,
                targets,
                changes ? ofChanges(time, zone, style) : ofNotifications(time, zone, style),
                course);
    }

    private View ofNotifications(TimeSource time, ZoneId zone, Style style) {
        return View.ofNotifications(isJson() ? NotificationFormat.json() : NotificationFormat.text(zone, style), time);
    }

    private View ofChanges(TimeSource time, ZoneId zone, Style style) {
        ListenerOptions options = ListenerOptions.DEFAULT.named("watch");
        if (!replay.isGiven()) {
            options = options.withoutReplay();
        }
        if (phases.isGiven()) {
            options = options.allPhases();
        }
        return View.ofChanges(
                isJson() ? ChangeFormat.json() : ChangeFormat.text(zone, style),
                time,
                new View.Holds(holdOffline.or(Duration.ZERO), holdOnline.or(Duration.ZERO)),
                options);
    }
}
