package io.github.offlinestate.tck.model;

/** What the kit says of one rule. */
public enum Verdict {
    /** The rule was tried and is kept. */
    PASS("pass"),
    /** The rule was tried and is broken. */
    FAIL("FAIL"),
    /** The provider declares that it lacks what the rule is about, and what follows from that was checked. */
    NOT_APPLICABLE("not applicable"),
    /** The fixture gives no way to make it happen; the message says which hook would. */
    NOT_VERIFIED("not verified"),
    /** Left out by the exclusions file, with reason, owner and expiry. */
    EXCLUDED("excluded"),
    /**
     * Neither kept nor broken was seen: the machine stood still for most of the time that was waited, or somebody else
     * changed the state in every attempt.
     */
    INCONCLUSIVE("inconclusive"),
    /** No test from outside can show it; the contract gives the reason. */
    UNTESTABLE("untestable"),
    /** Newer than the version of the contract that was asked for: reported, and fails nothing. */
    NEW("new"),
    /** The kit or the fixture broke. */
    ERROR("ERROR");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /**
     * The verdict in words.
     *
     * @return for a person to read
     */
    public String label() {
        return label;
    }
}
