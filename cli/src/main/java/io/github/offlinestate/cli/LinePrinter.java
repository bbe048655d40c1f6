package io.github.offlinestate.cli;

/** Hands lines to the writer until the end, and counts. */
final class LinePrinter {
    private final LineWriter lines;
    private final String noun;
    private final long limit;
    private final Ending ending;

    // Guarded by this, so that the lines of several profiles come in the order of their times and the limit is exact.
    private long shown;
    private long changes;
    private boolean finished;

    /**
     * A printer for several profiles.
     *
     * @param lines where to
     * @param noun what a line shows, for the summary
     * @param limit how many lines, at most
     * @param ending reached with the last of them
     */
    LinePrinter(LineWriter lines, String noun, long limit, Ending ending) {
        this.lines = lines;
        this.noun = noun;
        this.limit = limit;
        this.ending = ending;
    }

    /**
     * Shows a line, unless the end has come.
     *
     * @param line not empty
     * @param isChange whether it tells that the state is another one
     */
    synchronized void show(String line, boolean isChange) {
        if (finished || ending.isReached()) {
            return;
        }
        lines.line(line);
        shown++;
        if (isChange) {
            changes++;
        }
        if (shown == limit) {
            ending.reach();
        }
    }

    /** Waits until every line is written, or one could not be. Nothing is shown from now on. */
    void finish() throws InterruptedException {
        synchronized (this) {
            finished = true;
        }
        lines.finish();
    }

    /**
     * What there was.
     *
     * @return as {@code 12 notifications, 4 changes}
     */
    synchronized String summary() {
        return Text.counted(shown, noun) + ", " + Text.counted(changes, "change");
    }
}
