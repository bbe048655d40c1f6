package io.github.offlinestate.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked; the message is for the person who asked. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * It failed here.
     *
     * @param message what was asked, what is there, what to do
     * @return ends the command with exit code 1
     */
    static CommandException failed(String message) {
        return failed(message, null);
    }

    /**
     * It failed here, because something else did.
     *
     * @param message what was asked, what is there, what to do
     * @param cause for {@code --stacktrace}
     * @return ends the command with exit code 1
     */
    static CommandException failed(String message, @Nullable Throwable cause) {
        return new CommandException(ExitCode.FAILED, message, cause);
    }

    /**
     * The command line itself is wrong, on any machine.
     *
     * @param message what was found, what was expected
     * @return ends the command with exit code 2
     */
    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message, null);
    }

    /**
     * It ended with an exit code of the command's own.
     *
     * @param exitCode documented by the command
     * @param message what was asked, what is there, what to do
     * @param cause for {@code --stacktrace}
     * @return ends the command with that code
     */
    static CommandException of(int exitCode, String message, Throwable cause) {
        return new CommandException(exitCode, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
