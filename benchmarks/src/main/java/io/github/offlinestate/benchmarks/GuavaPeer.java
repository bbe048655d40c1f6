package io.github.offlinestate.benchmarks;

import com.google.common.eventbus.EventBus;
import io.github.offlinestate.OfflineNotification;

/** Guava's event bus, with a handler for what subscribers throw. */
final class GuavaPeer implements Peer {
    private final EventBus bus = new EventBus((thrown, context) -> {});

    @Override
    public Object add(Client client) {
        bus.register(client);
        return client;
    }

    @Override
    public void remove(Object registration) {
        bus.unregister(registration);
    }

    @Override
    public void tell(OfflineNotification what) {
        bus.post(what);
    }
}
