package io.github.offlinestate.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives back what a running command holds, and says a last word: once, whether the command ends by itself or by Ctrl-C
 * or SIGTERM, and within two seconds, whatever hangs. The exit code after a signal is the JVM's: 130 or 143.
 */
final class Finish {
    private static final long CLOSING_MILLIS = 1_600;
    private static final long LAST_WORD_MILLIS = 300;

    private final Ending ending;
    private final Task closing;
    private final LastWord lastWord;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::atSignal, "offline-state-cli-signal");

    /** What gives everything back. */
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }

    /** What is said in the end. */
    @FunctionalInterface
    interface LastWord {
        /**
         * Says it.
         *
         * @param closed whether everything was given back in time
         */
        void say(boolean closed);
    }

    /**
     * A finish for a command, also by a signal from now on.
     *
     * @param ending reached by a signal
     * @param closing gives everything back; may hang
     * @param lastWord said when that is done or has taken too long; may hang too, where nobody reads it
     */
    Finish(Ending ending, Task closing, LastWord lastWord) {
        this.ending = ending;
        this.closing = closing;
        this.lastWord = lastWord;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void atSignal() {
        ending.reach();
        now();
    }

    /** Finishes the command; where another thread does so already, waits for that. */
    void now() {
        if (begun.compareAndSet(false, true)) {
            try {
                boolean closed = within(CLOSING_MILLIS, "closing", closing);
                within(LAST_WORD_MILLIS, "summary", () -> lastWord.say(closed));
            } finally {
                done.countDown();
            }
            return;
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean within(long millis, String what, Task task) {
        CountDownLatch finished = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                        finished.countDown();
                    } catch (InterruptedException | RuntimeException e) {
                        Main.complain(what + " failed: " + e);
                    }
                },
                "offline-state-cli-" + what);
        thread.setDaemon(true);
        thread.start();
        try {
            return finished.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
