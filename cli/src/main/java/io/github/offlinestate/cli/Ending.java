package io.github.offlinestate.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The end of a command that runs on: reached once, by whichever reason comes first. */
final class Ending {
    private final CompletableFuture<@Nullable Void> reached = new CompletableFuture<>();

    void reach() {
        reached.complete(null);
    }

    boolean isReached() {
        return reached.isDone();
    }

    /**
     * Does something at the end, on the thread that reaches it; at once where it is reached already.
     *
     * @param task returns soon
     */
    void whenReached(Runnable task) {
        CompletableFuture<@Nullable Void> unused = reached.thenRun(task);
    }

    void await() throws InterruptedException {
        try {
            reached.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // never completed so
        }
    }
}
