package io.github.offlinestate.cli;

import java.io.IOException;

/** Something could not be written. */
final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean readerGone;

    OutputException(IOException cause, boolean readerGone) {
        super("the output could not be written: " + cause.getMessage(), cause);
        this.readerGone = readerGone;
    }

    /**
     * Whether nobody reads the output any more, as after {@code | head -1}: no failure, but the end.
     *
     * @return whether the reader went away
     */
    boolean readerGone() {
        return readerGone;
    }
}
