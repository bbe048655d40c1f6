package io.github.offlinestate.spi;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.TimeSource;
import org.jspecify.annotations.Nullable;

/** One accepted SetCurrentState, from there to its change or its failure. Guarded by the profile's lock. */
final class Request {
    private final ConnectionState target;
    private final @Nullable BlockedCall call;
    private volatile TimeSource.@Nullable Scheduled limit;
    private boolean decided;

    Request(ConnectionState target, @Nullable BlockedCall call) {
        this.target = target;
        this.call = call;
    }

    ConnectionState target() {
        return target;
    }

    /** What ends it when its time is over; set before the backend is asked. */
    void limit(TimeSource.Scheduled scheduled) {
        limit = scheduled;
    }

    /** Not under the lock. */
    void cancelLimit() {
        TimeSource.Scheduled scheduled = limit;
        if (scheduled != null) {
            scheduled.cancel();
        }
    }

    /** Whether its change or its failure is known, though perhaps not told to all yet. */
    boolean isDecided() {
        return decided;
    }

    /** What the backend says from now on about it comes too late. */
    void decide() {
        decided = true;
    }

    /** Whether a thread waits for the outcome. */
    boolean isWaitedFor() {
        return call != null;
    }

    /** Ends who waits for it, if somebody does. */
    void end(@Nullable Failure failure) {
        if (call != null) {
            call.end(failure);
        }
    }

    /** Ends who waits for it through that object. */
    void endFor(EngineManager manager, Failure failure) {
        if (call != null && call.manager() == manager) {
            call.end(failure);
        }
    }
}
