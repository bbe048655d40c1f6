package io.github.offlinestate.sim;

import io.github.offlinestate.sim.ScenarioException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with one file. */
final class Problems {
    private static final int MANY = 1_000;

    private final String source;
    private final List<Problem> problems = new ArrayList<>();

    Problems(String source) {
        this.source = source;
    }

    void at(YamlNode where, String message) {
        at(where.line(), where.column(), message);
    }

    void at(int line, int column, String message) {
        if (problems.size() < MANY) {
            problems.add(new Problem(source, line, column, message));
        }
    }

    boolean none() {
        return problems.isEmpty();
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new ScenarioException(problems);
        }
    }
}
