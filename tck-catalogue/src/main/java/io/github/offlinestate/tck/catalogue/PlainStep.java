package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineNotification;
import org.jspecify.annotations.Nullable;

/**
 * What a profile's notifier has to do next.
 *
 * @param kind what it is
 * @param from the state before
 * @param to the state after
 * @param continues whether a START of the source's own went before
 * @param request the request that ends with it
 * @param foreign what to pass on
 */
record PlainStep(
        Kind kind,
        ConnectionState from,
        ConnectionState to,
        boolean continues,
        @Nullable PlainRequest request,
        @Nullable OfflineNotification foreign) {
    enum Kind {
        START,
        CHANGE,
        UNTOLD_CHANGE,
        ABORT,
        LOST,
        RESTORED,
        FOREIGN
    }

    static PlainStep start(ConnectionState from) {
        return new PlainStep(Kind.START, from, from.opposite(), false, null, null);
    }

    static PlainStep change(ConnectionState to, boolean told, boolean continues, @Nullable PlainRequest request) {
        return new PlainStep(told ? Kind.CHANGE : Kind.UNTOLD_CHANGE, to.opposite(), to, continues, request, null);
    }

    static PlainStep abort(ConnectionState state, @Nullable PlainRequest request) {
        return new PlainStep(Kind.ABORT, state, state, true, request, null);
    }

    static PlainStep lost(ConnectionState state) {
        return new PlainStep(Kind.LOST, state, state, false, null, null);
    }

    static PlainStep restored(ConnectionState state) {
        return new PlainStep(Kind.RESTORED, state, state, false, null, null);
    }

    static PlainStep foreign(ConnectionState state, OfflineNotification what) {
        return new PlainStep(Kind.FOREIGN, state, state, false, null, what);
    }

    boolean isStart() {
        return kind == Kind.START;
    }

    /** Whether it is a whole change of the source's own, told and not asked for. */
    boolean isPlainChange() {
        return kind == Kind.CHANGE && !continues && request == null;
    }

    boolean isTransition() {
        return kind == Kind.START || kind == Kind.CHANGE || kind == Kind.UNTOLD_CHANGE || kind == Kind.ABORT;
    }

    boolean isForeign() {
        return kind == Kind.FOREIGN;
    }

    boolean isLoss() {
        return kind == Kind.LOST;
    }

    /** Whether it is a transition, or the end of one, that clients are told of. */
    boolean isToldTransition() {
        return kind == Kind.CHANGE || kind == Kind.ABORT;
    }

    private boolean isOwnChange() {
        return isPlainChange() || (kind == Kind.UNTOLD_CHANGE && request == null);
    }

    /** Whether the two together come to nothing, so that both may be left out (NOTIFY-11). */
    boolean isUndoneBy(PlainStep next) {
        return isOwnChange() ? next.isOwnChange() : isLoss() && next.kind == Kind.RESTORED;
    }
}
