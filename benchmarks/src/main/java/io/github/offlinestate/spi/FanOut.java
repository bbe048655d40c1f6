package io.github.offlinestate.spi;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import org.jspecify.annotations.Nullable;

/**
 * The engine's fan-out alone, on the caller's thread: through public doors it is always behind a hand-over to another
 * thread, which costs a thousand times as much as telling one client does. For benchmarks, from within the package.
 */
public final class FanOut {
    private final EngineManager owner;
    private final Registrations registrations = new Registrations("measured", new AdviseTokens());
    private final HungCallbacks hung = new HungCallbacks();

    @Nullable
    private Delivery delivery;

    /** Nobody is registered. */
    @SuppressWarnings("NullAway") // an offline object that is only asked whether it is open
    public FanOut() {
        owner = new EngineManager(null, null);
    }

    /**
     * As {@code advise} does it.
     *
     * @param callback whom to tell
     * @param clientToken to be given back
     * @return for {@link #remove}
     */
    public AdviseToken add(OfflineNotify callback, int clientToken) {
        return registrations.add(owner, callback, clientToken);
    }

    /**
     * As {@code unadvise} does it.
     *
     * @param token of the registration
     */
    public void remove(AdviseToken token) {
        registrations.remove(token, owner);
    }

    /**
     * One phase to all registrations, as the notifier does it.
     *
     * @param what what to tell
     * @return how many were told
     */
    public int tell(OfflineNotification what) {
        Delivery mine = delivery;
        if (mine == null) {
            mine = registrations.beginDelivery();
            delivery = mine;
        }
        return registrations.tell(mine, what, 0, hung);
    }

    /**
     * What holds the registrations, as long as nothing has been told.
     *
     * @return to be measured
     */
    public Object table() {
        return registrations;
    }
}
