package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import org.greenrobot.eventbus.EventBus;

/** greenrobot's event bus, calling on the posting thread, without logging or events of its own. */
final class GreenrobotPeer implements Peer {
    private final EventBus bus = EventBus.builder()
            .logSubscriberExceptions(false)
            .sendSubscriberExceptionEvent(false)
            .logNoSubscriberMessages(false)
            .sendNoSubscriberEvent(false)
            .build();

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
