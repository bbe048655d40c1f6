package io.github.offlinestate.tck.check;

import io.github.offlinestate.tck.model.Verdict;

/** A test ends without having judged: with a verdict that is neither PASS nor FAIL. */
public final class NotJudged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is said instead. */
    private final Verdict verdict;

    private NotJudged(Verdict verdict, String message) {
        super(message);
        this.verdict = verdict;
    }

    /**
     * The provider declares that it lacks what the rule is about, and what follows from that was checked.
     *
     * @param message what it declares, and what was checked
     * @return to be thrown
     */
    public static NotJudged notApplicable(String message) {
        return new NotJudged(Verdict.NOT_APPLICABLE, message);
    }

    /**
     * There is no way to make it happen.
     *
     * @param message what the fixture would have to give
     * @return to be thrown
     */
    public static NotJudged notVerified(String message) {
        return new NotJudged(Verdict.NOT_VERIFIED, message);
    }

    Verdict verdict() {
        return verdict;
    }
}
