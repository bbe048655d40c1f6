package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A callback for races: remembers state changes and nothing else, and is made by the thousand. */
final class LightClient implements OfflineNotify {
    private final List<StateChange> told = new CopyOnWriteArrayList<>();
    private volatile boolean gone;
    private volatile boolean toldAfterGone;

    /** Registers so many; in the order of their registration. */
    static Map<AdviseToken, LightClient> advise(OfflineManager real, int count) {
        Map<AdviseToken, LightClient> clients = new LinkedHashMap<>();
        for (int number = 0; number < count; number++) {
            LightClient client = new LightClient();
            clients.put(real.advise(client), client);
        }
        return clients;
    }

    @Override
    public void onNotify(OfflineNotification notification) {
        if (gone) {
            toldAfterGone = true;
        }
        notification.stateChange().ifPresent(told::add);
    }

    void forget() {
        told.clear();
    }

    /** From now on no callback may begin. */
    void gone() {
        gone = true;
    }

    boolean wasToldAfterGone() {
        return toldAfterGone;
    }

    boolean wasTold(Phase phase) {
        return told.stream().anyMatch(change -> change.phase() == phase);
    }

    List<StateChange> told() {
        return told;
    }
}
