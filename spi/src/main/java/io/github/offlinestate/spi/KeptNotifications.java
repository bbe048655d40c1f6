package io.github.offlinestate.spi;

import io.github.offlinestate.OfflineNotification;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What is for a registration whose callback hangs, in order, until it returns (NOTIFY-12): of the step that the others
 * are being told now, as far as they have been told; of those before it whole steps, bounded as for everybody
 * (NOTIFY-11). Not thread-safe.
 */
final class KeptNotifications {
    private final StepQueue whole = new StepQueue();

    /** Of a step that it is told a part of; before all others. */
    private final ArrayDeque<OfflineNotification> rest = new ArrayDeque<>();

    /** Of the step that the others are being told now. */
    private final ArrayDeque<OfflineNotification> now = new ArrayDeque<>();

    /** Whether it has been told a part of that step: of the one that it hangs in, at first. */
    private boolean partly = true;

    void add(OfflineNotification notification) {
        now.add(notification);
    }

    /** The others have been told all of that step. */
    void endStep(Step step) {
        if (partly) {
            rest.addAll(now);
            partly = false;
        } else if (!now.isEmpty()) {
            whole.add(step.withoutRequest());
        }
        now.clear();
    }

    @Nullable
    OfflineNotification poll() {
        if (rest.isEmpty()) {
            Step step = whole.poll();
            if (step != null) {
                rest.addAll(step.toTell());
            }
        }
        OfflineNotification next = rest.poll();
        if (next == null) {
            next = now.poll();
            partly |= next != null;
        }
        return next;
    }

    /** How many times something was left out. */
    long leftOut() {
        return whole.leftOut();
    }
}
