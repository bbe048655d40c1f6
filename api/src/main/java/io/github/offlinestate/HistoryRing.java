package io.github.offlinestate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;

/**
 * The newest raw changes, and how long each state lasted in all.
 *
 * <p>Not thread-safe: guarded by the lock of {@link MonitorState}.
 */
final class HistoryRing {
    private final int size;
    private final ArrayDeque<ConnectionChange> entries = new ArrayDeque<>();
    private final Map<Connectivity, Duration> times = new EnumMap<>(Connectivity.class);
    private long dropped;

    HistoryRing(int size) {
        this.size = size;
    }

    void add(ConnectionChange change) {
        times.merge(change.oldState(), change.lasted(), Duration::plus);
        entries.add(change);
        if (entries.size() > size) {
            entries.remove();
            dropped++;
        }
    }

    /** All there is, with the present state's time so far. */
    ConnectionHistory snapshot(Connectivity present, Duration sofar) {
        return new ConnectionHistory(
                new ArrayList<>(entries),
                dropped,
                time(Connectivity.ONLINE, present, sofar),
                time(Connectivity.OFFLINE, present, sofar),
                time(Connectivity.UNKNOWN, present, sofar));
    }

    private Duration time(Connectivity state, Connectivity present, Duration sofar) {
        return times.getOrDefault(state, Duration.ZERO).plus(state == present ? sofar : Duration.ZERO);
    }
}
