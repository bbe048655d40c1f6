package io.github.offlinestate;

import java.util.ArrayList;
import java.util.List;

/** A listener that keeps what it is told. */
final class Recorder implements ConnectionListener {
    private final List<ConnectionChange> changes = new ArrayList<>();

    @Override
    public synchronized void onChange(ConnectionChange change) {
        changes.add(change);
    }

    synchronized List<ConnectionChange> changes() {
        return List.copyOf(changes);
    }

    List<Connectivity> states() {
        return changes().stream().map(ConnectionChange::newState).toList();
    }

    List<ConnectionChange.Cause> causes() {
        return changes().stream().map(ConnectionChange::cause).toList();
    }

    ConnectionChange last() {
        List<ConnectionChange> all = changes();
        return all.get(all.size() - 1);
    }
}
