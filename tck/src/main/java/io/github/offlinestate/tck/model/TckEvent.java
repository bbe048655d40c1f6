package io.github.offlinestate.tck.model;

import java.time.Duration;

/**
 * One entry of a test's history.
 *
 * @param at when, since the test began
 * @param lane whose it is: a registration ({@code A}), or what the kit did ({@code kit}, {@code fixture})
 * @param thread the name of the thread it happened on
 * @param kind what kind of entry it is
 * @param text what happened, as {@code STATECHANGE_START ONLINE -> OFFLINE}
 */
public record TckEvent(Duration at, String lane, String thread, Kind kind, String text) {
    /** What kind of entry it is. */
    public enum Kind {
        /** A callback began. */
        NOTIFIED,
        /** A callback ended; the entry before it of the same lane and thread is its beginning. */
        NOTIFIED_END,
        /** The kit called the provider. */
        CALL,
        /** A call returned or threw; the last unfinished CALL of the same thread is its beginning. */
        CALL_END,
        /** The fixture made something happen. */
        HOOK,
        /** A remark of the kit's. */
        NOTE
    }
}
