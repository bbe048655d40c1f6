package io.github.offlinestate;

/**
 * How a registration is called back. Open: any code is representable, {@link #NOTIFY} is the only documented one.
 *
 * <p>MAPI counterpart: {@code MAPIOFFLINE_CALLBACK_TYPE}.
 *
 * @param code the value on the wire
 */
public record CallbackType(int code) {
    /** By {@link OfflineNotify}; {@code MAPIOFFLINE_CALLBACK_TYPE_NOTIFY}. */
    public static final CallbackType NOTIFY = new CallbackType(MapiConstants.MAPIOFFLINE_CALLBACK_TYPE_NOTIFY);

    @Override
    public String toString() {
        return equals(NOTIFY) ? "NOTIFY" : String.format("0x%08x", code);
    }
}
