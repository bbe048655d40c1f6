package io.github.offlinestate.cli;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionListener;
import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.TimeSource;
import java.time.Duration;

/** What {@code watch} shows of a profile. */
@FunctionalInterface
interface View {
    /**
     * Shows it from now on.
     *
     * @param target the profile
     * @param manager its open offline object
     * @param printer where the lines go
     * @param giveBack learns how to stop it
     * @return whether there is something to be shown
     */
    boolean show(Target target, OfflineManager manager, LinePrinter printer, GiveBack giveBack);

    /**
     * Each notification, as the provider sends it.
     *
     * @param format what a line looks like
     * @param time what the sources run on
     * @return registers where the profile can notify something (ADVISE-11)
     */
    static View ofNotifications(NotificationFormat format, TimeSource time) {
        // Any value does; one that is not 0 shows that it comes back.
        int clientToken = 1;
        return (target, manager, printer, giveBack) -> {
            Capabilities capabilities = manager.capabilities();
            if (!capabilities.notifiesOffline() && !capabilities.notifiesOnline()) {
                return false;
            }
            AdviseToken token = manager.advise(
                    notification -> printer.show(
                            format.line(notification, target, time.instant()),
                            notification
                                    .stateChange()
                                    .filter(change -> change.phase() == StateChange.Phase.CHANGE)
                                    .isPresent()),
                    clientToken);
            giveBack.remember(() -> manager.unadvise(token));
            return true;
        };
    }

    /**
     * Each event of a monitor.
     *
     * @param format what a line looks like
     * @param time what the sources run on
     * @param holds how long a state has to last
     * @param options which events
     * @return monitors every profile
     */
    static View ofChanges(ChangeFormat format, TimeSource time, Holds holds, ListenerOptions options) {
        return (target, manager, printer, giveBack) -> {
            ConnectionMonitor monitor = ConnectionMonitor.builder()
                    .manager(manager)
                    .time(time)
                    .hold(Connectivity.OFFLINE, holds.offline())
                    .hold(Connectivity.ONLINE, holds.online())
                    .open();
            giveBack.remember(monitor::close);
            ConnectionListener listener = change -> printer.show(
                    format.line(change, target),
                    change.phase() == StateChange.Phase.CHANGE && change.oldState() != change.newState());
            monitor.listen(listener, options);
            return true;
        };
    }

    /**
     * How long a state has to last until it is shown.
     *
     * @param offline offline
     * @param online online
     */
    record Holds(Duration offline, Duration online) {}
}
