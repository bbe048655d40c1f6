package io.github.offlinestate;

import io.github.offlinestate.ConnectionChange.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Makes one gapless chain of states from one registration's notifications and from readings of the state: ADVISE-12.
 *
 * <p>A reading counts only if nothing was notified and no other reading was accepted while it was made; else it is made
 * again. (ADVISE-12 allows to keep some of the others. Not to is simpler, and covers what it demands of objects with one
 * capability.) A reading within a callback always counts, for the callbacks of a registration are serial.
 *
 * <p>What remains is that a reading may have seen a change whose STATECHANGE is still to come. That one leads to the
 * state that is known, and is not told again. No other does: its START, received after the reading, has an old state
 * which the new one differs from, and a START is taken at its word. So a START finds a change that was never notified,
 * for want of a capability, as a reading does.
 *
 * <p>Not thread-safe: guarded by the lock of {@link MonitorState}.
 */
final class ReplayRule {
    /** What the rule finds out. */
    interface Findings {
        /** The state is another one now, or is known for the first time. */
        void state(Cause cause, Connectivity now);

        /** A transition's START or DONE, an abort included. */
        void phase(StateChange change);
    }

    /** A reading's ticket: which version of the knowledge it was begun with. */
    record Ticket(long version) {}

    private final Findings findings;

    private boolean advised;
    private @Nullable ConnectionState known;
    private boolean lost;
    private boolean wasUnknown;
    private @Nullable StateChange open;
    private long version;

    ReplayRule(Findings findings) {
        this.findings = findings;
    }

    /** Whether notifications will come: without any, only readings end a loss. */
    void advised() {
        advised = true;
    }

    /** The state, or null where none is known. */
    @Nullable
    ConnectionState known() {
        return known;
    }

    boolean lost() {
        return lost;
    }

    /** Takes a notification. What {@link #mayRead()} says afterwards is to be obeyed within the same callback. */
    void received(OfflineNotification notification) {
        int type = notification.type().code();
        if (type == MapiConstants.NOTIFY_TYPE_BACKEND_LOST) {
            version++;
            away();
        } else if (type == MapiConstants.NOTIFY_TYPE_BACKEND_RESTORED) {
            version++;
            lost = false;
        } else {
            notification.stateChange().ifPresent(change -> {
                version++;
                received(change);
            });
        }
    }

    private void received(StateChange change) {
        if (change.phase() == StateChange.Phase.START) {
            open = change;
        }
        if (known != null) {
            switch (change.phase()) {
                case START -> {
                    found(change.oldState());
                    findings.phase(change);
                }
                case CHANGE -> {
                    if (known != change.newState()) { // else a reading has seen it before
                        found(change.oldState());
                        tell(Cause.CHANGED, change.newState());
                    }
                }
                case DONE -> {
                    found(change.newState()); // the new state of a DONE is the truth in every case (NOTIFY-10)
                    findings.phase(change);
                }
            }
        }
        if (change.phase() == StateChange.Phase.DONE) {
            open = null;
        }
    }

    private void found(ConnectionState state) {
        if (known != state) {
            tell(Cause.FOUND, state);
        }
    }

    /** Whether a notification to come is a reason to read the state, while none is known. */
    boolean willRead() {
        return advised;
    }

    /** Whether there is anything to learn from a reading now. */
    boolean mayRead() {
        return lost ? !advised : known == null;
    }

    Ticket beginReading() {
        return new Ticket(version);
    }

    /**
     * Takes the outcome of a reading.
     *
     * @return false where something came between, so that it says nothing and is to be made again
     */
    boolean read(Ticket ticket, ConnectionState state) {
        if (ticket.version() != version) {
            return false;
        }
        version++;
        if (known == null) {
            Cause cause = wasUnknown ? Cause.RESTORED : Cause.OPENED;
            lost = false;
            tell(cause, state);
        } else if (known != state) {
            boolean underWay = open != null && open.newState() == state;
            tell(underWay ? Cause.CHANGED : Cause.FOUND, state);
        }
        return true;
    }

    /** Takes a reading that failed because the backend is away: as {@link #read}. */
    boolean readAway(Ticket ticket) {
        if (ticket.version() != version) {
            return false;
        }
        version++;
        away();
        return true;
    }

    /** Takes a reading that failed otherwise: as {@link #read}. The next notification is a reason to read again. */
    boolean unreadable(Ticket ticket) {
        if (ticket.version() != version) {
            return false;
        }
        version++;
        forget();
        return true;
    }

    private void away() {
        lost = true;
        forget();
    }

    private void forget() {
        wasUnknown = true;
        if (known != null) {
            known = null;
            findings.state(Cause.LOST, Connectivity.UNKNOWN);
        }
    }

    private void tell(Cause cause, ConnectionState state) {
        known = state;
        findings.state(cause, Connectivity.of(state));
    }
}
