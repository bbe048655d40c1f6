package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.ConnectionStatus;
import io.github.offlinestate.OfflineManager;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code wait}: for scripts. */
final class WaitCommand extends Command {
    private static final Duration FOR_EVER = Duration.ofDays(365_000);

    private final Argument<ConnectionState> state =
            argument("ONLINE|OFFLINE", new States(), States.NAMES, "The state to wait for.");
    private final Argument<Duration> timeout = option(
            "--timeout", "DURATION", new Durations(), "How long at most, as 500ms, 10s or 1h30m (default: for ever).");
    private final SimulationOptions simulated = new SimulationOptions(this);

    WaitCommand() {
        super(
                "Wait until a profile is in a state; not at all where it is in it.",
                "The exit code is 0 where the state was reached, and 1 where the time was over before.");
    }

    @Override
    int run() throws InterruptedException {
        Selection selection = selection();
        Simulation simulation = simulated.simulation(selection, false);
        if (simulation != null) {
            Output.notes().line(Text.line(simulation.describe()));
        }
        Target target = simulation == null
                ? selection.target()
                : simulation.targets(selection.profile()).get(0);
        GiveBack giveBack = new GiveBack();
        Finish finish = new Finish(new Ending(), giveBack::run, closed -> {});
        try {
            return waitFor(target, simulation, giveBack);
        } finally {
            finish.now();
        }
    }

    private int waitFor(Target target, @Nullable Simulation simulation, GiveBack giveBack) throws InterruptedException {
        OfflineManager manager = target.open();
        giveBack.remember(manager::close);
        ConnectionMonitor monitor = ConnectionMonitor.of(manager);
        giveBack.remember(monitor::close);
        if (simulation != null) {
            simulation.runner().start();
            giveBack.remember(simulation.runner()::cancel);
        }
        long began = System.nanoTime();
        boolean reached = monitor.await(state.required(), timeout.or(FOR_EVER));
        tell(target, monitor.status(), reached, Duration.ofNanos(System.nanoTime() - began));
        return reached ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void tell(Target target, ConnectionStatus status, boolean reached, Duration waited) {
        if (isJson()) {
            results()
                    .line(Json.object()
                            .member("provider", target.providerName())
                            .member("profile", target.profile())
                            .member("reached", reached)
                            .member("state", status.state())
                            .member("waitedMillis", waited.toMillis())
                            .end());
            return;
        }
        String what = Text.line(target.profile() + " (" + target.providerName() + ")");
        if (reached) {
            results().line(what + " is " + state.required());
        } else {
            Main.complain(what + " is " + status.state() + ", and was not " + state.required() + " within "
                    + Durations.text(waited));
        }
    }
}
