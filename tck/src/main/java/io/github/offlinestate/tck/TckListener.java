package io.github.offlinestate.tck;

import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;

/** Is told how a run goes on. Called on the thread that runs the kit. */
public interface TckListener {
    /** Listens to nothing. */
    TckListener NONE = new TckListener() {};

    /**
     * A rule's tests begin.
     *
     * @param rule the rule
     * @param index how many rules were run before
     * @param count how many rules are run altogether
     */
    default void started(Rule rule, int index, int count) {}

    /**
     * A rule has its verdict.
     *
     * @param result the result
     */
    default void finished(RuleResult result) {}
}
