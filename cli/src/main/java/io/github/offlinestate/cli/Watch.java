package io.github.offlinestate.cli;

import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.util.List;

/** One run of {@code watch}: registers, shows what is notified until the end, and gives everything back. */
final class Watch {
    private final Ending ending = new Ending();
    private final Registrations registrations = new Registrations();
    private final LineWriter lines;
    private final NotificationPrinter printer;

    /** What makes the time pass until the end. */
    @FunctionalInterface
    interface Course {
        /**
         * Returns at the end.
         *
         * @param ending where it may come from elsewhere
         */
        void run(Ending ending) throws InterruptedException;
    }

    /**
     * A run that has not begun.
     *
     * @param output where the lines go
     * @param format what they look like
     * @param time what the sources run on
     * @param most how many notifications are shown, at most
     */
    Watch(Output output, NotificationFormat format, TimeSource time, long most) {
        lines = new LineWriter(output, ending);
        printer = new NotificationPrinter(lines, format, time, most, ending);
    }

    /**
     * Writes a line before those of the notifications.
     *
     * @param line not empty
     */
    void head(String line) {
        lines.line(line);
    }

    /**
     * Ends by itself.
     *
     * @param limit after this time
     * @param time on which it passes
     */
    void endAfter(Duration limit, TimeSource time) {
        time.schedule(ending::reach, limit);
    }

    /**
     * Watches until the end.
     *
     * @param targets the profiles
     * @param course makes the time pass
     * @throws OutputException where a line could not be written
     */
    void run(List<Target> targets, Course course) throws InterruptedException {
        Finish finish = new Finish(ending, this::giveBack, this::sumUp);
        try {
            register(targets);
            course.run(ending);
            ending.reach();
            printer.finish(); // however long a slow reader takes; a signal does not wait for it
        } finally {
            finish.now();
        }
        OutputException failure = lines.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private void register(List<Target> targets) {
        boolean registered = false;
        for (Target target : targets) {
            registered |= registrations.add(target, printer.callback(target));
        }
        if (!registered && !ending.isReached()) {
            throw CommandException.failed("there is nothing to watch: the provider "
                    + targets.get(0).providerName() + " can notify no change of " + names(targets));
        }
    }

    private static String names(List<Target> targets) {
        return String.join(", ", targets.stream().map(Target::profile).toList());
    }

    private void giveBack() throws InterruptedException {
        registrations.close();
        printer.finish();
    }

    private void sumUp(boolean closed) {
        if (lines.failure() == null) {
            Output.notes()
                    .line(printer.summary()
                            + (closed
                                    ? "; unregistered and closed"
                                    : "; something still hangs after two seconds, and is left behind"));
        }
    }
}
