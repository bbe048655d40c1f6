package io.github.offlinestate.sim;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.spi.BackendSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a profile's state comes from. It makes one change at a time, in the order in which they were asked for, each
 * with the profile's latency, and tells the sessions that are open. It lives as long as the provider.
 */
final class SimulatedSource {
    private static final int REMEMBERED = 1_000;
    private static final int MANY = 4;

    private final ProfileSettings settings;
    private final TimeSource time;
    private final Outbox outbox;

    private final Object lock = new Object();
    private final List<Session> sessions = new ArrayList<>();
    private final Queue<Transition> waiting = new ArrayDeque<>();
    private final Queue<RequestFailure> failures = new ArrayDeque<>();
    private final Deque<SimulatedChange> changes = new ArrayDeque<>();
    private final Deque<ConnectionState> requests = new ArrayDeque<>();
    private @Nullable Transition underWay;
    private @Nullable ConnectionState announced;
    private @Nullable Throwable awayBecause;
    private Latency latency;
    private long hangsReleased;
    private ConnectionState state;

    /** What sessions see: the state, but as it was when the source went away. */
    private volatile ConnectionState told;

    SimulatedSource(ProfileSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.outbox = new Outbox(time);
        this.latency = settings.latency();
        this.state = settings.initially();
        this.told = state;
        this.awayBecause = settings.away() ? new IllegalStateException(describe() + " has not come yet") : null;
    }

    // What the backend's door needs.

    Session open(BackendSink sink) {
        synchronized (lock) {
            if (awayBecause != null) {
                throw new OfflineStateException(
                        HResult.MAPI_E_END_OF_SESSION,
                        describe() + " is away: open it when it has come back",
                        awayBecause);
            }
            Session session = new Session(this, sink);
            sessions.add(session);
            return session;
        }
    }

    void close(Session session) {
        synchronized (lock) {
            sessions.remove(session);
            lock.notifyAll();
        }
    }

    Capabilities capabilities() {
        return settings.capabilities();
    }

    boolean canSet() {
        return settings.canSet();
    }

    ConnectionState toldState() {
        return told;
    }

    CompletionStage<Void> request(Session session, ConnectionState target) {
        Transition transition = new Transition(target, ChangedBy.CLIENT, true);
        synchronized (lock) {
            remember(requests, target);
            RequestFailure failure = failures.poll();
            if (failure == RequestFailure.HANG) {
                hang(session);
            }
            if (failure == RequestFailure.THROW) {
                throw new IllegalStateException(failed(target, failure));
            }
            if (failure == RequestFailure.REFUSE) {
                return CompletableFuture.failedFuture(new IllegalStateException(failed(target, failure)));
            }
            if (failure == RequestFailure.NEVER_COMPLETE) {
                return transition.outcome;
            }
            if (awayBecause != null) {
                return CompletableFuture.failedFuture(awayBecause);
            }
            transition.fails = failure == RequestFailure.FAIL_AFTER_START;
            waiting.add(transition);
            proceed();
        }
        outbox.send();
        return transition.outcome;
    }

    private void hang(Session session) {
        long releasedBefore = hangsReleased;
        try {
            while (hangsReleased == releasedBefore && !session.isClosed()) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(describe() + ": interrupted in a request that hangs", e);
        }
    }

    // What the handle does.

    ConnectionState state() {
        synchronized (lock) {
            return state;
        }
    }

    boolean isAway() {
        synchronized (lock) {
            return awayBecause != null;
        }
    }

    boolean isOpen() {
        synchronized (lock) {
            return !sessions.isEmpty();
        }
    }

    List<SimulatedChange> changes() {
        synchronized (lock) {
            return List.copyOf(changes);
        }
    }

    List<ConnectionState> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    void setLatency(Latency next) {
        synchronized (lock) {
            latency = next;
        }
    }

    void go(ConnectionState target, ChangedBy by) {
        synchronized (lock) {
            enqueue(new Transition(target, by, true));
        }
        outbox.send();
    }

    void goSilently(ConnectionState target, ChangedBy by) {
        if (settings.capabilities().notifies(target)) {
            throw new IllegalStateException(describe() + " has the capabilities " + settings.capabilities()
                    + ": it reports every change into " + target + ", so none of them can be silent");
        }
        synchronized (lock) {
            enqueue(new Transition(target, by, false));
        }
        outbox.send();
    }

    /** Goes into the state that is not the one that it is in, or will be when what was asked for so far is done. */
    void flip(ChangedBy by) {
        synchronized (lock) {
            ConnectionState last = underWay == null || underWay.fails ? state : underWay.target;
            for (Transition next : waiting) {
                last = next.fails ? last : next.target;
            }
            enqueue(new Transition(last.opposite(), by, true));
        }
        outbox.send();
    }

    private void enqueue(Transition transition) {
        if (awayBecause != null) {
            change(transition); // nobody sees it, and no one is told
            return;
        }
        waiting.add(transition);
        proceed();
    }

    void announce(ConnectionState target) {
        synchronized (lock) {
            requireThere("announce a change");
            announced = target;
            report("the announcement of " + target, sink -> sink.changeStarting(target));
        }
        outbox.send();
    }

    void callOff() {
        synchronized (lock) {
            requireThere("call a change off");
            if (announced == null) {
                throw new IllegalStateException(describe() + " has announced no change that could be called off");
            }
            announced = null;
            report("the calling off", BackendSink::changeCancelled);
        }
        outbox.send();
    }

    void reportAgain() {
        if (!settings.capabilities().notifiesBoth()) {
            throw new IllegalStateException(describe() + " has the capabilities " + settings.capabilities()
                    + ": with one missing, a report that changes nothing tells of an untold change");
        }
        synchronized (lock) {
            requireThere("report its state again");
            ConnectionState now = state;
            report("the repeated report of " + now, sink -> sink.changed(now));
        }
        outbox.send();
    }

    void notifyForeign(int type, int mask, int oldState, int newState) {
        synchronized (lock) {
            requireThere("send a notification");
            report("a foreign notification", sink -> sink.otherNotification(type, mask, oldState, newState));
        }
        outbox.send();
    }

    void failRequests(int count, RequestFailure failure) {
        synchronized (lock) {
            for (int i = 0; i < count; i++) {
                failures.add(failure);
            }
        }
    }

    void releaseHungRequests() {
        synchronized (lock) {
            hangsReleased++;
            lock.notifyAll();
        }
    }

    void goAway(Throwable because) {
        synchronized (lock) {
            if (awayBecause != null) {
                return;
            }
            awayBecause = because;
            announced = null;
            if (underWay != null) {
                underWay.timer.cancel();
                giveUp(underWay, because);
                underWay = null;
            }
            for (Transition next = waiting.poll(); next != null; next = waiting.poll()) {
                giveUp(next, because);
            }
            report("the loss", sink -> sink.backendLost(because));
        }
        outbox.send();
    }

    /** Comes back in a state, or in the one that it is in. */
    void comeBack(@Nullable ConnectionState in) {
        synchronized (lock) {
            if (awayBecause == null) {
                throw new IllegalStateException(describe() + " is not away, so it cannot come back");
            }
            if (in != null && in != state) {
                change(new Transition(in, ChangedBy.NETWORK, false));
            }
            awayBecause = null;
            told = state;
            ConnectionState now = state;
            report("the return in " + now, sink -> sink.backendRestored(now));
        }
        outbox.send();
    }

    private void requireThere(String what) {
        if (awayBecause != null) {
            throw new IllegalStateException(describe() + " is away: it cannot " + what + " before it has come back");
        }
    }

    // The changes themselves; all of this under the lock.

    private void proceed() {
        while (underWay == null) {
            Transition next = waiting.poll();
            if (next == null) {
                return;
            }
            underWay = next;
            if (next.target == state && !next.fails) {
                next.phase = Phase.OUTCOME;
            }
            runPhases(next);
        }
    }

    private void runPhases(Transition transition) {
        while (underWay == transition) {
            Duration delay = transition.delayed ? Duration.ZERO : delayOf(transition);
            if (!delay.isZero()) {
                transition.delayed = true;
                transition.timer = time.schedule(() -> resume(transition), delay);
                return;
            }
            transition.delayed = false;
            runPhase(transition);
        }
    }

    private void resume(Transition transition) {
        synchronized (lock) {
            if (underWay != transition) {
                return;
            }
            runPhases(transition);
            proceed();
        }
        outbox.send();
    }

    private Duration delayOf(Transition transition) {
        return switch (transition.phase) {
            case START -> latency.beforeStart();
            case CHANGE -> latency.beforeChange();
            case OUTCOME -> transition.changed ? latency.beforeOutcome() : Duration.ZERO;
        };
    }

    private void runPhase(Transition transition) {
        ConnectionState target = transition.target;
        switch (transition.phase) {
            case START -> {
                if (tellsPhasesOf(transition) && announced != target) {
                    report("the start of going " + target, sink -> sink.changeStarting(target));
                }
                transition.phase = Phase.CHANGE;
            }
            case CHANGE -> {
                announced = null;
                if (transition.fails) {
                    if (tellsPhasesOf(transition)) {
                        report("the end of going " + target, BackendSink::changeCancelled);
                    }
                    giveUp(transition, new IllegalStateException(failed(target, RequestFailure.FAIL_AFTER_START)));
                    underWay = null;
                } else {
                    change(transition);
                    transition.phase = Phase.OUTCOME;
                }
            }
            case OUTCOME -> {
                outbox.put(describe() + ": the outcome of going " + target, () -> transition.outcome.complete(null));
                underWay = null;
            }
        }
    }

    private boolean tellsPhasesOf(Transition transition) {
        return settings.reporting() == Reporting.PHASES
                && transition.reported
                && settings.capabilities().notifies(transition.target);
    }

    private void change(Transition transition) {
        ConnectionState target = transition.target;
        if (target == state) {
            return;
        }
        state = target;
        transition.changed = true;
        remember(changes, new SimulatedChange(time.instant(), target, transition.by));
        if (awayBecause != null) {
            return;
        }
        told = target;
        if (transition.reported) {
            switch (settings.reporting()) {
                case CHANGES, PHASES -> report("going " + target, sink -> sink.changed(target));
                case TWICE -> {
                    report("going " + target, sink -> sink.changed(target));
                    report("going " + target + ", once more", sink -> sink.changed(target));
                }
                case MANY_THREADS ->
                    report(
                            "going " + target + ", by " + MANY + " threads",
                            sink -> atOnce(MANY, () -> sink.changed(target)));
            }
        }
    }

    private void giveUp(Transition transition, Throwable because) {
        outbox.put(
                describe() + ": the failure of going " + transition.target,
                () -> transition.outcome.completeExceptionally(because));
    }

    private void report(String what, Consumer<BackendSink> report) {
        for (Session session : sessions) {
            outbox.put(describe() + ": " + what, () -> session.report(report));
        }
    }

    private static void atOnce(int threads, Runnable action) {
        CyclicBarrier barrier = new CyclicBarrier(threads);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            barrier.await();
                        } catch (InterruptedException | BrokenBarrierException e) {
                            throw new IllegalStateException("nobody interrupts these threads", e);
                        }
                        action.run();
                    },
                    "offline-state-sim-report-" + i);
            thread.setDaemon(true);
            thread.start();
            started.add(thread);
        }
        boolean interrupted = false;
        for (Thread thread : started) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> void remember(Deque<T> memory, T what) {
        if (memory.size() == REMEMBERED) {
            memory.removeFirst();
        }
        memory.addLast(what);
    }

    private String failed(ConnectionState target, RequestFailure how) {
        return describe() + " fails the request to go " + target + " (" + how + "), as it was told";
    }

    String describe() {
        return "simulated profile '" + settings.name() + "'";
    }

    private enum Phase {
        START,
        CHANGE,
        OUTCOME
    }

    private static final class Transition {
        final ConnectionState target;
        final ChangedBy by;
        final boolean reported;
        final CompletableFuture<Void> outcome = new CompletableFuture<>();
        boolean fails;
        boolean changed;
        boolean delayed;
        Phase phase = Phase.START;
        TimeSource.Scheduled timer = () -> {};

        Transition(ConnectionState target, ChangedBy by, boolean reported) {
            this.target = target;
            this.by = by;
            this.reported = reported;
        }
    }
}
