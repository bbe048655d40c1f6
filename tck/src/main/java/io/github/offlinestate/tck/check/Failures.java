package io.github.offlinestate.tck.check;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import org.jspecify.annotations.Nullable;

/** Judges how a call failed. */
final class Failures {
    private Failures() {}

    static OfflineStateException expectResult(String what, HResult expected, @Nullable Throwable thrown) {
        if (thrown == null) {
            throw CheckFailure.seen("expected that " + what + " fails with " + expected + "; it returned");
        }
        if (!(thrown instanceof OfflineStateException failure)) {
            throw CheckFailure.thrown(
                    "expected that " + what + " fails with " + expected + "; it threw " + thrown, thrown);
        }
        if (!failure.result().equals(expected)) {
            throw CheckFailure.thrown(
                    "expected that " + what + " fails with " + expected + "; it failed with " + failure.result() + ": "
                            + failure.getMessage(),
                    failure);
        }
        return failure;
    }

    /** Runs something here that has to fail with a result code. */
    static OfflineStateException expectResult(String what, HResult expected, Trial.Task body) {
        Throwable thrown = null;
        try {
            body.run();
        } catch (TrialAbandoned over) {
            throw over;
        } catch (Throwable failure) {
            thrown = failure;
        }
        return expectResult(what, expected, thrown);
    }
}
