package io.github.offlinestate.test;

import io.github.offlinestate.Availability;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Another provider that knows what was opened of it and is not closed. */
final class WatchedProvider implements OfflineStateProvider {
    private final OfflineStateProvider watched;
    private final Set<WatchedManager> open = new LinkedHashSet<>();

    WatchedProvider(OfflineStateProvider watched) {
        this.watched = watched;
    }

    /** The offline objects that are open, the oldest first. */
    List<WatchedManager> open() {
        synchronized (open) {
            return new ArrayList<>(open);
        }
    }

    void closed(WatchedManager manager) {
        synchronized (open) {
            open.remove(manager);
        }
    }

    @Override
    public OfflineManager open(String profile) {
        WatchedManager manager = new WatchedManager(this, profile, watched.open(profile));
        synchronized (open) {
            open.add(manager);
        }
        return manager;
    }

    @Override
    public String name() {
        return watched.name();
    }

    @Override
    public int priority() {
        return watched.priority();
    }

    @Override
    public boolean byNameOnly() {
        return watched.byNameOnly();
    }

    @Override
    public Availability availability() {
        return watched.availability();
    }

    @Override
    public List<String> profiles() {
        return watched.profiles();
    }

    @Override
    public String toString() {
        return watched.toString();
    }
}
