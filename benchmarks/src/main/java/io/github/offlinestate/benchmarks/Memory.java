package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.spi.FanOut;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jol.info.GraphLayout;

/** What is kept in memory: a registration, an idle open profile. */
final class Memory {
    private Memory() {}

    static Table table(boolean quick) {
        Table table = new Table("memory", "bytes", "threads");
        double worst = 0;
        for (int count : quick ? List.of(1_024) : List.of(1, 1_024, 1_100, 65_536, 1_000_000)) {
            double bytes = ofRegistrations(count);
            worst = count >= 1_024 ? Math.max(worst, bytes) : worst;
            table.row("a registration, of " + Tables.count(count), Spread.number(bytes), "0");
        }
        int profiles = quick ? 100 : 10_000;
        OfflineStateProvider provider = new Link(EngineSettings.DEFAULT).provider();
        List<OfflineManager> open = new ArrayList<>(profiles);
        open.add(provider.open("first"));
        long before = used();
        int threads = Thread.activeCount();
        for (int i = 0; i < profiles; i++) {
            open.add(provider.open("profile " + i));
        }
        long bytes = (used() - before) / profiles;
        table.row(
                "an open profile without registrations, of " + Tables.count(profiles),
                Spread.number((double) bytes),
                String.valueOf(Thread.activeCount() - threads));
        open.forEach(OfflineManager::close);
        table.remark("A registration: what the profile holds for it (JOL), without the callback itself and without the"
                + " token that the client keeps. Just after a segment was added it holds the most");
        return table.goal("at most 24 bytes a registration from 1,024 up", worst, 24);
    }

    private static double ofRegistrations(int count) {
        FanOut fanOut = new FanOut();
        Client one = new Client.First();
        long empty = GraphLayout.parseInstance(fanOut.table(), one).totalSize();
        for (int i = 0; i < count; i++) {
            fanOut.add(one, i);
        }
        return (double) (GraphLayout.parseInstance(fanOut.table(), one).totalSize() - (count == 1 ? 0 : empty)) / count;
    }

    private static long used() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
