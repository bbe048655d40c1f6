package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What most code does. */
final class CopyOnWritePeer implements Peer {
    private final List<OfflineNotify> clients = new CopyOnWriteArrayList<>();

    @Override
    public Object add(Client client) {
        clients.add(client);
        return client;
    }

    @Override
    public void addAll(List<Client> more) {
        clients.addAll(more);
    }

    @Override
    public void remove(Object registration) {
        clients.remove(registration);
    }

    @Override
    public void tell(OfflineNotification what) {
        for (OfflineNotify client : clients) {
            client.onNotify(what);
        }
    }
}
