package io.github.offlinestate.tck.check;

import io.github.offlinestate.tck.model.TckEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What happened in a trial, in order. Bounded: of a flood the beginning and the end are kept. */
final class History {
    private static final int KEPT_OF_EACH_END = 1500;

    private final long origin = System.nanoTime();
    private final List<TckEvent> first = new ArrayList<>();
    private final Deque<TckEvent> last = new ArrayDeque<>();
    private long leftOut;

    synchronized void add(String lane, TckEvent.Kind kind, String text) {
        TckEvent event = new TckEvent(
                Duration.ofNanos(System.nanoTime() - origin),
                lane,
                Thread.currentThread().getName(),
                kind,
                text);
        if (first.size() < KEPT_OF_EACH_END) {
            first.add(event);
            return;
        }
        last.add(event);
        if (last.size() > KEPT_OF_EACH_END) {
            last.remove();
            leftOut++;
        }
    }

    synchronized List<TckEvent> events() {
        List<TckEvent> all = new ArrayList<>(first);
        all.addAll(last);
        return all;
    }

    synchronized long leftOut() {
        return leftOut;
    }
}
