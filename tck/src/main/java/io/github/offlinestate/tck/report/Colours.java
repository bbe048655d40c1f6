package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.Overall;

/** The colours of verdicts: dark enough for white letters on them. */
final class Colours {
    private Colours() {}

    static String of(Overall overall) {
        return switch (overall) {
            case CONFORMANT -> "#1a7f37";
            case CONFORMANT_WITH_GAPS -> "#7d6200";
            case NOT_CONFORMANT, ERROR -> "#c0272d";
            case UNAVAILABLE -> "#57606a";
        };
    }
}
