package io.github.offlinestate.windows.com;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a MAPIOFFLINE_NOTIFY, as far as its own size says that it reaches.
 *
 * @param size ulSize
 * @param type NotifyType
 * @param clientToken ulClientToken
 * @param mask ulMask; 0 where the notification ends before it
 * @param stateOld ulStateOld; meaningless unless the type is one of the three and the mask is the documented one
 * @param stateNew ulStateNew; likewise
 */
public record RawNotification(int size, int type, int clientToken, int mask, int stateOld, int stateNew) {
    /** Reads what Notify was given; null where there is nothing that could be read. */
    static @Nullable RawNotification read(@Nullable Pointer info) {
        if (info == null) {
            return null;
        }
        int size = info.getInt(0);
        if (Integer.compareUnsigned(size, Abi.NOTIFY_HEAD) < 0) {
            return null;
        }
        boolean whole = Integer.compareUnsigned(size, Abi.NOTIFY_SIZE) >= 0;
        return new RawNotification(
                size,
                info.getInt(Abi.NOTIFY_TYPE),
                info.getInt(Abi.NOTIFY_CLIENT_TOKEN),
                whole ? info.getInt(Abi.NOTIFY_MASK) : 0,
                whole ? info.getInt(Abi.NOTIFY_STATE_OLD) : 0,
                whole ? info.getInt(Abi.NOTIFY_STATE_NEW) : 0);
    }

    /**
     * For the log.
     *
     * @return the raw values in hexadecimal
     */
    @Override
    public String toString() {
        return String.format(
                "{ulSize %d, NotifyType 0x%X, ulClientToken 0x%X, ulMask 0x%X, ulStateOld 0x%X, ulStateNew 0x%X}",
                size, type, clientToken, mask, stateOld, stateNew);
    }
}
