package io.github.offlinestate.benchmarks;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The engine through its public doors: a backend reports, an offline object's clients are told. */
final class EnginePeer implements Peer {
    private static final String PROFILE = "default";

    private final OfflineManager manager;
    private final BackendSink sink;
    private final Semaphore told = new Semaphore(0);

    /**
     * A profile of its own.
     *
     * @param callbackLimit how long a callback is waited for
     */
    EnginePeer(Duration callbackLimit) {
        Link link = new Link(EngineSettings.DEFAULT.withCallbackLimit(callbackLimit));
        manager = link.provider().open(PROFILE);
        sink = link.sink(PROFILE);
        manager.advise(what -> {
            if (what.type().equals(NotifyType.STATECHANGE_DONE)) {
                told.release();
            }
        });
    }

    @Override
    public Object add(Client client) {
        return manager.advise(client);
    }

    @Override
    public void remove(Object registration) {
        manager.unadvise((AdviseToken) registration);
    }

    @Override
    public void tell(OfflineNotification what) {
        if (what.type().equals(NotifyType.STATECHANGE)) {
            sink.changed(ConnectionState.ofCode(what.newState()).orElseThrow());
        } else {
            sink.otherNotification(what.type().code(), what.mask(), what.oldState(), what.newState());
        }
    }

    @Override
    public boolean tellsOnItsCaller() {
        return false;
    }

    /** Until somebody has been told of the last of the changes. */
    @Override
    public void settle() {
        told.acquireUninterruptibly();
    }

    @Override
    public void close() {
        manager.close();
    }
}
