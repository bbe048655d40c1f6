package io.github.offlinestate.spi;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A thread that waits in SetCurrentState with BLOCK. It is ended once; what comes later does not matter to it. */
final class BlockedCall {
    private final EngineManager manager;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Failure failure; // written before the latch opens, read after

    BlockedCall(EngineManager manager) {
        this.manager = manager;
    }

    EngineManager manager() {
        return manager;
    }

    /** Ends the waiting; under the profile's lock, so that one end comes first. */
    void end(@Nullable Failure outcome) {
        if (ended.getCount() > 0) {
            failure = outcome;
            ended.countDown();
        }
    }

    /** Waits for the end and throws what went wrong. */
    void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OfflineStateException(
                    HResult.MAPI_E_USER_CANCEL,
                    "SetCurrentState: the waiting thread was interrupted; the change itself goes on",
                    e);
        }
        if (failure != null) {
            throw failure.exception();
        }
    }
}
