package io.github.offlinestate;

import java.util.Arrays;
import java.util.List;

/**
 * Who listens: those of the told changes, and those of the raw ones with all phases.
 *
 * <p>Not thread-safe: guarded by the lock of {@link MonitorState}; what it adds to {@code effects} runs outside of it.
 */
final class Fanout {
    private static final Lane[] NOBODY = {};

    private Lane[] told = NOBODY;
    private Lane[] raw = NOBODY;

    void add(Lane lane, boolean phases) {
        if (phases) {
            raw = with(raw, lane);
        } else {
            told = with(told, lane);
        }
    }

    void remove(Lane lane) {
        told = without(told, lane);
        raw = without(raw, lane);
    }

    /** Everybody, who is not here any more then. */
    List<Lane> removeAll() {
        Lane[] all = Arrays.copyOf(told, told.length + raw.length);
        System.arraycopy(raw, 0, all, told.length, raw.length);
        told = NOBODY;
        raw = NOBODY;
        return List.of(all);
    }

    void tell(ConnectionChange change, List<Runnable> effects) {
        offer(told, change, effects);
    }

    void tellRaw(ConnectionChange change, List<Runnable> effects) {
        offer(raw, change, effects);
    }

    private static void offer(Lane[] lanes, ConnectionChange change, List<Runnable> effects) {
        if (lanes.length == 0) {
            return;
        }
        for (Lane lane : lanes) {
            lane.offer(change);
        }
        effects.add(() -> {
            for (Lane lane : lanes) {
                lane.signal();
            }
        });
    }

    private static Lane[] with(Lane[] lanes, Lane lane) {
        Lane[] more = Arrays.copyOf(lanes, lanes.length + 1);
        more[lanes.length] = lane;
        return more;
    }

    private static Lane[] without(Lane[] lanes, Lane lane) {
        int at = Arrays.asList(lanes).indexOf(lane);
        if (at < 0) {
            return lanes;
        }
        Lane[] fewer = Arrays.copyOf(lanes, lanes.length - 1);
        System.arraycopy(lanes, at + 1, fewer, at, fewer.length - at);
        return fewer;
    }
}
