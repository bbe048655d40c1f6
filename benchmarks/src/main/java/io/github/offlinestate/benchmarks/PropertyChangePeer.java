package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import java.beans.PropertyChangeSupport;

/** The JDK's bean events. */
final class PropertyChangePeer implements Peer {
    private final PropertyChangeSupport support = new PropertyChangeSupport(this);

    @Override
    public Object add(Client client) {
        support.addPropertyChangeListener(client);
        return client;
    }

    @Override
    public void remove(Object registration) {
        support.removePropertyChangeListener((Client) registration);
    }

    @Override
    public void tell(OfflineNotification what) {
        support.firePropertyChange("state", null, what);
    }
}
