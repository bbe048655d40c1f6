package io.github.offlinestate.sim;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A scenario cannot be used. The message has a line for each problem, {@code file:line:column: what was found, what was
 * expected}; for a file that cannot be read, {@code file: why}.
 */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How many problems the message lists. */
    private static final int LISTED = 20;

    private final transient List<Problem> problems;

    /**
     * Something is wrong with a scenario.
     *
     * @param source the file's name, or what else the text is known by
     * @param line counted from 1; 0 where it is about the file as a whole
     * @param column counted from 1, in code points; 0 where it is about the file as a whole
     * @param message what was found and what was expected
     */
    public record Problem(String source, int line, int column, String message) {
        /** Checked where it is made: nothing is missing. */
        public Problem {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public String toString() {
            return line == 0 ? source + ": " + message : source + ":" + line + ":" + column + ": " + message;
        }
    }

    ScenarioException(List<Problem> problems) {
        this(problems, null);
    }

    ScenarioException(List<Problem> problems, @Nullable Throwable cause) {
        super(messageOf(problems), cause);
        this.problems = List.copyOf(problems);
    }

    static ScenarioException about(String source, String message, @Nullable Throwable cause) {
        return new ScenarioException(List.of(new Problem(source, 0, 0, message)), cause);
    }

    /**
     * What is wrong, in the order of the file.
     *
     * @return at least one; none on an exception that has been serialized
     */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    private static String messageOf(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems.subList(0, Math.min(LISTED, problems.size()))) {
            text.append(text.isEmpty() ? "" : "\n").append(problem);
        }
        if (problems.size() > LISTED) {
            text.append("\nand ").append(problems.size() - LISTED).append(" more");
        }
        return text.toString();
    }
}
