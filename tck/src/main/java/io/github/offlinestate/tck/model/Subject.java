package io.github.offlinestate.tck.model;

/** Whom a rule binds. */
public enum Subject {
    /** Every provider, however it is written. */
    PROVIDER,
    /** A backend that is written against the module {@code io.github.offlinestate.spi}. */
    BACKEND,
    /** The api's own access point, which finds providers. */
    ACCESS_POINT,
    /** The caller. */
    CLIENT
}
