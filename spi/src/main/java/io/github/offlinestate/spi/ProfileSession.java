package io.github.offlinestate.spi;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.TimeSource;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One open profile, shared by all its offline objects, from the first opening to the last closing. */
final class ProfileSession {
    private final String profile;
    private final ProfileState state;
    private final Backend backend;
    private final Capabilities capabilities;
    private final boolean canSet;
    private final EngineSettings settings;
    private final Executor threads;
    private final Registrations registrations;
    private final Notifier notifier;
    private final Planner planner;

    /** Who asks the backend something holds one; the closing takes all, and keeps them. */
    private final Semaphore asking = new Semaphore(Integer.MAX_VALUE);

    ProfileSession(Opened opened, EngineSettings settings, Executor threads, Watchdog watchdog, AdviseTokens tokens) {
        this.profile = opened.profile();
        this.state = new ProfileState(opened.description(), opened.state());
        this.backend = opened.backend();
        this.capabilities = opened.capabilities();
        this.canSet = opened.canSet();
        this.settings = settings;
        this.threads = threads;
        this.registrations = new Registrations(opened.description(), tokens);
        this.notifier = new Notifier(state, registrations, settings, threads, watchdog);
        this.planner = new Planner(state, capabilities, settings, notifier);
        notifier.whenDone(planner::done);
    }

    String profile() {
        return profile;
    }

    /** Where the backend reports from now on. */
    BackendSink sink() {
        return planner;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    boolean canSet() {
        return canSet;
    }

    /** The backend is there, or the opening fails (OPEN-7). */
    void requirePresent() {
        state.requirePresent("opening it again");
    }

    /** The state as it was told; where the backend cannot tell all, it is asked (STATE-4). */
    ConnectionState read() {
        if (!capabilities.notifiesBoth()) {
            discover();
        }
        return state.read();
    }

    private void discover() {
        long facts;
        synchronized (state) {
            if (planner.isUnderWay() || planner.isLost()) {
                return;
            }
            facts = planner.facts();
        }
        if (!asking.tryAcquire()) {
            return; // closed meanwhile
        }
        ConnectionState now;
        try {
            now = Objects.requireNonNull(backend.currentState(), "null is no state");
        } catch (OfflineStateException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new OfflineStateException(
                    HResult.MAPI_E_CALL_FAILED, "the backend of " + state + " could not tell its state: " + e, e);
        } finally {
            asking.release();
        }
        synchronized (state) {
            planner.discover(now, facts);
        }
    }

    AdviseToken advise(EngineManager owner, OfflineNotify callback, int clientToken) {
        return registrations.add(owner, callback, clientToken);
    }

    void unadvise(EngineManager owner, AdviseToken token) {
        registrations.remove(token, owner);
    }

    void set(EngineManager manager, ConnectionState target, SetFlag flag) {
        if (!canSet) {
            throw new OfflineStateException(
                    HResult.MAPI_E_NO_SUPPORT,
                    "SetCurrentState: " + state + " cannot be set, only watched; canSet() says so beforehand");
        }
        if (!capabilities.notifiesBoth()) {
            discover();
        }
        boolean inside = EngineThread.isInsideCallback();
        BlockedCall call = flag == SetFlag.BLOCK ? new BlockedCall(manager) : null;
        Request request = new Request(target, call);
        synchronized (state) {
            manager.requireOpen();
            state.requirePresent("SetCurrentState");
            if (inside && call != null) {
                throw new OfflineStateException(
                        HResult.E_PENDING,
                        "SetCurrentState: waiting (BLOCK) inside a callback would wait for that callback itself;"
                                + " set without waiting, or from another thread");
            }
            if (planner.isUnderWay()) {
                throw underWay();
            }
            if (state.view().state() == target) {
                return;
            }
            planner.begin(request);
        }
        try {
            begin(request);
        } catch (RuntimeException | Error e) {
            planner.requestEnded(request, e);
        }
        if (call != null) {
            call.await();
        }
    }

    private OfflineStateException underWay() {
        return new OfflineStateException(
                HResult.E_PENDING,
                "SetCurrentState: a change of " + state + " has been under way for "
                        + TimeUnit.NANOSECONDS.toMillis(planner.nanosUnderWay()) + " ms" + notifier.waitingFor()
                        + "; try again when it is done");
    }

    private void begin(Request request) {
        TimeSource time = settings.time();
        // Before the limit is set: no step of a virtual time comes between that and the asking.
        TimeSource.Work work = time.begin("asking the backend of " + state + " to go " + request.target());
        boolean begun = false;
        try {
            request.limit(time.schedule(
                    () -> planner.requestEnded(
                            request,
                            new TimeoutException("the backend has neither made the change nor refused it within "
                                    + settings.requestLimit())),
                    settings.requestLimit()));
            threads.execute(() -> {
                try {
                    ask(request);
                } finally {
                    work.finish();
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                work.finish();
            }
        }
    }

    private void ask(Request request) {
        if (!asking.tryAcquire()) {
            return; // closed meanwhile
        }
        try {
            CompletionStage<Void> outcome = backend.beginChange(request.target());
            if (outcome == null) {
                throw new IllegalStateException("beginChange gave no stage to wait for: " + backend);
            }
            outcome.whenComplete((done, thrown) -> planner.requestEnded(request, thrown));
        } catch (Throwable e) { // checked ones too: not every language of the JVM declares them
            planner.requestEnded(request, e);
        } finally {
            asking.release();
        }
    }

    /** An offline object is closed: its registrations go, and who waits in a set through it goes on (CLOSE-1). */
    void leave(EngineManager manager) {
        synchronized (state) {
            Request request = planner.request();
            if (request != null) {
                request.endFor(manager, manager.closed());
            }
        }
        registrations.removeAll(manager);
    }

    /**
     * Ends the session, after the last offline object: on a thread of the engine's, since the caller's interrupt could
     * break the backend's channel.
     *
     * @param whenClosed runs when the backend has closed, or failed to
     */
    void close(Runnable whenClosed) {
        planner.close();
        TimeSource.Work work = settings.time().begin("closing the backend of " + state);
        Runnable closing = () -> {
            try {
                awaitAsked();
                backend.close();
            } catch (Throwable e) {
                Log.warning("the backend of " + state + " failed to close", e);
            } finally {
                Thread.interrupted();
                whenClosed.run();
                work.finish();
            }
        };
        try {
            threads.execute(closing);
        } catch (RuntimeException | Error e) {
            Log.warning("there is no thread to close the backend of " + state + " on", e);
            closing.run();
        }
    }

    /** Who is asking the backend something does not meet a closed one; for a while. */
    private void awaitAsked() {
        try {
            if (!asking.tryAcquire(
                    Integer.MAX_VALUE, EngineSettings.nanos(settings.closeLimit()), TimeUnit.NANOSECONDS)) {
                Log.warning("the backend of " + state
                        + " is closed although it has been asked something for longer than " + settings.closeLimit());
            }
        } catch (InterruptedException e) {
            // by something that has asked the backend before: this thread is the engine's, and goes on to close
        }
    }

    @Override
    public String toString() {
        return state.toString();
    }

    /** What opening a backend gave. */
    record Opened(
            String profile,
            String description,
            Backend backend,
            Capabilities capabilities,
            boolean canSet,
            ConnectionState state) {}
}
