package io.github.offlinestate;

import java.util.List;

/** A source that is there at the n-th try only. */
class LateProvider implements OfflineStateProvider {
    private final int failures;
    private final OfflineManager manager;
    private volatile int tries;

    LateProvider(int failures, OfflineManager manager) {
        this.failures = failures;
        this.manager = manager;
    }

    int tries() {
        return tries;
    }

    @Override
    public String name() {
        return "late";
    }

    @Override
    public List<String> profiles() {
        return List.of("Work");
    }

    @Override
    public OfflineManager open(String profile) {
        if (profile.isEmpty()) {
            throw new OfflineStateException(HResult.E_INVALIDARG, "a profile has a name");
        }
        tries = tries + 1;
        if (tries <= failures) {
            throw new OfflineStateException(HResult.MAPI_E_END_OF_SESSION, "the source is not there yet");
        }
        return manager;
    }
}
