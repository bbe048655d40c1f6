package io.github.offlinestate.tck.model;

/** How binding a rule is. */
public enum Level {
    /** Who breaks it is not conformant. */
    MUST,
    /** Reported, and does not fail conformance. */
    SHOULD,
    /** A duty of the caller, which a kit for providers cannot judge. */
    CLIENT
}
