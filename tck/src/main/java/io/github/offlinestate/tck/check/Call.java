package io.github.offlinestate.tck.check;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.tck.model.TckEvent;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done on a thread of its own.
 *
 * @param <T> what comes of it
 */
public final class Call<T extends @Nullable Object> {
    private final Trial trial;
    private final String actor;
    private final String what;
    private final Callable<T> body;
    private final Thread thread;
    private @Nullable T value;
    private @Nullable Throwable failure;
    private volatile boolean begun;
    private volatile boolean done;

    Call(Trial trial, String actor, String what, Callable<T> body) {
        this.trial = trial;
        this.actor = actor;
        this.what = what;
        this.body = body;
        this.thread = new Thread(this::run, "tck-" + actor);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        begun = true;
        trial.record(actor, TckEvent.Kind.CALL, what);
        try {
            value = body.call();
            trial.record(actor, TckEvent.Kind.CALL_END, what + (value == null ? " returned" : " = " + value));
        } catch (Throwable thrown) {
            // ThreadDeath and VM errors too: whatever the provider does to this thread is the outcome of the call.
            failure = thrown;
            trial.record(actor, TckEvent.Kind.CALL_END, what + " threw " + thrown);
        } finally {
            done = true;
        }
    }

    public Thread thread() {
        return thread;
    }

    public boolean isDone() {
        return done;
    }

    /** Waits until the thread has begun and waits for something, or the call is over. */
    public void awaitWaiting() {
        trial.await(
                what + " waits or is over",
                () -> done
                        || (begun
                                && (thread.getState() == Thread.State.WAITING
                                        || thread.getState() == Thread.State.TIMED_WAITING
                                        || thread.getState() == Thread.State.BLOCKED)));
    }

    /** Waits until the call has returned, and fails where it does not, or throws. */
    public T value() {
        awaitDone("returns");
        Throwable thrown = failure;
        if (thrown != null) {
            throw CheckFailure.thrown("expected that " + what + " returns; it threw " + thrown, thrown);
        }
        return result();
    }

    @SuppressWarnings("NullAway") // T may be nullable itself: what the body gave is what is given.
    private T result() {
        return value;
    }

    /** Waits until the call has failed with a result code, and fails where it does not. */
    public OfflineStateException failsWith(HResult expected) {
        awaitDone("fails with " + expected.name());
        return Failures.expectResult(what, expected, failure);
    }

    /** Waits until the call is over, and gives what it threw, or nothing. */
    public @Nullable Throwable outcome() {
        awaitDone("comes to an end");
        return failure;
    }

    private void awaitDone(String how) {
        trial.await(what + " " + how, () -> done);
    }
}
