package io.github.offlinestate.cli;

import io.github.offlinestate.tck.report.Comparison;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** {@code tck compare}: what has broken from one run of the kit to another. */
final class TckCompareCommand extends Command {
    private final Argument<String> earlier = argument(0, "OLD.json", "The JSON report of the earlier run.");
    private final Argument<String> later = argument(1, "NEW.json", "The JSON report of the later run.");

    TckCompareCommand() {
        super(
                "Compare two JSON reports of the kit: what has broken since, is no longer shown, was repaired.",
                "Exit code 1 if a rule is broken now that was not, 2 if one of the two is no report.");
    }

    @Override
    int run() {
        Comparison comparison;
        try {
            comparison = Comparison.of(Path.of(earlier.required()), Path.of(later.required()));
        } catch (IOException e) {
            throw CommandException.of(ExitCode.USAGE, "tck compare: " + message(e), e);
        }
        if (isJson()) {
            results()
                    .line(Json.object()
                            .member("before", comparison.before())
                            .member("after", comparison.after())
                            .member("broken", texts(comparison.broken()))
                            .member("noLongerShown", texts(comparison.noLongerShown()))
                            .member("repaired", texts(comparison.repaired()))
                            .member("changed", texts(comparison.changed()))
                            .member("notes", comparison.notes())
                            .end());
        } else {
            comparison.notes().forEach(note -> Output.notes().line("note: " + Text.line(note)));
            StringBuilder out = new StringBuilder();
            list(out, "broken", comparison.broken());
            list(out, "no longer shown", comparison.noLongerShown());
            list(out, "repaired", comparison.repaired());
            list(out, "changed", comparison.changed());
            out.append(comparison.before())
                    .append(" -> ")
                    .append(comparison.after())
                    .append('\n');
            results().print(out.toString());
        }
        return comparison.broken().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String message(IOException e) {
        return e instanceof NoSuchFileException ? "there is no file " + e.getMessage() : String.valueOf(e.getMessage());
    }

    private static void list(StringBuilder out, String title, List<Comparison.Change> changes) {
        if (!changes.isEmpty()) {
            out.append(title).append(":\n");
            changes.forEach(change ->
                    out.append("  ").append(Text.line(change.toString())).append('\n'));
        }
    }

    private static List<String> texts(List<Comparison.Change> changes) {
        return changes.stream().map(Comparison.Change::toString).toList();
    }
}
