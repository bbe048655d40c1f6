package io.github.offlinestate.stress.model;

/** What can be wrong with what a registration is told. */
public enum Mistake {
    /** Something was made that it was to be told of, and it was not (NOTIFY-1, LOST-4). */
    LOST("lost"),
    /** It was told something again (NOTIFY-1). */
    DOUBLED("doubled"),
    /** It was told something that nobody made, or not in its turn (NOTIFY-1, NOTIFY-3, NOTIFY-4). */
    OUT_OF_ORDER("out of order"),
    /** It was told something, or was still being told, after Unadvise or close had returned (UNADVISE-2, CLOSE-1). */
    AFTER_UNADVISE("after Unadvise"),
    /** It was called while it was being called (NOTIFY-5). */
    AT_ONCE("at the same time"),
    /** It was told with another registration's client token (NOTIFY-2). */
    NOT_ITS_OWN("with a foreign token"),
    /** It read a state that is not the one which it was being told of (STATE-2), or that leaves a gap (ADVISE-10). */
    WRONG_STATE("with a wrong state"),
    /** Its thread was interrupted, by somebody else (NOTIFY-6). */
    INTERRUPTED("interrupted"),
    /** A call that is to work failed, or a waiting one ended too early (SET-1, UNADVISE-1, NOTIFY-7). */
    FAILED_CALL("failed calls");

    private final String words;

    Mistake(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
