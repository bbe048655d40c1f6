package io.github.offlinestate.tck.check;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rule is broken: what was expected, and what was seen instead. */
public final class CheckFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Since when was waited, by {@link System#nanoTime()}; 0 where the failure does not rest on a deadline. */
    private final long waitedSince;

    /** The threads at the end of the waiting. */
    private final transient @Nullable String threadDump;

    private CheckFailure(String message, long waitedSince, @Nullable String threadDump, @Nullable Throwable cause) {
        super(message, cause);
        this.waitedSince = waitedSince;
        this.threadDump = threadDump;
    }

    /**
     * Something was seen that must not be.
     *
     * @param message what was expected and what was seen
     * @return to be thrown
     */
    public static CheckFailure seen(String message) {
        return new CheckFailure(message, 0, null, null);
    }

    /**
     * Something was thrown that must not be.
     *
     * @param message what was expected and what was seen
     * @param cause what was thrown
     * @return to be thrown
     */
    public static CheckFailure thrown(String message, Throwable cause) {
        return new CheckFailure(message, 0, null, cause);
    }

    /**
     * Something did not happen in time.
     *
     * @param message what was expected and what was seen
     * @param waitedSince since when was waited, by {@link System#nanoTime()}
     * @param threadDump the threads at the end of the waiting
     * @return to be thrown
     */
    public static CheckFailure timedOut(String message, long waitedSince, String threadDump) {
        return new CheckFailure(message, waitedSince, threadDump, null);
    }

    boolean isTimeout() {
        return threadDump != null;
    }

    long waitedSince() {
        return waitedSince;
    }

    Optional<String> threadDump() {
        return Optional.ofNullable(threadDump);
    }
}
