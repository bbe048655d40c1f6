package io.github.offlinestate.tck.model;

/** How the kit made happen what a rule is about. */
public enum Means {
    /** By calls of the api alone. */
    API("through the api"),
    /** The fixture made it happen in the provider's real source. */
    REAL_SOURCE("through the real source"),
    /** The fixture told the provider that it had happened; the source had no part in it. */
    INJECTED("injected");

    private final String label;

    Means(String label) {
        this.label = label;
    }

    /**
     * The means in words.
     *
     * @return for a person to read
     */
    public String label() {
        return label;
    }
}
