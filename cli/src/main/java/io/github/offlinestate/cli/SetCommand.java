package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;

/** {@code set}: asks a profile for a state. */
final class SetCommand extends Command {
    private final Argument<ConnectionState> state =
            argument("ONLINE|OFFLINE", new States(), States.NAMES, "The wanted state.");
    private final Argument<Boolean> noWait =
            flag("--no-wait", "Only ask for the change; what becomes of it is not known when the command ends.");

    SetCommand() {
        super("Set the state of a profile, and wait until the change is complete.");
    }

    @Override
    int run() {
        Target target = selection().target();
        ConnectionState wanted = state.required();
        boolean wait = !noWait.isGiven();
        try (OfflineManager manager = target.open()) {
            ConnectionState before = manager.currentState();
            manager.setCurrentState(wanted, wait ? SetFlag.BLOCK : SetFlag.DEFAULT);
            String outcome = before == wanted ? "unchanged" : wait ? "changed" : "requested";
            if (isJson()) {
                results()
                        .line(Json.object()
                                .member("provider", target.providerName())
                                .member("profile", target.profile())
                                .member("outcome", outcome)
                                .member("old", before.name())
                                .member("new", wanted.name())
                                .end());
            } else {
                results()
                        .line(Text.line(target.profile()) + " (" + Text.line(target.providerName()) + "): "
                                + said(outcome, before, wanted));
            }
        }
        return ExitCode.DONE;
    }

    private static String said(String outcome, ConnectionState before, ConnectionState wanted) {
        return switch (outcome) {
            case "unchanged" -> "is " + wanted + " already";
            case "changed" -> "changed from " + before + " to " + wanted;
            default -> "was " + before + ", and has been asked to become " + wanted;
        };
    }
}
