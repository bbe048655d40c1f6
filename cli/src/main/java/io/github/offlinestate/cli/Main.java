package io.github.offlinestate.cli;

import io.github.offlinestate.OfflineStateException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code offline-state}: results go to standard output, everything else to standard error. */
public final class Main {
    static final String NAME = "offline-state";

    private Main() {}

    /**
     * Runs a command and ends the JVM with its exit code: 0 done, 1 it failed, 2 wrong usage.
     *
     * @param args the command, its options and arguments
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        CommandLine root = Commands.forArguments(args);
        CommandLine asked = root;
        try {
            ParseResult result = root.parseArgs(args);
            List<CommandLine> lines = result.asCommandLineList();
            asked = lines.get(lines.size() - 1);
            return run(asked);
        } catch (ParameterException e) {
            return complain(ExitCode.USAGE, usage(e));
        } catch (CommandException e) {
            return complain(e.exitCode(), described(e, asked));
        } catch (OutputException e) {
            return e.readerGone() ? ExitCode.DONE : complain(ExitCode.FAILED, described(e, asked));
        } catch (Exception | LinkageError | StackOverflowError e) {
            return complain(ExitCode.FAILED, described(e, asked));
        }
    }

    private static int run(CommandLine asked) throws Exception {
        if (asked.isUsageHelpRequested()) {
            Output.results(false).print(asked.getUsageMessage());
            return ExitCode.DONE;
        }
        if (asked.isVersionHelpRequested()) {
            Output.results(false).line(NAME + " " + version());
            return ExitCode.DONE;
        }
        Object command = asked.getCommand();
        if (command instanceof Command own) {
            return own.run();
        }
        if (command instanceof Callable<?> callable && callable.call() instanceof Integer code) {
            return code;
        }
        Output.notes().print(asked.getUsageMessage());
        return ExitCode.USAGE;
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private static String usage(ParameterException e) {
        StringBuilder text = new StringBuilder();
        if (e.getCause() instanceof TypeConversionException told) {
            text.append(told.getMessage()); // for the user; picocli puts its own words before it
        } else if (e instanceof UnmatchedArgumentException unmatched) {
            // What follows a mistyped option is its value: only the first was a mistake.
            UnmatchedArgumentException first = new UnmatchedArgumentException(
                    unmatched.getCommandLine(), unmatched.getUnmatched().subList(0, 1));
            text.append(first.getMessage());
            if (!first.getSuggestions().isEmpty()) {
                text.append("; did you mean ")
                        .append(String.join(" or ", first.getSuggestions()))
                        .append('?');
            }
        } else {
            text.append(e.getMessage());
        }
        return text.append(" ('")
                .append(e.getCommandLine().getCommandSpec().qualifiedName())
                .append(" --help' tells more)")
                .toString();
    }

    private static String described(Throwable failure, CommandLine asked) {
        if (asked.getCommand() instanceof Command command && command.wantsStacktrace()) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            return trace.toString().stripTrailing();
        }
        String message = message(failure);
        boolean known = failure instanceof CommandException
                || failure instanceof OutputException
                || failure instanceof OfflineStateException;
        if (known && message != null) {
            return message;
        }
        return failure.getClass().getName() + (message == null ? "" : ": " + message) + " (--stacktrace shows where)";
    }

    /** A provider's exception may override it, wrongly. */
    private static @Nullable String message(Throwable failure) {
        try {
            return failure.getMessage();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static int complain(int exitCode, String message) {
        complain(message);
        return exitCode;
    }

    /**
     * Writes an error.
     *
     * @param message what was asked, what is there, what to do
     */
    static void complain(String message) {
        try {
            Output.notes().line(NAME + ": " + Text.lines(message));
        } catch (OutputException e) {
            // Nobody can be told; the exit code says it.
        }
    }
}
