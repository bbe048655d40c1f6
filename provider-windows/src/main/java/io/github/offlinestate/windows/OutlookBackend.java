package io.github.offlinestate.windows;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One profile of Outlook's, over whichever {@link Route}. Notifications go straight to the sink. A keeper thread does
 * what no notification does: it finds out that Outlook has gone, opens again when it is back, and ends requests, also
 * those whose outcome Outlook does not tell.
 *
 * <p>Locks are taken in one order, the reader's before this one's, and none is held during a call of COM's. The sink is
 * told under the reader's, since the order is what matters, and it only enqueues.
 */
final class OutlookBackend implements Backend {
    private static final Logger LOG = System.getLogger(OutlookBackend.class.getName());

    /** Codes that say that the object, and not this one call, is finished. */
    private static final Set<Integer> GONE = Set.of(
            HResult.MAPI_E_END_OF_SESSION.code(),
            HResult.MAPI_E_NOT_INITIALIZED.code(),
            0x80010007, // RPC_E_SERVER_DIED
            0x80010012, // RPC_E_SERVER_DIED_DNE
            0x80010108, // RPC_E_DISCONNECTED
            0x800401FD, // CO_E_OBJNOTCONNECTED
            0x800706BA, // RPC_S_SERVER_UNAVAILABLE
            0x800706BE); // RPC_S_CALL_FAILED

    private final Object lock = new Object();
    private final Route route;
    private final String profile;
    private final BackendSink sink;
    private final Pace pace;
    private final Capabilities capabilities;
    private final Thread keeper;

    /** Null while Outlook is away. Guarded by the lock, as is what follows. */
    private @Nullable Open open;

    /** A session that turned out to be gone, until the keeper has told so. */
    private @Nullable Open gone;

    private @Nullable OfflineStateException lost;
    private @Nullable Request request;
    private boolean closed;
    /** Raised when the keeper has something new to look at. */
    private boolean nudged;

    private static final class Open {
        final OutlookSession session;
        final NotificationReader reader;

        Open(OutlookSession session, NotificationReader reader) {
            this.session = session;
            this.reader = reader;
        }

        void close() {
            reader.close();
            session.close();
        }
    }

    private static final class Request {
        final ConnectionState target;
        final CompletableFuture<Void> outcome = new CompletableFuture<>();
        final long since = System.nanoTime();
        /** Whether Outlook took it; it does not while it has not finished the change before. */
        volatile boolean sent;

        boolean over;

        @Nullable
        OfflineStateException failure;

        Request(ConnectionState target) {
            this.target = target;
        }
    }

    private enum Woken {
        ELAPSED,
        NUDGED,
        CLOSED
    }

    private OutlookBackend(Route route, String profile, BackendSink sink, Pace pace) {
        this.route = route;
        this.profile = profile;
        this.sink = sink;
        this.pace = pace;
        this.keeper = new Thread(this::keep, "offline-state-outlook-keeper");
        keeper.setDaemon(true);
        Open first = openSession();
        this.open = first;
        this.capabilities = first.session.capabilities();
    }

    static OutlookBackend open(Route route, String profile, BackendSink sink, Pace pace) {
        OutlookBackend backend = new OutlookBackend(route, profile, sink, pace);
        try {
            backend.start();
        } catch (RuntimeException | Error failed) {
            backend.close();
            throw failed;
        }
        return backend;
    }

    private void start() {
        present().reader.pass(capabilities.notifiesBoth(), () -> {});
        keeper.start();
    }

    private Open openSession() {
        NotificationReader reader = new NotificationReader(new Told());
        return new Open(route.open(profile, reader), reader);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ConnectionState currentState() {
        Open present = present();
        try {
            return present.session.state();
        } catch (OfflineStateException failed) {
            throw isEnd(present, failed) ? endOfSession("Outlook has gone", failed) : failed;
        }
    }

    @Override
    public CompletionStage<Void> beginChange(ConnectionState target) {
        Request begun = new Request(target);
        Open present;
        Request before;
        synchronized (lock) {
            present = open;
            if (present == null && gone == null) {
                return CompletableFuture.failedFuture(endOfSession("Outlook is away", lost));
            }
            before = request;
            request = begun; // before the call: its notification may come before it returns
        }
        if (before != null) {
            end(
                    before,
                    new OfflineStateException(
                            HResult.MAPI_E_CALL_FAILED,
                            "Outlook did not become " + before.target + " before profile '" + profile
                                    + "' was told to become " + target));
        }
        if (present != null) {
            begin(present, begun);
        }
        nudge();
        return begun.outcome;
    }

    private void begin(Open present, Request begun) {
        try {
            boolean already = present.session.state() == begun.target;
            send(present, begun);
            if (already && begun.sent) {
                decide(begun, null);
            }
        } catch (OfflineStateException failed) {
            // Where Outlook has gone, the keeper ends the request, after it has told the loss.
            if (!isEnd(present, failed)) {
                decide(begun, failed);
            }
        }
    }

    /**
     * Outlook counts a change as under way until it has told everybody DONE, the engine only until the new state: so
     * right after a change the next one may come too early for Outlook, and the keeper sends it again.
     */
    private void send(Open present, Request request) {
        try {
            request.sent = true; // before the call: nothing that comes during it is older than it
            present.session.requestState(request.target);
        } catch (OfflineStateException failed) {
            request.sent = false;
            if (!failed.result().equals(HResult.E_PENDING) || isOverdue(request)) {
                throw failed;
            }
        }
    }

    private boolean isOverdue(Request request) {
        return System.nanoTime() - request.since >= pace.patience().toNanos();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        joinKeeper();
        Open last;
        Request unfinished;
        synchronized (lock) {
            last = open != null ? open : gone;
            unfinished = request;
            open = null;
            gone = null;
            request = null;
        }
        if (last != null) {
            last.close();
        }
        if (unfinished != null) {
            end(unfinished, endOfSession("the profile was closed", null));
        }
    }

    private void joinKeeper() {
        boolean interrupted = false;
        while (keeper.isAlive()) {
            try {
                keeper.join();
            } catch (InterruptedException interrupt) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Open present() {
        synchronized (lock) {
            if (open == null) {
                throw endOfSession("Outlook is away", lost);
            }
            return open;
        }
    }

    /** Whether a failure of a session's is also the end of the session; the keeper then tells the loss. */
    private boolean isEnd(Open of, OfflineStateException failed) {
        if (!GONE.contains(failed.result().code())) {
            return false;
        }
        synchronized (lock) {
            if (open == of) {
                open = null;
                gone = of;
                lost = failed;
                nudge();
            }
        }
        return true;
    }

    private OfflineStateException endOfSession(String what, @Nullable Throwable cause) {
        return new OfflineStateException(
                HResult.MAPI_E_END_OF_SESSION, what + ", so profile '" + profile + "' cannot be asked", cause);
    }

    /** What became of a request; the keeper then says so, outside every lock. */
    private void decide(Request of, @Nullable OfflineStateException failure) {
        synchronized (lock) {
            if (!of.over) {
                of.over = true;
                of.failure = failure;
                nudge();
            }
        }
    }

    private void nudge() {
        synchronized (lock) {
            nudged = true;
            lock.notifyAll();
        }
    }

    /** What the keeper thread does until the backend is closed. */
    private void keep() {
        Backoff retry = new Backoff(pace.firstRetry(), pace.longestRetry());
        Backoff ask = new Backoff(pace.firstAsk(), pace.longestAsk());
        for (; ; ) {
            try {
                tellLoss();
                endRequest();
                Open present;
                Request pending;
                synchronized (lock) {
                    present = open;
                    pending = request;
                }
                Duration pause = present == null ? retry.next() : pending == null ? pace.probe() : ask.next();
                switch (await(pause)) {
                    case CLOSED -> {
                        return;
                    }
                    case NUDGED -> {
                        retry.reset();
                        ask.reset();
                    }
                    case ELAPSED -> look(present, pending);
                }
            } catch (RuntimeException | Error unexpected) {
                // Without this thread a loss would go unnoticed and a request without an end.
                LOG.log(Level.WARNING, "looking after a session with Outlook failed; it goes on", unexpected);
            }
        }
    }

    private void look(@Nullable Open present, @Nullable Request pending) {
        if (present == null) {
            reopen();
            return;
        }
        try {
            if (pending != null && !pending.sent) {
                send(present, pending);
                return;
            }
            ConnectionState state = present.session.state();
            boolean believed = !capabilities.notifies(state) || (pending != null && isOverdue(pending));
            if (pending != null && state == pending.target && believed) {
                decide(pending, null);
            }
        } catch (OfflineStateException failed) {
            boolean isEnd = isEnd(present, failed);
            if (pending != null && !pending.sent && !isEnd) {
                decide(pending, failed);
            }
            LOG.log(Level.DEBUG, "Outlook was asked and gave no answer", failed);
        }
    }

    private void tellLoss() {
        Open last;
        OfflineStateException cause;
        Request unfinished;
        synchronized (lock) {
            last = gone;
            cause = lost;
            if (last == null || cause == null) {
                return;
            }
            gone = null;
            unfinished = request;
            request = null;
        }
        last.reader.close(); // what it tells no longer counts: the loss comes next
        try {
            sink.backendLost(cause);
            if (unfinished != null) {
                end(unfinished, endOfSession("Outlook has gone", cause));
            }
        } finally {
            last.session.close();
        }
    }

    private void endRequest() {
        Request ended;
        synchronized (lock) {
            ended = request;
            if (ended == null || !ended.over) {
                return;
            }
            request = null;
        }
        complete(ended);
    }

    /** Ends a request that nothing will be heard of any more. */
    private void end(Request unfinished, OfflineStateException unlessDecided) {
        synchronized (lock) {
            if (!unfinished.over) {
                unfinished.over = true;
                unfinished.failure = unlessDecided;
            }
        }
        complete(unfinished);
    }

    /** Says what was decided; outside every lock, since who waits goes on at once. */
    private static void complete(Request ended) {
        if (ended.failure == null) {
            ended.outcome.complete(null);
        } else {
            ended.outcome.completeExceptionally(ended.failure);
        }
    }

    private void reopen() {
        Open again;
        try {
            again = openSession();
        } catch (OfflineStateException stillAway) {
            LOG.log(Level.DEBUG, "Outlook is still away", stillAway);
            return;
        }
        try {
            if (!again.session.capabilities().equals(capabilities)) {
                LOG.log(
                        Level.WARNING,
                        "Outlook came back with capabilities {0}; those of before count until the profile is closed: {1}",
                        again.session.capabilities(),
                        capabilities);
            }
            again.reader.forgetHeld();
            ConnectionState state = again.session.state();
            again.reader.pass(capabilities.notifiesBoth(), () -> {
                synchronized (lock) {
                    open = again;
                    lost = null;
                }
                sink.backendRestored(state);
            });
        } catch (OfflineStateException goneAgain) {
            LOG.log(Level.DEBUG, "Outlook went away again", goneAgain);
            again.close();
        } catch (RuntimeException | Error failed) {
            again.close();
            throw failed;
        }
    }

    /** Waits for a pause, for something new, or for the end. */
    private Woken await(Duration pause) {
        long deadline = System.nanoTime() + pause.toNanos();
        synchronized (lock) {
            while (!closed && !nudged) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return Woken.ELAPSED;
                }
                try {
                    lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException interrupt) {
                    LOG.log(Level.DEBUG, "the keeper is interrupted by nobody who may, and goes on", interrupt);
                }
            }
            nudged = false;
            return closed ? Woken.CLOSED : Woken.NUDGED;
        }
    }

    /** Pauses that double. */
    private static final class Backoff {
        private final Duration first;
        private final Duration longest;
        private Duration next;

        Backoff(Duration first, Duration longest) {
            this.first = first;
            this.longest = longest;
            this.next = first;
        }

        Duration next() {
            Duration now = next;
            Duration twice = now.multipliedBy(2);
            next = twice.compareTo(longest) < 0 ? twice : longest;
            return now;
        }

        void reset() {
            next = first;
        }
    }

    /** Passes on what a session's notifications tell, and decides the request that they are about. */
    private final class Told implements NotificationReader.Listener {
        @Override
        public void starting(ConnectionState target) {
            sink.changeStarting(target);
        }

        @Override
        public void changed(ConnectionState now) {
            sink.changed(now);
            Request about = pending();
            if (about != null && about.target == now) {
                decide(about, null);
            }
        }

        @Override
        public void cancelled() {
            sink.changeCancelled();
            Request about = pending();
            if (about != null) {
                decide(
                        about,
                        new OfflineStateException(
                                HResult.MAPI_E_CALL_FAILED,
                                "Outlook began to go " + about.target + " for profile '" + profile
                                        + "' and stayed as it was: somebody or something kept it from that"));
            }
        }

        @Override
        public void other(int type, int mask, int oldState, int newState) {
            sink.otherNotification(type, mask, oldState, newState);
        }

        private @Nullable Request pending() {
            synchronized (lock) {
                return request;
            }
        }
    }
}
