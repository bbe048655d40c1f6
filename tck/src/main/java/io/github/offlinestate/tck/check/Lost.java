package io.github.offlinestate.tck.check;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;

/** What the tests of a backend that goes away have in common. */
final class Lost {
    private Lost() {}

    static void requireLosable(ProviderTrial trial) {
        if (!trial.fixture().backendCanGoAway()) {
            throw NotJudged.notApplicable("the fixture says that the backend cannot go away");
        }
    }

    static boolean isAway(OfflineManager manager) {
        try {
            return manager.currentState() == null;
        } catch (OfflineStateException failure) {
            return failure.result().equals(HResult.MAPI_E_END_OF_SESSION);
        }
    }

    static void awaitAway(ProviderTrial trial, OfflineManager manager) {
        OfflineManager quiet = ProviderTrial.real(manager);
        trial.await("reading the state fails with MAPI_E_END_OF_SESSION", () -> isAway(quiet));
    }

    static void awaitBack(ProviderTrial trial, OfflineManager manager) {
        OfflineManager quiet = ProviderTrial.real(manager);
        trial.await("reading the state works again", () -> !isAway(quiet));
    }
}
