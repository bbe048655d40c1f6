package io.github.offlinestate.tck.model;

/** What the kit says of a provider as a whole. */
public enum Overall {
    /** Every MUST that was to be judged is kept. */
    CONFORMANT,
    /** No MUST is broken, but some could not be judged. */
    CONFORMANT_WITH_GAPS,
    /** At least one MUST is broken. */
    NOT_CONFORMANT,
    /** The kit or the fixture broke, or nothing was run. */
    ERROR,
    /** The provider says that it cannot work here. */
    UNAVAILABLE;

    /**
     * The verdict in words.
     *
     * @return as {@code CONFORMANT WITH GAPS}
     */
    public String label() {
        return name().replace('_', ' ');
    }
}
