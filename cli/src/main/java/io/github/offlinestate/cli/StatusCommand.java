package io.github.offlinestate.cli;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import java.util.ArrayList;
import java.util.List;

/** {@code status}: what a profile is and can. */
final class StatusCommand extends Command {
    StatusCommand() {
        super("Show a profile: its provider, which changes it can notify, whether it can be set, and its state.");
    }

    @Override
    int run() {
        Target target = selection().target();
        try (OfflineManager manager = target.open()) {
            List<String> notifies = notifies(manager.capabilities());
            boolean canSet = manager.canSet();
            ConnectionState state = manager.currentState();
            if (isJson()) {
                results()
                        .line(Json.object()
                                .member("provider", target.providerName())
                                .member("profile", target.profile())
                                .member("capabilities", notifies)
                                .member("canSet", canSet)
                                .member("state", state.name())
                                .end());
            } else {
                results()
                        .print("profile   " + Text.line(target.profile())
                                + "\nprovider  " + Text.line(target.providerName())
                                + "\nnotifies  " + (notifies.isEmpty() ? "nothing" : String.join(", ", notifies))
                                + "\ncan set   " + (canSet ? "yes" : "no")
                                + "\nstate     " + Style.ofTerminal().state(state.name()) + "\n");
            }
        }
        return ExitCode.DONE;
    }

    private static List<String> notifies(Capabilities capabilities) {
        List<String> names = new ArrayList<>(2);
        if (capabilities.notifiesOffline()) {
            names.add(ConnectionState.OFFLINE.name());
        }
        if (capabilities.notifiesOnline()) {
            names.add(ConnectionState.ONLINE.name());
        }
        return names;
    }
}
