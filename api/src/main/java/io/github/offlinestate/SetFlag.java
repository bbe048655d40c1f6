package io.github.offlinestate;

/**
 * Whether {@link Offline#setCurrentState} waits.
 *
 * <p>MAPI counterpart: {@code MAPIOFFLINE_FLAG_DEFAULT} and {@code MAPIOFFLINE_FLAG_BLOCK}.
 */
public enum SetFlag {
    /** Returns without waiting for the change (SET-2). */
    DEFAULT(MapiConstants.MAPIOFFLINE_FLAG_DEFAULT),
    /** Returns when the change is complete (SET-1). */
    BLOCK(MapiConstants.MAPIOFFLINE_FLAG_BLOCK);

    private final int code;

    SetFlag(int code) {
        this.code = code;
    }

    /**
     * The value on the wire.
     *
     * @return the flag's bits
     */
    public int code() {
        return code;
    }
}
