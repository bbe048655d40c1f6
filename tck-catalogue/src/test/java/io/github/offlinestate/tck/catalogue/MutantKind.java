package io.github.offlinestate.tck.catalogue;

import java.util.Locale;

/** Why a mutant lives; the sentences stand in the page. */
enum MutantKind {
    SAME(
            "No client can tell it from the engine: only speed, memory, a text or a log entry differ, or a number that only\n"
                    + "has to differ, or the outcome is the same.",
            false),
    OPEN("It differs in what the contract leaves open, so a right kit must not fail it.", false),
    INSTANT(
            "Two threads would have to meet within a few instructions, or it is a fence of memory order:"
                    + " [stress tests](races.md) are what shows these.",
            true),
    SHORTAGE("It wants a JVM that has no thread left, a time that fails, or all tokens drawn.", true),
    HOLE("The kit could see it, and does not.", true);

    private final String sentence;
    private final boolean breaksTheContract;

    MutantKind(String sentence, boolean breaksTheContract) {
        this.sentence = sentence;
        this.breaksTheContract = breaksTheContract;
    }

    /** As the list and the page have it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }

    boolean breaksTheContract() {
        return breaksTheContract;
    }
}
