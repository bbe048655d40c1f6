package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What most code does. */
final class CopyOnWritePeer implements Peer {
    private final List<Client> clients = new CopyOnWriteArrayList<>();

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
        for (Client client : clients) {
            client.onNotify(what);
        }
    }
}
