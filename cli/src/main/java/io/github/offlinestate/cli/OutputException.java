package io.github.offlinestate.cli;

import java.io.IOException;

/** Something could not be written. */
final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean readerGone;

    /**
     * Something could not be written.
     *
     * @param cause why
     * @param readerGone whether nobody reads it any more
     * @param what for the message
     */
    OutputException(IOException cause, boolean readerGone, String what) {
        super(what + " could not be written: " + cause.getMessage(), cause);
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
