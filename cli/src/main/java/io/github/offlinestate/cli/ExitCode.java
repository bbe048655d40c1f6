package io.github.offlinestate.cli;

/** The exit codes of every command. A signal's are the JVM's own: 130 for Ctrl-C, 143 for SIGTERM. */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;
    /** It failed. */
    static final int FAILED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;

    private ExitCode() {}
}
