package io.github.offlinestate.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be undone in the end, the newest first. */
final class GiveBack {
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private boolean begun;

    /**
     * Remembers how to undo something that was done; undoes it at once where the end has begun meanwhile.
     *
     * @param step undoes it
     */
    void remember(Runnable step) {
        synchronized (this) {
            if (!begun) {
                steps.push(step);
                return;
            }
        }
        step.run();
    }

    /** Undoes everything. May wait, as for a callback that runs. */
    void run() {
        while (true) {
            Runnable step;
            synchronized (this) {
                begun = true;
                step = steps.poll();
            }
            if (step == null) {
                return;
            }
            step.run();
        }
    }
}
