package io.github.offlinestate.tck.check;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.TckEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A callback of the kit's: remembers what it was told, and does within its callbacks what the test wants. Notifications
 * that a client has to ignore (NOTIFY-8) are recorded and otherwise ignored.
 */
final class Client implements OfflineNotify {
    private static final int BOUND = 200_000;

    /** Something done within a callback. */
    @FunctionalInterface
    interface Action {
        void run(OfflineNotification told) throws Exception;
    }

    private final Trial trial;
    private final String lane;
    private final List<OfflineNotification> told = new ArrayList<>();
    private final Map<Phase, Action> onPhase = new EnumMap<>(Phase.class);
    private final List<Action> onAnything = new CopyOnWriteArrayList<>();
    private volatile @Nullable Action onForeign;
    private volatile @Nullable Consumer<OfflineNotification> misbehaviour;
    private final Map<ConnectionState, Integer> ends = new EnumMap<>(ConnectionState.class);
    private volatile boolean excused;
    private volatile int starts;

    Client(Trial trial, String lane) {
        this.trial = trial;
        this.lane = lane;
    }

    String lane() {
        return lane;
    }

    /** Does something in the callbacks of a phase. What goes wrong there fails the test. */
    synchronized Client on(Phase phase, Action action) {
        onPhase.put(phase, action);
        return this;
    }

    /** Does something in every callback, those of foreign notifications included. */
    Client onAnything(Action action) {
        onAnything.add(action);
        return this;
    }

    /** Does something in the callbacks of foreign notifications. */
    Client onForeign(Action action) {
        onForeign = action;
        return this;
    }

    /** Does something at the end of every callback whose exceptions go out to the provider. */
    Client misbehave(Consumer<OfflineNotification> action) {
        misbehaviour = action;
        return this;
    }

    /** Holds the first callback of a phase. */
    Gate holdAt(Phase phase) {
        Gate gate = trial.gate(lane + "'s callback in " + phase);
        on(phase, notification -> gate.pass());
        return gate;
    }

    @Override
    public void onNotify(OfflineNotification notification) {
        if (notification == null) {
            trial.failedInCallback(CheckFailure.seen("expected that " + this + " is told something; it was told null"));
            return;
        }
        trial.record(lane, TckEvent.Kind.NOTIFIED, notification.toString());
        try {
            remember(notification);
            act(notification);
        } catch (TrialAbandoned over) {
            // The test has ended without this callback.
        } catch (Throwable failure) {
            trial.failedInCallback(failure);
        }
        try {
            Consumer<OfflineNotification> last = misbehaviour;
            if (last != null) {
                last.accept(notification);
            }
        } finally {
            countEnd(notification);
            trial.record(lane, TckEvent.Kind.NOTIFIED_END, notification.type().toString());
        }
    }

    private synchronized void remember(OfflineNotification notification) {
        boolean counts = notification.stateChange().isPresent() || isOfSession(notification);
        if (counts && told.size() < BOUND) {
            told.add(notification);
        }
        if (isPhase(notification, Phase.START)) {
            starts++;
        }
    }

    /** Counts the transitions whose DONE has been told and dealt with; never forgotten. */
    private synchronized void countEnd(OfflineNotification notification) {
        notification
                .stateChange()
                .filter(change -> change.phase() == Phase.DONE)
                .ifPresent(change -> ends.merge(change.newState(), 1, Integer::sum));
    }

    /** How many transitions to a state have come to their end here. */
    synchronized int ends(ConnectionState state) {
        return ends.getOrDefault(state, 0);
    }

    /** Nobody need wait for it any more. */
    void excuse() {
        excused = true;
    }

    boolean isExcused() {
        return excused;
    }

    private void act(OfflineNotification notification) throws Exception {
        for (Action action : onAnything) {
            action.run(notification);
        }
        Optional<StateChange> change = notification.stateChange();
        Action action =
                change.isPresent() ? phaseAction(change.get().phase()) : isOfSession(notification) ? null : onForeign;
        if (action != null) {
            action.run(notification);
        }
    }

    private synchronized @Nullable Action phaseAction(Phase phase) {
        return onPhase.get(phase);
    }

    static boolean isOfSession(OfflineNotification notification) {
        return notification.type().equals(NotifyType.BACKEND_LOST)
                || notification.type().equals(NotifyType.BACKEND_RESTORED);
    }

    static boolean isPhase(OfflineNotification notification, Phase phase) {
        return notification
                .stateChange()
                .filter(change -> change.phase() == phase)
                .isPresent();
    }

    /** Everything that it was told, foreign notifications apart. */
    synchronized List<OfflineNotification> told() {
        return new ArrayList<>(told);
    }

    /** The state changes that it was told. */
    List<StateChange> changes() {
        return told().stream()
                .flatMap(notification -> notification.stateChange().stream())
                .toList();
    }

    synchronized void forget() {
        told.clear();
    }

    synchronized int count() {
        return told.size();
    }

    int starts() {
        return starts;
    }

    boolean wasTold(Phase phase, ConnectionState newState) {
        return changes().stream().anyMatch(change -> change.phase() == phase && change.newState() == newState);
    }

    /** Whether the last that it was told is this. */
    synchronized boolean endsWith(Phase phase, ConnectionState newState) {
        if (told.isEmpty()) {
            return false;
        }
        return told.get(told.size() - 1)
                .stateChange()
                .filter(change -> change.phase() == phase && change.newState() == newState)
                .isPresent();
    }

    /** Whether the last transition that it was told of has ended, in this state. */
    boolean endsWithTransition(ConnectionState newState) {
        List<StateChange> changes = changes();
        StateChange last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
        return last != null && last.phase() == Phase.DONE && last.newState() == newState;
    }

    boolean wasTold(NotifyType type) {
        return told().stream().anyMatch(notification -> notification.type().equals(type));
    }

    void awaitTold(Phase phase, ConnectionState newState) {
        trial.await(
                "registration " + lane + " is told STATECHANGE" + suffix(phase) + " to " + newState,
                () -> wasTold(phase, newState));
    }

    void awaitTold(NotifyType type) {
        trial.await("registration " + lane + " is told " + type, () -> wasTold(type));
    }

    void awaitCount(int count) {
        trial.await("registration " + lane + " is told " + count + " notifications", () -> count() >= count);
    }

    private static String suffix(Phase phase) {
        return switch (phase) {
            case START -> "_START";
            case CHANGE -> "";
            case DONE -> "_DONE";
        };
    }

    @Override
    public String toString() {
        return "registration " + lane;
    }
}
