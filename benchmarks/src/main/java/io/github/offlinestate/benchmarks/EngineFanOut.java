package io.github.offlinestate.benchmarks;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.spi.FanOut;

/** The engine's fan-out on the caller's thread. */
final class EngineFanOut implements Peer {
    private final FanOut fanOut = new FanOut();

    @Override
    public Object add(Client client) {
        return fanOut.add(client, 0);
    }

    @Override
    public void remove(Object registration) {
        fanOut.remove((AdviseToken) registration);
    }

    @Override
    public void tell(OfflineNotification what) {
        fanOut.tell(what);
    }
}
