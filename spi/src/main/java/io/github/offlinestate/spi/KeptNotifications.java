package io.github.offlinestate.spi;

import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is for a registration whose callback hangs, in order, until it returns (NOTIFY-12). Beyond the oldest 1,024
 * transitions a change is left out together with its return, a loss together with its restoring (NOTIFY-11). Not
 * thread-safe.
 */
final class KeptNotifications {
    private static final Set<NotifyType> KNOWN = Set.of(
            NotifyType.STATECHANGE_START,
            NotifyType.STATECHANGE,
            NotifyType.STATECHANGE_DONE,
            NotifyType.BACKEND_LOST,
            NotifyType.BACKEND_RESTORED);
    /** START, STATECHANGE, DONE. */
    private static final int TRIPLE = 3;

    private final List<OfflineNotification> kept = new ArrayList<>();
    private int transitions;
    private int losses;
    private int others;
    private long leftOut;

    void add(OfflineNotification notification) {
        NotifyType type = notification.type();
        if (!KNOWN.contains(type)) {
            if (others == StepQueue.BOUND) {
                leftOut++;
                return;
            }
            others++;
        }
        kept.add(notification);
        if (type.equals(NotifyType.STATECHANGE_DONE)) {
            transitions++;
            if (transitions > StepQueue.BOUND) {
                leaveOutTransition();
            }
        } else if (type.equals(NotifyType.BACKEND_RESTORED)) {
            losses++;
            if (transitions + losses > StepQueue.BOUND && isFromEnd(2, NotifyType.BACKEND_LOST)) {
                losses--;
                leaveOut(2);
            }
        }
    }

    @Nullable
    OfflineNotification poll() {
        if (kept.isEmpty()) {
            return null;
        }
        OfflineNotification oldest = kept.remove(0);
        NotifyType type = oldest.type();
        if (type.equals(NotifyType.STATECHANGE_DONE)) {
            transitions--;
        } else if (type.equals(NotifyType.BACKEND_RESTORED)) {
            losses--;
        } else if (!KNOWN.contains(type)) {
            others--;
        }
        return oldest;
    }

    /** How many notifications were left out. */
    long leftOut() {
        return leftOut;
    }

    private void leaveOutTransition() {
        if (isFromEnd(2, NotifyType.STATECHANGE_START)) { // an abort changes nothing
            transitions--;
            leaveOut(2);
        } else if (isTripleFromEnd(TRIPLE) && isTripleFromEnd(2 * TRIPLE)) {
            OfflineNotification last = kept.get(kept.size() - 1);
            OfflineNotification before = kept.get(kept.size() - 1 - TRIPLE);
            if (last.newState() == before.newState()) { // its return was told to nobody, for want of a capability
                transitions--;
                leaveOut(TRIPLE);
            } else if (transitions > StepQueue.BOUND + 1) {
                transitions -= 2;
                leaveOut(2 * TRIPLE);
            }
        }
    }

    private boolean isTripleFromEnd(int distance) {
        return isFromEnd(distance, NotifyType.STATECHANGE_START)
                && isFromEnd(distance - 1, NotifyType.STATECHANGE)
                && isFromEnd(distance - 2, NotifyType.STATECHANGE_DONE);
    }

    private boolean isFromEnd(int distance, NotifyType type) {
        int index = kept.size() - distance;
        return index >= 0 && kept.get(index).type().equals(type);
    }

    private void leaveOut(int count) {
        kept.subList(kept.size() - count, kept.size()).clear();
        leftOut += count;
    }
}
