package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One accepted SetCurrentState, and who waits for it. */
class PlainRequest {
    private final PlainManager manager;
    private final ConnectionState target;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable OfflineStateException failure;
    private boolean decided;

    PlainRequest(PlainManager manager, ConnectionState target) {
        this.manager = manager;
        this.target = target;
    }

    PlainManager manager() {
        return manager;
    }

    ConnectionState target() {
        return target;
    }

    /** Whether its change or its failure is known; guarded by the profile. */
    boolean isDecided() {
        return decided;
    }

    void decide() {
        decided = true;
    }

    /** How it will end; what comes after the end does not matter. */
    synchronized void failWith(OfflineStateException with) {
        if (!isEnded()) {
            failure = with;
        }
    }

    /** Who waits goes on. */
    synchronized void end() {
        ended.countDown();
    }

    boolean isEnded() {
        return ended.getCount() == 0;
    }

    void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OfflineStateException(
                    HResult.MAPI_E_USER_CANCEL, "interrupted while waiting; the change itself goes on", e);
        }
        OfflineStateException outcome = outcome();
        if (outcome != null) {
            throw outcome;
        }
    }

    private synchronized @Nullable OfflineStateException outcome() {
        return failure;
    }
}
