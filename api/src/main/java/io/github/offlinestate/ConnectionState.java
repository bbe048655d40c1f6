package io.github.offlinestate;

import java.util.Optional;

/**
 * The state of a profile: exactly one of online and offline (STATE-1).
 *
 * <p>MAPI counterpart: {@code MAPIOFFLINE_STATE_OFFLINE} and {@code MAPIOFFLINE_STATE_ONLINE}, under the mask
 * {@code MAPIOFFLINE_STATE_OFFLINE_MASK}.
 */
public enum ConnectionState {
    /** Offline; {@code MAPIOFFLINE_STATE_OFFLINE}. */
    OFFLINE(MapiConstants.MAPIOFFLINE_STATE_OFFLINE),
    /** Online; {@code MAPIOFFLINE_STATE_ONLINE}. */
    ONLINE(MapiConstants.MAPIOFFLINE_STATE_ONLINE);

    private final int code;

    ConnectionState(int code) {
        this.code = code;
    }

    /**
     * The state that a raw value stands for.
     *
     * @param value a value as it is on the wire; bits outside {@link MapiConstants#MAPIOFFLINE_STATE_OFFLINE_MASK}
     *     are not looked at
     * @return the state, or nothing where the two bits of the mask are both set or both clear
     */
    public static Optional<ConnectionState> ofCode(int value) {
        return switch (value & MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK) {
            case MapiConstants.MAPIOFFLINE_STATE_OFFLINE -> Optional.of(OFFLINE);
            case MapiConstants.MAPIOFFLINE_STATE_ONLINE -> Optional.of(ONLINE);
            default -> Optional.empty();
        };
    }

    /**
     * The value on the wire.
     *
     * @return 1 for offline, 2 for online
     */
    public int code() {
        return code;
    }

    /**
     * The other state.
     *
     * @return {@link #OFFLINE} for {@link #ONLINE} and the other way round
     */
    public ConnectionState opposite() {
        return this == ONLINE ? OFFLINE : ONLINE;
    }
}
