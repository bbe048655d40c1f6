package io.github.offlinestate.cli;

import io.github.offlinestate.tck.TckListener;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.Verdict;

/** Shows on a terminal how far a run is; elsewhere it says nothing. */
final class TckProgress implements TckListener {
    private static final String BEGIN_OF_LINE = "\r\u001b[K";

    private final Output notes;
    private final Style style;
    private final boolean terminal = Terminal.isThere();

    TckProgress(Output notes, Style style) {
        this.notes = notes;
        this.style = style;
    }

    @Override
    public void started(Rule rule, int index, int count) {
        if (terminal) {
            notes.print(BEGIN_OF_LINE + "[" + (index + 1) + "/" + count + "] " + rule);
        }
    }

    @Override
    public void finished(RuleResult result) {
        if (terminal && (result.verdict() == Verdict.FAIL || result.verdict() == Verdict.ERROR)) {
            String verdict = style.bad(result.verdict().label());
            String message = result.message().lines().findFirst().orElse("");
            notes.line(BEGIN_OF_LINE + result.rule() + " " + verdict + ": " + Text.line(message));
        }
    }

    /** The line of progress goes. */
    void end() {
        if (terminal) {
            notes.print(BEGIN_OF_LINE);
        }
    }
}
