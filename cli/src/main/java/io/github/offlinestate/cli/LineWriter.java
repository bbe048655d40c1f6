package io.github.offlinestate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

    private final Output output;
    private final Ending ending;
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::write, "offline-state-cli-output");
    private volatile @Nullable OutputException failure;

    /**
     * A writer whose thread runs until {@link #finish}.
     *
     * @param output where to
     * @param ending reached where a line cannot be written; what comes after that is dropped
     */
    LineWriter(Output output, Ending ending) {
        this.output = output;
        this.ending = ending;
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
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
            queue.drainTo(batch, MOST_AT_ONCE);
            ended = END.equals(batch.get(batch.size() - 1));
            if (failure == null) {
                print(batch);
            }
            batch.clear();
        }
    }

    private void print(List<String> batch) {
        StringBuilder text = new StringBuilder();
        for (String line : batch) {
            if (!line.equals(END)) {
                text.append(line).append('\n');
            }
        }
        try {
            output.print(text.toString());
        } catch (OutputException e) {
            failure = e;
            ending.reach();
        }
    }
}
