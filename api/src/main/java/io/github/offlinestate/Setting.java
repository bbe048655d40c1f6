package io.github.offlinestate;

import io.github.offlinestate.SetOutcome.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to set the state: calls, with pauses in between while a change is under way, until one succeeds, the time
 * is over, or something else ends it.
 */
final class Setting {
    private final Link link;
    private final MonitorThreads threads;
    private final TimeSource time;
    private final ConnectionState wanted;
    private final Duration timeout;
    private final boolean waitWhileLost;
    private final long began;
    private final CompletableFuture<SetOutcome> outcome = new CompletableFuture<>();

    private final Object lock = new Object();
    private int attempts;
    private Duration pause = Pauses.CONTENTION.first();
    private @Nullable OfflineStateException failure;
    private @Nullable Thread caller;

    Setting(
            Link link,
            MonitorThreads threads,
            TimeSource time,
            ConnectionState wanted,
            Duration timeout,
            Set<SetOption> options) {
        this.link = link;
        this.threads = threads;
        this.time = time;
        this.wanted = wanted;
        this.timeout = timeout;
        this.waitWhileLost = options.contains(SetOption.WAIT_WHILE_LOST);
        this.began = time.nanoTime();
    }

    /** Begins; the future is completed on a thread of the monitor's. */
    CompletableFuture<SetOutcome> start() {
        TimeSource.Scheduled deadline =
                threads.schedule("the time limit of setting " + wanted, () -> finish(Kind.TIMED_OUT), timeout);
        Futures.atEnd(outcome, (result, cancelled) -> {
            deadline.cancel();
            stopCalling();
        });
        threads.execute(this::attempt); // not counted as work: it may wait for a virtual time to move on
        return outcome;
    }

    /** Ends it from outside. */
    void finish(Kind kind) {
        SetOutcome result;
        synchronized (lock) {
            result = new SetOutcome(
                    kind, attempts, Duration.ofNanos(time.nanoTime() - began), Optional.ofNullable(failure));
        }
        outcome.complete(result);
    }

    private void attempt() {
        Optional<OfflineManager> manager = link.manager();
        if (manager.isEmpty()) {
            if (link.isClosed()) {
                finish(Kind.CLOSED);
            } else if (waitWhileLost) {
                tryLater();
            } else {
                finish(Kind.NOT_SUPPORTED);
            }
            return;
        }
        if (!beginCall()) {
            return;
        }
        OfflineStateException problem = null;
        try {
            manager.get().setCurrentState(wanted, SetFlag.BLOCK);
        } catch (OfflineStateException e) {
            problem = e;
        } catch (Throwable e) { // what a provider may not throw, an Error too, or the outcome would never come
            problem = new OfflineStateException(HResult.MAPI_E_CALL_FAILED, "the provider failed: " + e, e);
        }
        endCall(problem);
        judge(problem);
    }

    private void judge(@Nullable OfflineStateException problem) {
        if (problem == null) {
            finish(Kind.SET);
            return;
        }
        HResult result = problem.result();
        if (result.equals(HResult.E_PENDING)) {
            tryLater();
        } else if (result.equals(HResult.MAPI_E_END_OF_SESSION)) {
            if (waitWhileLost) {
                tryLater();
            } else {
                finish(Kind.LOST);
            }
        } else if (result.equals(HResult.MAPI_E_NO_SUPPORT)) {
            finish(Kind.NOT_SUPPORTED);
        } else if (result.equals(HResult.MAPI_E_NOT_INITIALIZED)) {
            finish(Kind.CLOSED);
        } else if (result.equals(HResult.MAPI_E_USER_CANCEL)) {
            finish(Kind.CANCELLED);
        } else {
            finish(Kind.FAILED);
        }
    }

    private void tryLater() {
        Duration now = pause;
        pause = Pauses.CONTENTION.after(pause);
        threads.schedule(
                "another try to set " + wanted,
                () -> {
                    if (!outcome.isDone()) {
                        threads.execute(this::attempt);
                    }
                },
                now);
    }

    private boolean beginCall() {
        synchronized (lock) {
            if (outcome.isDone()) {
                return false;
            }
            attempts++;
            caller = Thread.currentThread();
            return true;
        }
    }

    private void endCall(@Nullable OfflineStateException problem) {
        synchronized (lock) {
            caller = null;
            failure = problem;
            Thread.interrupted(); // by stopCalling(), and spent
        }
    }

    private void stopCalling() {
        synchronized (lock) {
            if (caller != null) {
                caller.interrupt();
            }
        }
    }
}
