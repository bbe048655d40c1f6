package io.github.offlinestate.stress.model;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.OfflineNotification;

/** Notifications as numbers, so that a million of them can be compared. Made of the raw codes of the reference. */
public final class Told {
    /** The backend has gone away. */
    public static final int LOST = 20;
    /** The backend is back. */
    public static final int RESTORED = 21;
    /** A foreign notification, which a provider may send and a client ignores (NOTIFY-8). */
    static final int FOREIGN = 22;
    /** What nobody may send, and what is nowhere. */
    static final int UNKNOWN = 23;
    /** The type of a foreign notification that stands between transitions and carries a number: NOTIFY-8 lets it. */
    public static final int MARK_TYPE = 0x5EED;

    private static final int START = 0;
    private static final int CHANGE = 1;
    private static final int DONE = 2;
    private static final int ABORT = 3;
    private static final int PHASES = 4;
    private static final int FIRST_MARK = 1 << 20;

    private Told() {}

    /** START of going into a state. */
    public static int start(ConnectionState to) {
        return START + PHASES * to.code();
    }

    /** STATECHANGE into a state. */
    public static int change(ConnectionState to) {
        return CHANGE + PHASES * to.code();
    }

    /** DONE of going into a state. */
    public static int done(ConnectionState to) {
        return DONE + PHASES * to.code();
    }

    /** DONE that closes a START without its change, in the state that stays. */
    public static int abort(ConnectionState stays) {
        return ABORT + PHASES * stays.code();
    }

    /** The mark of a number. */
    public static int mark(int number) {
        return FIRST_MARK + number;
    }

    static boolean isMark(int told) {
        return told >= FIRST_MARK;
    }

    static boolean isChange(int told) {
        return told < LOST && told % PHASES == CHANGE;
    }

    /** The code of the state that a STATECHANGE leads into. */
    static int stateOf(int told) {
        return told / PHASES;
    }

    static int of(OfflineNotification notification) {
        int type = notification.type().code();
        if (type == MARK_TYPE) {
            return mark(notification.newState());
        }
        if (type == MapiConstants.NOTIFY_TYPE_BACKEND_LOST) {
            return LOST;
        }
        if (type == MapiConstants.NOTIFY_TYPE_BACKEND_RESTORED) {
            return RESTORED;
        }
        if (notification.mask() != MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK || type < 1 || type > 3) {
            return FOREIGN;
        }
        int from = notification.oldState();
        int to = notification.newState();
        boolean whole = from + to == 3 && from > 0 && to > 0; // one is OFFLINE, 1, and one ONLINE, 2
        boolean stays = from == to && from >= 1 && from <= 2;
        return switch (type) {
            case 1 -> whole ? START + PHASES * to : UNKNOWN;
            case 2 -> whole ? CHANGE + PHASES * to : UNKNOWN;
            default -> whole ? DONE + PHASES * to : stays ? ABORT + PHASES * to : UNKNOWN;
        };
    }

    /** The same for a person. */
    static String words(int told) {
        if (isMark(told)) {
            return "mark " + (told - FIRST_MARK);
        }
        if (told == LOST || told == RESTORED) {
            return told == LOST ? "BACKEND_LOST" : "BACKEND_RESTORED";
        }
        if (told == UNKNOWN) {
            return "something unknown";
        }
        String state = stateOf(told) == ConnectionState.ONLINE.code() ? "ONLINE" : "OFFLINE";
        return switch (told % PHASES) {
            case START -> "START to " + state;
            case CHANGE -> "STATECHANGE to " + state;
            case DONE -> "DONE to " + state;
            default -> "abort in " + state;
        };
    }
}
