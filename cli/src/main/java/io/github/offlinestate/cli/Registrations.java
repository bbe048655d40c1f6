package io.github.offlinestate.cli;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotify;
import java.util.ArrayList;
import java.util.List;

/** What is open and registered, to be given back in the end. */
final class Registrations {
    /** Any value does; one that is not 0 shows that it comes back. */
    private static final int CLIENT_TOKEN = 1;

    private final List<Registration> registrations = new ArrayList<>();
    private boolean closed;

    private record Registration(OfflineManager manager, AdviseToken token) {}

    /**
     * Opens a profile and registers a callback with it.
     *
     * @param target the profile
     * @param callback whom to call
     * @return whether it was registered: not where the profile notifies nothing, or the command has ended meanwhile
     */
    boolean add(Target target, OfflineNotify callback) {
        OfflineManager manager = target.open();
        boolean kept = false;
        try {
            Capabilities capabilities = manager.capabilities();
            if (capabilities.notifiesOffline() || capabilities.notifiesOnline()) {
                kept = keep(new Registration(manager, manager.advise(callback, CLIENT_TOKEN)));
            }
        } finally {
            if (!kept) {
                manager.close();
            }
        }
        return kept;
    }

    private synchronized boolean keep(Registration registration) {
        return !closed && registrations.add(registration);
    }

    /** Unregisters and closes everything. May wait for a callback that runs. */
    void close() {
        List<Registration> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(registrations);
            registrations.clear();
        }
        for (Registration registration : all) {
            registration.manager().unadvise(registration.token());
        }
        for (Registration registration : all) {
            registration.manager().close();
        }
    }
}
