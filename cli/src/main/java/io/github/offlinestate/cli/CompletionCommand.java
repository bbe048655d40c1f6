package io.github.offlinestate.cli;

import picocli.AutoComplete;

/** {@code completion}: a script for the shell. */
final class CompletionCommand extends Command {
    CompletionCommand() {
        super(
                "Print a completion script for bash and zsh.",
                "Use: source <(" + Main.NAME + " completion), where " + Main.NAME
                        + " is an alias or a script that runs the jar.");
    }

    @Override
    int run() {
        Output.results(false).print(AutoComplete.bash(Main.NAME, Commands.all()));
        return ExitCode.DONE;
    }
}
