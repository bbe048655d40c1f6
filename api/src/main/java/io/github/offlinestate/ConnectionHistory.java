package io.github.offlinestate;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What happened to a profile while a {@link ConnectionMonitor} was open: raw, so what a hold kept from the listeners is
 * in it. A snapshot; times are by the monitor's {@link TimeSource}.
 *
 * @param entries the newest changes, the oldest first; {@link ConnectionChange#lasted()} says how long each old state
 *     had lasted
 * @param dropped how many older changes the bounded history no longer has
 * @param timeOnline how long the profile was online, since the opening
 * @param timeOffline how long it was offline
 * @param timeUnknown how long nobody could tell
 */
public record ConnectionHistory(
        List<ConnectionChange> entries, long dropped, Duration timeOnline, Duration timeOffline, Duration timeUnknown) {
    /** Keeps a copy of the entries. */
    public ConnectionHistory {
        entries = List.copyOf(entries);
    }

    /**
     * Writes the entries as JSON lines: one {@link ConnectionChange#toJson()} and a newline each.
     *
     * @param out where to
     * @throws IOException what {@code out} throws
     */
    public void writeJsonLines(Appendable out) throws IOException {
        for (ConnectionChange entry : entries) {
            out.append(entry.toJson()).append('\n');
        }
    }
}
