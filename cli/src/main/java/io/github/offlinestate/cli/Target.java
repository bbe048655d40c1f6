package io.github.offlinestate.cli;

import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.OfflineStateProvider;

/**
 * A profile of a provider.
 *
 * @param provider usable here
 * @param profile its name
 */
record Target(OfflineStateProvider provider, String profile) {
    String providerName() {
        return provider.name();
    }

    OfflineManager open() {
        return OfflineManagers.open(provider, profile);
    }
}
