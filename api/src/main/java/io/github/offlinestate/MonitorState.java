package io.github.offlinestate;

import io.github.offlinestate.ConnectionChange.Cause;
import io.github.offlinestate.ConnectionStatus.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a monitor knows, and the one lock under which it is decided: notifications and readings come in, go through the
 * {@link ReplayRule}, and what that finds goes to the history, to the listeners of the raw state, and through the
 * {@link Damper} to all others. What leads out of the monitor is collected under the lock and run after it.
 */
final class MonitorState implements ReplayRule.Findings {
    private final String profile;
    private final MonitorSettings settings;
    private final TimeSource time;
    private final MonitorThreads threads;
    private final MonitorEvents events;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> effects = new ArrayList<>();
    private final ReplayRule rule = new ReplayRule(this);
    private final HistoryRing history;
    private final Damper damper;
    private final Fanout fanout = new Fanout();
    private final Waiters waiters = new Waiters();

    private @Nullable Capabilities capabilities;
    private @Nullable Throwable failure;
    private boolean closed;
    private long closedNanos;

    private Connectivity raw;
    private Instant rawSince;
    private long rawNanos;
    private long rawNumber;

    private @Nullable ConnectionState lastSure;
    private long lastSureNanos;

    private @Nullable ConnectionChange timed;
    private MonitorThreads.@Nullable Plan timer;
    private Runnable onHoldOver = () -> {};

    MonitorState(String profile, MonitorSettings settings, MonitorThreads threads, MonitorEvents events) {
        this.profile = profile;
        this.settings = settings;
        this.time = settings.time();
        this.threads = threads;
        this.events = events;
        this.history = new HistoryRing(settings.historySize());
        this.raw = settings.assumed().map(Connectivity::of).orElse(Connectivity.UNKNOWN);
        this.rawSince = time.instant();
        this.rawNanos = time.nanoTime();
        this.damper = new Damper(settings.holds(), raw, rawSince, rawNanos, this::tell);
    }

    /** What to run, on a thread of the monitor's, when a hold may be over; it calls {@link #expireHold()}. */
    void onHoldOver(Runnable task) {
        onHoldOver = task;
    }

    // What comes in from the source.

    void opened(Capabilities capabilities, boolean advised) {
        decide(() -> {
            this.capabilities = capabilities;
            failure = null;
            if (advised) {
                rule.advised();
            }
            return null;
        });
    }

    void notOpened(Throwable reason) {
        decide(() -> {
            capabilities = null;
            failure = reason;
            return null;
        });
    }

    /** Takes a notification, and says whether the state is to be read, within the same callback. */
    boolean received(OfflineNotification notification) {
        return decide(() -> {
            if (!closed) {
                rule.received(notification);
            }
            return !closed && rule.mayRead();
        });
    }

    /**
     * Begins a reading.
     *
     * @param again whether to read although a state is known, if the source would not have told of its end
     * @return nothing where there is nothing to learn
     */
    Optional<ReplayRule.Ticket> beginReading(boolean again) {
        return decide(() -> {
            ConnectionState known = rule.known();
            boolean useful = known == null ? rule.mayRead() : again && !isWatched(Connectivity.of(known));
            return useful && !closed ? Optional.of(rule.beginReading()) : Optional.empty();
        });
    }

    /** Takes a reading; false where it has to be made again. */
    boolean read(ReplayRule.Ticket ticket, ConnectionState state) {
        return decide(() -> {
            boolean taken = closed || rule.read(ticket, state);
            if (taken && !closed) {
                failure = null;
                sure(state);
                waiters.fail(this::isHopeless, this::neverTold, effects);
            }
            return taken;
        });
    }

    /** Takes a reading that failed; false where it has to be made again. */
    boolean unreadable(ReplayRule.Ticket ticket, RuntimeException reason) {
        return decide(() -> {
            boolean away =
                    reason instanceof OfflineStateException e && e.result().equals(HResult.MAPI_E_END_OF_SESSION);
            boolean taken = closed || (away ? rule.readAway(ticket) : rule.unreadable(ticket));
            if (taken) {
                failure = reason;
                waiters.fail(this::isHopeless, this::neverTold, effects);
            }
            return taken;
        });
    }

    void expireHold() {
        decide(() -> {
            timed = null;
            if (!closed) {
                damper.expire(time.nanoTime());
            }
            return null;
        });
    }

    // What the rule finds; under the lock.

    @Override
    public void state(Cause cause, Connectivity now) {
        if (isWatched(raw)) {
            raw.state().ifPresent(this::sure); // until this moment
        }
        now.state().ifPresent(this::sure);
        if (now == raw) {
            return; // as it was assumed
        }
        ConnectionChange change = event(++rawNumber, cause, StateChange.Phase.CHANGE, raw, now);
        raw = now;
        rawSince = change.at();
        rawNanos = change.nanoTime();
        history.add(change);
        fanout.tellRaw(change, effects);
        damper.raw(change);
        waiters.fail(this::isHopeless, this::neverTold, effects);
        effects.add(() -> events.changed(profile, change));
    }

    @Override
    public void phase(StateChange change) {
        fanout.tellRaw(
                event(
                        rawNumber,
                        Cause.CHANGED,
                        change.phase(),
                        Connectivity.of(change.oldState()),
                        Connectivity.of(change.newState())),
                effects);
    }

    private ConnectionChange event(
            long number, Cause cause, StateChange.Phase phase, Connectivity oldState, Connectivity newState) {
        long nanos = time.nanoTime();
        Duration lasted = Duration.ofNanos(nanos - rawNanos);
        return new ConnectionChange(
                number, cause, phase, oldState, newState, isWatched(newState), time.instant(), nanos, lasted, 0, 0);
    }

    private void tell(ConnectionChange change) {
        fanout.tell(change, effects);
        waiters.told(change, effects);
    }

    private void sure(ConnectionState state) {
        lastSure = state;
        lastSureNanos = time.nanoTime();
    }

    private boolean isWatched(Connectivity state) {
        Capabilities can = capabilities;
        return can != null
                && state.state().map(now -> can.notifies(now.opposite())).orElse(true);
    }

    // Who wants to know.

    /**
     * Adds a lane: what it is told begins with the present state, and nothing comes between.
     *
     * @param maker makes the lane from the event that its chain begins with
     */
    Lane add(boolean phases, boolean replay, Function<ConnectionChange, Lane> maker) {
        return decide(() -> {
            if (closed) {
                throw closedAlready();
            }
            ConnectionChange first = phases ? rawReplay() : damper.replay(isWatched(damper.told()));
            Lane lane = maker.apply(first);
            lane.onRemoval(() -> forget(lane));
            fanout.add(lane, phases);
            if (replay) {
                lane.offer(first);
            }
            return lane;
        });
    }

    private ConnectionChange rawReplay() {
        return new ConnectionChange(
                rawNumber,
                Cause.REPLAYED,
                StateChange.Phase.CHANGE,
                Connectivity.UNKNOWN,
                raw,
                isWatched(raw),
                rawSince,
                rawNanos,
                Duration.ZERO,
                0,
                0);
    }

    private void forget(Lane lane) {
        decide(() -> {
            fanout.remove(lane);
            return null;
        });
    }

    /** Completes when a state is told, with that event; it fails where that state will never be told. */
    CompletableFuture<ConnectionChange> when(ConnectionState wanted) {
        CompletableFuture<ConnectionChange> future = new CompletableFuture<>();
        decide(() -> {
            if (closed) {
                future.completeExceptionally(closedAlready());
            } else if (damper.told() == Connectivity.of(wanted)) {
                future.complete(damper.replay(isWatched(damper.told())));
            } else if (isHopeless(wanted)) {
                future.completeExceptionally(neverTold(wanted));
            } else {
                waiters.add(wanted, future);
            }
            return null;
        });
        return future;
    }

    void forget(CompletableFuture<ConnectionChange> future) {
        decide(() -> {
            waiters.remove(future);
            return null;
        });
    }

    ConnectionStatus status() {
        return decide(() -> new ConnectionStatus(
                closed ? Connectivity.UNKNOWN : damper.told(),
                closed ? Connectivity.UNKNOWN : raw,
                reason(),
                !closed && isWatched(raw),
                rawSince,
                Optional.ofNullable(lastSure),
                lastSure == null || isSure() ? Duration.ZERO : Duration.ofNanos(time.nanoTime() - lastSureNanos),
                Optional.ofNullable(failure),
                damper.number(),
                damper.swallowed()));
    }

    ConnectionHistory history() {
        return decide(
                () -> history.snapshot(raw, Duration.ofNanos((closed ? closedNanos : time.nanoTime()) - rawNanos)));
    }

    boolean isClosed() {
        return decide(() -> closed);
    }

    /** No event comes out of the monitor any more. Gives the lanes that were there, the first time. */
    List<Lane> close() {
        return decide(() -> {
            if (closed) {
                return List.of();
            }
            closed = true;
            closedNanos = time.nanoTime();
            waiters.fail(wanted -> true, wanted -> closedAlready(), effects);
            return fanout.removeAll();
        });
    }

    private boolean isSure() {
        return !closed && rule.known() != null && isWatched(raw);
    }

    private Reason reason() {
        if (closed) {
            return Reason.CLOSED;
        }
        if (rule.known() != null) {
            return isWatched(raw) ? Reason.TOLD : Reason.READ;
        }
        if (raw != Connectivity.UNKNOWN) {
            return Reason.ASSUMED;
        }
        if (capabilities == null) {
            return Reason.NOT_OPEN;
        }
        if (rule.lost()) {
            return Reason.LOST;
        }
        return lastSure == null || capabilities.notifiesBoth() ? Reason.UNREADABLE : Reason.NO_CAPABILITY;
    }

    /** Whether nobody will ever tell of a state that is not there now. */
    private boolean isHopeless(ConnectionState wanted) {
        return raw != Connectivity.of(wanted) && isNeverTold(wanted);
    }

    private boolean isNeverTold(ConnectionState wanted) {
        if (capabilities == null) {
            return !settings.keepTrying() && settings.assumed().isPresent();
        }
        if (capabilities.notifies(wanted) || settings.rereadEvery().isPresent()) {
            return false;
        }
        return rule.known() != null || !rule.willRead(); // else the next reading may find it
    }

    private OfflineStateException neverTold(ConnectionState wanted) {
        String why = capabilities == null
                ? "nothing could be opened, and " + raw + " is only assumed; let the monitor keep trying"
                : "its capabilities are " + capabilities + "; let the monitor reread it at an interval";
        return new OfflineStateException(
                HResult.MAPI_E_NO_SUPPORT, "profile " + profile + " will never tell that it is " + wanted + ": " + why);
    }

    private OfflineStateException closedAlready() {
        return new OfflineStateException(
                HResult.MAPI_E_NOT_INITIALIZED, "the connection monitor of profile " + profile + " is closed");
    }

    private void planHold() {
        ConnectionChange held = closed ? null : damper.held();
        if (Objects.equals(held, timed)) {
            return;
        }
        timed = held;
        MonitorThreads.Plan before = timer;
        if (before != null) {
            timer = null;
            effects.add(before::cancel);
        }
        if (held != null) {
            Duration left = damper.hold(held.newState()).minusNanos(time.nanoTime() - held.nanoTime());
            MonitorThreads.Plan plan = threads.plan("a hold of profile " + profile, onHoldOver);
            timer = plan;
            effects.add(() -> plan.begin(left));
        }
    }

    private <T> T decide(Supplier<T> decision) {
        List<Runnable> outside;
        T result;
        lock.lock();
        try {
            result = decision.get();
            planHold();
            outside = List.copyOf(effects);
            effects.clear();
        } finally {
            lock.unlock();
        }
        outside.forEach(Runnable::run);
        return result;
    }
}
