package io.github.offlinestate.tck.check;

/** Ends a thread of the kit whose test is over already. Seen by nobody. */
final class TrialAbandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrialAbandoned() {
        super("the test is over", null, false, false);
    }
}
