package io.github.offlinestate.tck;

import io.github.offlinestate.tck.model.Rule;

/** Makes the line to paste that runs one rule again as it was run. Each way of running the kit has its own. */
@FunctionalInterface
public interface Reproduce {
    /**
     * The line.
     *
     * @param rule the rule
     * @param options those of the run: its seed, and what it was {@linkplain TckOptions#told() told} beside
     * @return one line for a shell
     */
    String line(Rule rule, TckOptions options);

    /**
     * A word of such a line.
     *
     * @param word any text
     * @return the text as a shell takes it for one word
     */
    static String quoted(String word) {
        return word.matches("[\\w./:@%+,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
