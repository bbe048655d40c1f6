package io.github.offlinestate.spi;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;

/**
 * What a profile's readers see. Written under its own lock, which is the profile's: every decision about the profile is
 * taken under it, in the order of what happened, and nothing foreign runs there.
 */
final class ProfileState {
    private final String description;
    private volatile View view;

    ProfileState(String description, ConnectionState initial) {
        this.description = description;
        this.view = new View(initial, null, 0);
    }

    /** The profile and its provider, for messages. */
    @Override
    public String toString() {
        return description;
    }

    View view() {
        return view;
    }

    /** The state, unless the backend is away (LOST-1). */
    ConnectionState read() {
        View now = view;
        requirePresent(now, "GetCurrentState");
        return now.state();
    }

    /** The backend is there, or the call fails. */
    void requirePresent(String call) {
        requirePresent(view, call);
    }

    private void requirePresent(View now, String call) {
        if (now.lostBy() != null) {
            throw away(call, now.lostBy()).exception();
        }
    }

    synchronized void become(ConnectionState state) {
        view = view.inState(state);
    }

    synchronized void lose(Throwable cause) {
        view = view.lost(cause);
    }

    /** The backend is back from that loss, unless it is lost again. */
    synchronized void restore(long loss) {
        if (view.loss() == loss) {
            view = view.restored();
        }
    }

    /** Why a call fails while the backend is away (LOST-1). */
    Failure away(String call, Throwable cause) {
        return new Failure(
                HResult.MAPI_E_END_OF_SESSION,
                call + ": the backend of " + description + " is away: " + cause
                        + "; registrations stay, and BACKEND_RESTORED is notified when it is back",
                cause);
    }
}
