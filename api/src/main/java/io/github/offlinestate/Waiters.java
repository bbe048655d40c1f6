package io.github.offlinestate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who waits for a state to be told.
 *
 * <p>Not thread-safe: guarded by the lock of {@link MonitorState}; what it adds to {@code effects} runs outside of it.
 * What hangs on the futures is the monitor's own: waiting threads, and hand-overs.
 */
final class Waiters {
    private record Waiter(ConnectionState wanted, CompletableFuture<ConnectionChange> future) {}

    private final List<Waiter> waiters = new ArrayList<>();

    void add(ConnectionState wanted, CompletableFuture<ConnectionChange> future) {
        waiters.add(new Waiter(wanted, future));
    }

    void remove(CompletableFuture<ConnectionChange> future) {
        waiters.removeIf(waiter -> waiter.future() == future);
    }

    void told(ConnectionChange change, List<Runnable> effects) {
        take(waiter -> Connectivity.of(waiter.wanted()) == change.newState())
                .forEach(waiter -> effects.add(() -> waiter.future().complete(change)));
    }

    void fail(
            Predicate<ConnectionState> which,
            Function<ConnectionState, OfflineStateException> reason,
            List<Runnable> effects) {
        take(waiter -> which.test(waiter.wanted())).forEach(waiter -> {
            OfflineStateException failure = reason.apply(waiter.wanted());
            effects.add(() -> waiter.future().completeExceptionally(failure));
        });
    }

    private List<Waiter> take(Predicate<Waiter> which) {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<Waiter> taken = waiters.stream().filter(which).toList();
        waiters.removeAll(taken);
        return taken;
    }
}
