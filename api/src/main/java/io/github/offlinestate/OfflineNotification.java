package io.github.offlinestate;

import java.util.Objects;
import java.util.Optional;

/**
 * What a callback is told. All codes are kept raw: a provider may send types and masks that nobody knows yet
 * (NOTIFY-8).
 *
 * <p>MAPI counterpart: {@code MAPIOFFLINE_NOTIFY}; {@code mask}, {@code oldState} and {@code newState} are its
 * {@code Info.StateChange}.
 *
 * @param type what is told; {@code NotifyType}
 * @param clientToken the value that the registration was made with (NOTIFY-2); {@code ulClientToken}
 * @param mask the bits of the states that changed; {@code ulMask}
 * @param oldState the state before; {@code ulStateOld}
 * @param newState the state after; {@code ulStateNew}
 */
public record OfflineNotification(NotifyType type, int clientToken, int mask, int oldState, int newState) {
    /** Checked where it is made: the type is there, all else may have any value. */
    public OfflineNotification {
        Objects.requireNonNull(type, "type");
    }

    /**
     * The change that this notification tells of, after the two checks that the reference demands: the type is one of
     * the three documented ones and the mask is {@link MapiConstants#MAPIOFFLINE_STATE_OFFLINE_MASK} (NOTIFY-8). Old
     * and new state are read under that mask.
     *
     * @return the change, or nothing for a notification that a client of state changes ignores
     */
    public Optional<StateChange> stateChange() {
        StateChange.Phase phase =
                switch (type.code()) {
                    case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_START -> StateChange.Phase.START;
                    case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE -> StateChange.Phase.CHANGE;
                    case MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_DONE -> StateChange.Phase.DONE;
                    default -> null;
                };
        if (phase == null || mask != MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK) {
            return Optional.empty();
        }
        Optional<ConnectionState> before = ConnectionState.ofCode(oldState);
        Optional<ConnectionState> after = ConnectionState.ofCode(newState);
        boolean nonsense =
                before.isEmpty() || after.isEmpty() || (before.equals(after) && phase != StateChange.Phase.DONE);
        return nonsense ? Optional.empty() : Optional.of(new StateChange(phase, before.get(), after.get()));
    }

    @Override
    public String toString() {
        return type + " " + stateName(oldState) + " -> " + stateName(newState)
                + String.format(" (client token 0x%08x, mask 0x%08x)", clientToken, mask);
    }

    private static String stateName(int state) {
        return (state & ~MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK) != 0
                ? String.format("0x%08x", state)
                : ConnectionState.ofCode(state).map(Enum::name).orElseGet(() -> String.format("0x%08x", state));
    }
}
