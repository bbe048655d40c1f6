package io.github.offlinestate.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices when what is judged ends the JVM in the middle of a run: {@code System.exit(0)} would look like a provider
 * that keeps the contract. A signal ends the run as it ends every command.
 */
final class TckExitGuard implements AutoCloseable {
    private static final int SHOWN_FRAMES = 8;

    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread hook = new Thread(this::atExit, "offline-state-cli-exit");

    TckExitGuard() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void atExit() {
        Optional<StackTraceElement[]> caller = Thread.getAllStackTraces().values().stream()
                .filter(TckExitGuard::callsExit)
                .findFirst();
        if (caller.isPresent() && over.compareAndSet(false, true)) {
            Main.complain("tck: the JVM was ended in the middle of the run, by" + inWords(caller.get()));
            Runtime.getRuntime().halt(TckCommand.KIT_BROKE);
        }
    }

    /** A signal's handler does not go through this method. */
    private static boolean callsExit(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }

    private static String inWords(StackTraceElement[] stack) {
        return Text.frames(
                Arrays.stream(stack).dropWhile(frame -> !frame.getMethodName().equals("exit")), SHOWN_FRAMES);
    }

    /** The run has come to its end. */
    void disarm() {
        over.set(true);
    }

    @Override
    public void close() {
        disarm();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends already: the hook has run, or finds that all is over.
        }
    }
}
