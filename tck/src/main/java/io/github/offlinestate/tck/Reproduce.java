package io.github.offlinestate.tck;

import io.github.offlinestate.tck.model.Rule;

/** Makes the line to paste that runs one rule again as it was run. Each way of running the kit has its own. */
@FunctionalInterface
public interface Reproduce {
    /**
     * The line.
     *
     * @param rule the rule
     * @param seed the seed of the run
     * @return one line for a shell
     */
    String line(Rule rule, long seed);

    /**
     * For a test class that Maven runs.
     *
     * @param testClass the class
     * @return makes {@code mvn test -Dtest=...}
     */
    static Reproduce maven(Class<?> testClass) {
        return (rule, seed) -> "mvn test -Dtest=" + testClass.getSimpleName() + " -D" + TckOptions.property("rule")
                + "=" + rule + " -D" + TckOptions.property("seed") + "=" + seed;
    }
}
