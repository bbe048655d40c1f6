package io.github.offlinestate.tck.catalogue.found;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;

/** Does nothing until it is asked to open a profile, and has none. */
public class QuietProvider implements OfflineStateProvider {
    /** Opens nothing. */
    public QuietProvider() {}

    @Override
    public String name() {
        return "quiet";
    }

    @Override
    public OfflineManager open(String profile) {
        throw new OfflineStateException(
                HResult.MAPI_E_NOT_FOUND, "provider \"quiet\" has no profiles, and so no \"" + profile + '"');
    }
}
