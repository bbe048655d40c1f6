package io.github.offlinestate.tck.check;

/** The fixture broke: nothing can be said of the provider. */
public final class FixtureFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * The fixture broke.
     *
     * @param message what was asked of it
     * @param cause what it threw
     */
    public FixtureFailure(String message, Throwable cause) {
        super(message + " failed: " + cause, cause);
    }
}
