package io.github.offlinestate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines on a thread of its own, so that a slow reader of the output (a pager, a held terminal) does not hold a
 * profile up before very many lines wait.
 */
final class LineWriter {
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_AT_ONCE = 1_000;

    /** Follows the last line; no line is empty otherwise. */
    private static final String END = "";

    private static final long REFRESH_MILLIS = 250;

    private final Output output;
    private final Ending ending;
    private final StatusLine status;
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::write, "offline-state-cli-output");
    private volatile @Nullable OutputException failure;

    /**
     * A writer whose thread runs until {@link #finish}.
     *
     * @param output where to
     * @param ending reached where a line cannot be written; what comes after that is dropped
     * @param status what stands below the lines on a terminal
     */
    LineWriter(Output output, Ending ending, StatusLine status) {
        this.output = output;
        this.ending = ending;
        this.status = status;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Hands a line over; waits only where very many are waiting.
     *
     * @param line not empty
     */
    void line(String line) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(line);
                break;
            } catch (InterruptedException e) {
                interrupted = true; // a provider may interrupt its threads: the line is not lost for that
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every line is written, or one could not be. No line may follow. */
    void finish() throws InterruptedException {
        line(END);
        thread.join();
    }

    /**
     * Why a line could not be written.
     *
     * @return null where all could
     */
    @Nullable
    OutputException failure() {
        return failure;
    }

    private void write() {
        List<String> batch = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            String line = next();
            if (line != null) {
                batch.add(line);
                queue.drainTo(batch, MOST_AT_ONCE);
                ended = END.equals(batch.get(batch.size() - 1));
            }
            if (failure == null) {
                print(batch, ended);
            }
            batch.clear();
        }
    }

    /** Null where the status line is to be refreshed meanwhile. */
    private @Nullable String next() {
        try {
            return status.isShown() ? queue.poll(REFRESH_MILLIS, TimeUnit.MILLISECONDS) : queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void print(List<String> batch, boolean last) {
        StringBuilder text = new StringBuilder();
        for (String line : batch) {
            if (!line.equals(END)) {
                text.append(line).append('\n');
            }
        }
        String all = last ? status.removed(text) : status.below(text);
        if (all.isEmpty()) {
            return;
        }
        try {
            output.print(all);
        } catch (OutputException e) {
            failure = e;
            ending.reach();
        }
    }
}
