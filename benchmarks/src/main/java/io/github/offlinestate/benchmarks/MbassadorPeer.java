package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import net.engio.mbassy.bus.SyncMessageBus;

/** MBassador's bus that calls on the publishing thread, with a handler for what listeners throw. */
final class MbassadorPeer implements Peer {
    private final SyncMessageBus<OfflineNotification> bus = new SyncMessageBus<>(error -> {});

    @Override
    public Object add(Client client) {
        bus.subscribe(client);
        return client;
    }

    @Override
    public void remove(Object registration) {
        bus.unsubscribe(registration);
    }

    @Override
    public void tell(OfflineNotification what) {
        bus.publish(what);
    }
}
