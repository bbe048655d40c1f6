package io.github.offlinestate.spi;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the notifier has to do, decided already. Immutable.
 *
 * @param kind what it is
 * @param from the state before
 * @param to the state after; equal to {@code from} where nothing changes
 * @param continues whether a START of its own went before
 * @param request the request that ends with it
 * @param failure why that request failed, in an abort
 * @param other what to pass on, in a foreign notification
 * @param loss which loss of the backend is restored
 */
record Step(
        Kind kind,
        ConnectionState from,
        ConnectionState to,
        boolean continues,
        @Nullable Request request,
        @Nullable Failure failure,
        @Nullable OfflineNotification other,
        long loss) {
    /** The parts of a step, each done for all registrations before the next. */
    enum Phase {
        TELL_START,
        CHANGE_STATE,
        TELL_CHANGE,
        TELL_DONE,
        TELL_LOST,
        END_LOSS,
        TELL_RESTORED,
        TELL_OTHER
    }

    enum Kind {
        START(true, Phase.TELL_START),
        CHANGE(true, Phase.TELL_START, Phase.CHANGE_STATE, Phase.TELL_CHANGE, Phase.TELL_DONE),
        ABORT(true, Phase.TELL_DONE),
        UNTOLD_CHANGE(true, Phase.CHANGE_STATE),
        /** Nothing is told: a request has failed, and ends after what went before it. */
        FAILED_REQUEST(true),
        LOST(false, Phase.TELL_LOST),
        RESTORED(false, Phase.END_LOSS, Phase.TELL_RESTORED),
        OTHER(false, Phase.TELL_OTHER);

        private final boolean transition;

        @SuppressWarnings("ImmutableEnumChecker") // List.of gives one that is
        private final List<Phase> phases;

        Kind(boolean transition, Phase... phases) {
            this.transition = transition;
            this.phases = List.of(phases);
        }

        /** Whether a change is under way while it is not done (SET-3). */
        boolean isTransition() {
            return transition;
        }

        List<Phase> phases() {
            return phases;
        }

        boolean changesState() {
            return phases.contains(Phase.CHANGE_STATE);
        }
    }

    static Step start(ConnectionState from) {
        return new Step(Kind.START, from, from.opposite(), false, null, null, null, 0);
    }

    static Step change(ConnectionState to, boolean told, boolean continues, @Nullable Request request) {
        Kind kind = told ? Kind.CHANGE : Kind.UNTOLD_CHANGE;
        return new Step(kind, to.opposite(), to, continues, request, null, null, 0);
    }

    static Step abort(ConnectionState state, @Nullable Request request, @Nullable Failure failure) {
        return new Step(Kind.ABORT, state, state, true, request, failure, null, 0);
    }

    static Step failedRequest(ConnectionState state, Request request, Failure failure) {
        return new Step(Kind.FAILED_REQUEST, state, state, false, request, failure, null, 0);
    }

    static Step lost(ConnectionState state) {
        return new Step(Kind.LOST, state, state, false, null, null, null, 0);
    }

    static Step restored(ConnectionState state, long loss) {
        return new Step(Kind.RESTORED, state, state, false, null, null, null, loss);
    }

    static Step other(ConnectionState state, OfflineNotification notification) {
        return new Step(Kind.OTHER, state, state, false, null, null, notification, 0);
    }

    /** Whether it may be left out together with the change back (NOTIFY-11). */
    boolean mayBeLeftOut() {
        return kind.changesState() && !continues && request == null;
    }

    /** The same with its START, where that went before. */
    Step whole() {
        return new Step(kind, from, to, false, request, failure, other, loss);
    }

    /** The same for somebody to whom it does not matter who has asked for it. */
    Step withoutRequest() {
        return new Step(kind, from, to, continues, null, null, other, loss);
    }

    /** All that it tells somebody who has been told what went before it, in order. */
    List<OfflineNotification> toTell() {
        return kind.phases().stream()
                .filter(phase -> phase != Phase.TELL_START || !continues)
                .map(this::toTell)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What a phase tells, with 0 as client token; nothing where it tells nobody. */
    @Nullable
    OfflineNotification toTell(Phase phase) {
        return switch (phase) {
            case TELL_START -> stateChange(NotifyType.STATECHANGE_START);
            case TELL_CHANGE -> stateChange(NotifyType.STATECHANGE);
            case TELL_DONE -> stateChange(NotifyType.STATECHANGE_DONE);
            case TELL_LOST -> new OfflineNotification(NotifyType.BACKEND_LOST, 0, 0, 0, 0);
            case TELL_RESTORED -> new OfflineNotification(NotifyType.BACKEND_RESTORED, 0, 0, 0, 0);
            case TELL_OTHER -> other;
            case CHANGE_STATE, END_LOSS -> null;
        };
    }

    private OfflineNotification stateChange(NotifyType type) {
        return new OfflineNotification(type, 0, MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK, from.code(), to.code());
    }
}
