package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import java.io.Serial;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;

/** Spring's multicaster without an application context, with a handler for what listeners throw. */
final class SpringPeer implements Peer {
    private final SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();

    SpringPeer() {
        multicaster.setErrorHandler(thrown -> {});
    }

    @Override
    public Object add(Client client) {
        multicaster.addApplicationListener(client);
        return client;
    }

    @Override
    public void remove(Object registration) {
        multicaster.removeApplicationListener((Client) registration);
    }

    @Override
    public void tell(OfflineNotification what) {
        multicaster.multicastEvent(new Told(this, what));
    }

    /** The event that Spring wants. */
    static final class Told extends ApplicationEvent {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient OfflineNotification what;

        Told(Object source, OfflineNotification what) {
            super(source);
            this.what = what;
        }

        OfflineNotification what() {
            return what;
        }
    }
}
