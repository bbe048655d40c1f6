package io.github.offlinestate.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Finds what is to be judged, in bounded time: that runs code of the provider's, which may hang as any of it may. */
final class TckFinding {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int SHOWN_FRAMES = 12;

    private TckFinding() {}

    /**
     * What was found.
     *
     * @param patience what the limit is multiplied with
     * @param finding runs on a thread of its own, which is left behind where it hangs
     */
    static <T> T within(double patience, Supplier<T> finding) throws InterruptedException {
        FutureTask<T> found = new FutureTask<>(finding::get);
        Thread thread = new Thread(found, "offline-state-cli-finding");
        thread.setDaemon(true);
        thread.start();
        long limit = (long) (LIMIT.toMillis() * patience);
        try {
            return found.get(limit, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandException failure) {
                throw failure;
            }
            throw broken("failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            String where = Text.frames(Arrays.stream(thread.getStackTrace()), SHOWN_FRAMES);
            throw broken("hung for " + limit + " ms" + where, e);
        }
    }

    private static CommandException broken(String how, Throwable cause) {
        return CommandException.of(
                TckCommand.KIT_BROKE, "tck: nothing was judged: finding the provider and its fixture " + how, cause);
    }
}
