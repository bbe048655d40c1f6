package io.github.offlinestate.tck.backend;

import io.github.offlinestate.Availability;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import java.util.List;

/** Names itself as one provider does, and opens profiles as another. */
final class InjectedProvider implements OfflineStateProvider {
    private final OfflineStateProvider named;
    private final OfflineStateProvider opening;

    InjectedProvider(OfflineStateProvider named, OfflineStateProvider opening) {
        this.named = named;
        this.opening = opening;
    }

    @Override
    public String name() {
        return named.name();
    }

    @Override
    public int priority() {
        return named.priority();
    }

    @Override
    public boolean byNameOnly() {
        return named.byNameOnly();
    }

    @Override
    public Availability availability() {
        return named.availability();
    }

    @Override
    public List<String> profiles() {
        return named.profiles();
    }

    @Override
    public OfflineManager open(String profile) {
        return opening.open(profile);
    }

    @Override
    public String toString() {
        return named + ", behind the kit's engine";
    }
}
