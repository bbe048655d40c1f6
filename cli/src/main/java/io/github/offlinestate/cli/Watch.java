package io.github.offlinestate.cli;

import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.sim.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of {@code watch}: shows what happens to some profiles until the end, and gives everything back. */
final class Watch {
    private final TimeSource time;
    private final Ending ending = new Ending();
    private final GiveBack giveBack = new GiveBack();
    private final Recorders recorders;
    private final LineWriter lines;
    private final LinePrinter printer;

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
     * @param time what the sources run on
     * @param noun what a line shows
     * @param most how many lines are shown, at most
     * @param history where what happened is kept; null for nowhere
     * @param statusStyle of the status line; null where none is to be shown
     */
    Watch(
            Output output,
            TimeSource time,
            String noun,
            long most,
            @Nullable HistoryFile history,
            @Nullable Style statusStyle) {
        this.time = time;
        recorders = new Recorders(time, history, statusStyle != null, ending);
        StatusLine status = statusStyle == null ? StatusLine.NONE : StatusLine.of(recorders::status, statusStyle);
        lines = new LineWriter(output, ending, status);
        printer = new LinePrinter(lines, noun, most, ending);
    }

    /**
     * Writes a line before those of the profiles.
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
     * @param on the time on which it passes
     */
    void endAfter(Duration limit, TimeSource on) {
        on.schedule(ending::reach, limit);
    }

    /**
     * Watches until the end.
     *
     * @param head writes what comes first; a signal from then on ends in order
     * @param targets the profiles
     * @param view what is shown of them
     * @param course makes the time pass
     * @throws OutputException where something could not be written
     */
    void run(Runnable head, List<Target> targets, View view, Course course) throws InterruptedException {
        Finish finish = new Finish(ending, this::giveBack, this::sumUp);
        try {
            head.run();
            open(targets, view);
            course.run(ending);
            ending.reach();
            printer.finish(); // however long a slow reader takes; a signal does not wait for it
        } finally {
            finish.now();
        }
        throwIfAny(lines.failure());
        throwIfAny(recorders.failure());
    }

    private static void throwIfAny(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    private void open(List<Target> targets, View view) {
        List<Target> silent = new ArrayList<>();
        for (Target target : targets) {
            OfflineManager manager = target.open();
            giveBack.remember(manager::close);
            recorders.add(target, manager, giveBack);
            if (!view.show(target, manager, printer, giveBack)) {
                silent.add(target);
            }
            if (time instanceof VirtualTime virtual) {
                virtual.settle(); // what each profile shows at once comes in the same order each time
            }
        }
        if (silent.size() == targets.size() && !ending.isReached()) {
            throw CommandException.failed("there is nothing to watch: the provider "
                    + targets.get(0).providerName() + " can notify no change of "
                    + targets.stream().map(Target::profile).collect(Collectors.joining(", ")));
        }
    }

    private void giveBack() throws InterruptedException {
        giveBack.run();
        printer.finish();
    }

    private void sumUp(boolean closed) {
        if (lines.failure() == null && recorders.failure() == null) {
            Output.notes()
                    .line(printer.summary()
                            + (closed
                                    ? "; unregistered and closed"
                                    : "; something still hangs after two seconds, and is left behind"));
        }
    }
}
