package io.github.offlinestate.spi;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;

/** Opens profiles: one state a profile, shared by its offline objects. */
final class Engine {
    private final String provider;
    private final BackendFactory backends;
    private final EngineSettings settings;

    Engine(String provider, BackendFactory backends, EngineSettings settings) {
        this.provider = provider;
        this.backends = backends;
        this.settings = settings;
    }

    EngineSettings settings() {
        return settings;
    }

    OfflineManager open(String profile) {
        throw new OfflineStateException(
                HResult.MAPI_E_CALL_FAILED, provider + " cannot open " + profile + " of " + backends + " yet");
    }
}
