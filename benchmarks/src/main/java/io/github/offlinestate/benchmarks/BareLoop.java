package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import java.util.Arrays;
import java.util.List;

/** An array and a loop: the limit, without a guarantee of any kind. */
final class BareLoop implements Peer {
    private OfflineNotify[] clients = {};

    @Override
    public Object add(Client client) {
        clients = Arrays.copyOf(clients, clients.length + 1);
        clients[clients.length - 1] = client;
        return client;
    }

    @Override
    public void addAll(List<Client> more) {
        clients = more.toArray(OfflineNotify[]::new);
    }

    @Override
    public void remove(Object registration) {
        clients =
                Arrays.stream(clients).filter(client -> client != registration).toArray(OfflineNotify[]::new);
    }

    @Override
    public void tell(OfflineNotification what) {
        for (OfflineNotify client : clients) {
            client.onNotify(what);
        }
    }
}
