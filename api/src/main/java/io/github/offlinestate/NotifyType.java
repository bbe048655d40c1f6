package io.github.offlinestate;

/**
 * What a notification tells. Open: a provider may send types that are not known here, and a client ignores them
 * (NOTIFY-8).
 *
 * <p>MAPI counterpart: {@code MAPIOFFLINE_NOTIFY_TYPE}.
 *
 * @param code the value on the wire
 */
public record NotifyType(int code) {
    /** A change is about to be made; the state is still the old one (STATE-2). */
    public static final NotifyType STATECHANGE_START =
            new NotifyType(MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_START);
    /** The state is the new one. */
    public static final NotifyType STATECHANGE = new NotifyType(MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE);
    /** The change is done; or, with old and new state equal, it was given up (NOTIFY-10). */
    public static final NotifyType STATECHANGE_DONE =
            new NotifyType(MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_DONE);
    /** This project's own: the backend has gone away (LOST-4). */
    public static final NotifyType BACKEND_LOST = new NotifyType(MapiConstants.NOTIFY_TYPE_BACKEND_LOST);
    /** This project's own: the backend is back (LOST-4). */
    public static final NotifyType BACKEND_RESTORED = new NotifyType(MapiConstants.NOTIFY_TYPE_BACKEND_RESTORED);

    @Override
    public String toString() {
        return switch (code) {
            case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_START -> "STATECHANGE_START";
            case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE -> "STATECHANGE";
            case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_DONE -> "STATECHANGE_DONE";
            case MapiConstants.NOTIFY_TYPE_BACKEND_LOST -> "BACKEND_LOST";
            case MapiConstants.NOTIFY_TYPE_BACKEND_RESTORED -> "BACKEND_RESTORED";
            default -> String.format("0x%08x", code);
        };
    }
}
