package io.github.offlinestate.tck.model;

/** Where a rule comes from. */
public enum Basis {
    /** The published pages of the reference say so. */
    REFERENCE,
    /** This project's decision, where the reference is silent or contradicts itself. */
    DECISION
}
