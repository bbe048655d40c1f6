package io.github.offlinestate;

/**
 * What an offline object can tell its clients: a bit mask (CAP-1) whose two known bits are independent (CAP-2). It is
 * about being told, not about setting: see {@link Offline#canSet()} for that.
 *
 * <p>MAPI counterpart: the mask that {@code IMAPIOffline::GetCapabilities} gives.
 *
 * @param bits the mask as it is on the wire; bits other than the two known ones are kept and mean nothing (CAP-5)
 */
public record Capabilities(int bits) {
    /** Neither going offline nor going online is notified. */
    public static final Capabilities NONE = new Capabilities(0);
    /** Going offline is notified, going online is not. */
    public static final Capabilities OFFLINE_ONLY = new Capabilities(MapiConstants.MAPIOFFLINE_CAPABILITY_OFFLINE);
    /** Going online is notified, going offline is not. */
    public static final Capabilities ONLINE_ONLY = new Capabilities(MapiConstants.MAPIOFFLINE_CAPABILITY_ONLINE);
    /** Both are notified. */
    public static final Capabilities BOTH = new Capabilities(OFFLINE_ONLY.bits | ONLINE_ONLY.bits);

    /**
     * Whether going offline is notified.
     *
     * @return whether {@code MAPIOFFLINE_CAPABILITY_OFFLINE} is set
     */
    public boolean notifiesOffline() {
        return (bits & MapiConstants.MAPIOFFLINE_CAPABILITY_OFFLINE) != 0;
    }

    /**
     * Whether going online is notified.
     *
     * @return whether {@code MAPIOFFLINE_CAPABILITY_ONLINE} is set
     */
    public boolean notifiesOnline() {
        return (bits & MapiConstants.MAPIOFFLINE_CAPABILITY_ONLINE) != 0;
    }

    /**
     * Whether a change into a state is notified (CAP-3).
     *
     * @param state the state changed into
     * @return {@link #notifiesOffline()} or {@link #notifiesOnline()}
     */
    public boolean notifies(ConnectionState state) {
        return state == ConnectionState.OFFLINE ? notifiesOffline() : notifiesOnline();
    }

    /**
     * Whether every change is notified.
     *
     * @return whether both bits are set
     */
    public boolean notifiesBoth() {
        return notifiesOffline() && notifiesOnline();
    }

    @Override
    public String toString() {
        int rest = bits & ~BOTH.bits;
        StringBuilder text = new StringBuilder();
        if (notifiesOffline()) {
            text.append("OFFLINE");
        }
        if (notifiesOnline()) {
            text.append(text.isEmpty() ? "" : "|").append("ONLINE");
        }
        if (rest != 0) {
            text.append(text.isEmpty() ? "" : "|").append(String.format("0x%08x", rest));
        }
        return text.isEmpty() ? "NONE" : text.toString();
    }
}
