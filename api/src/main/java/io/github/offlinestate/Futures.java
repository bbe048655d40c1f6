package io.github.offlinestate;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** What hangs on a future without being one itself. */
final class Futures {
    private Futures() {}

    /** Runs what does not throw when a future ends, in whatever way, on the thread that ends it. */
    @SuppressWarnings("FutureReturnValueIgnored")
    static <T> void atEnd(CompletableFuture<T> future, BiConsumer<? super T, ? super Throwable> action) {
        future.whenComplete(action);
    }
}
