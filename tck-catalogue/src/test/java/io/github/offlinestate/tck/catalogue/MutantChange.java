package io.github.offlinestate.tck.catalogue;

import java.util.Arrays;
import java.util.Set;

/** What PIT changes in the bytecode, in the words of the list and the page. */
enum MutantChange {
    CONDITION("condition", "NegateConditionalsMutator"),
    BOUNDARY("boundary", "ConditionalsBoundaryMutator"),
    ARITHMETIC("arithmetic", "MathMutator"),
    INCREMENT("increment", "IncrementsMutator"),
    SIGN("sign", "InvertNegsMutator"),
    ALWAYS_TRUE("always true", "BooleanTrueReturnValsMutator"),
    ALWAYS_FALSE("always false", "BooleanFalseReturnValsMutator"),
    GIVES_0("gives 0", "PrimitiveReturnsMutator"),
    GIVES_NOTHING("gives nothing", "NullReturnValsMutator", "EmptyObjectReturnValsMutator"),
    CALL_LEFT_OUT("call left out", "VoidMethodCallMutator");

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> mutators;

    MutantChange(String word, String... mutators) {
        this.word = word;
        this.mutators = Set.of(mutators);
    }

    String word() {
        return word;
    }

    static MutantChange ofWord(String word) {
        return Arrays.stream(values())
                .filter(change -> change.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no change is called " + word));
    }

    /** By PIT's class, without its package. */
    static MutantChange ofMutator(String mutator) {
        return Arrays.stream(values())
                .filter(change -> change.mutators.contains(mutator))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no word yet for what " + mutator + " does"));
    }
}
