package io.github.offlinestate.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import reactor.util.Loggers;

/** Who gives which guarantee. */
final class Guarantees {
    private static final Duration CALLBACK_LIMIT = Duration.ofMillis(100);

    /** Kept, or a logger that is switched off could be collected. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("io.github.offlinestate"), Logger.getLogger("reactor"));

    private Guarantees() {}

    static Table table() {
        List<String> headers = new ArrayList<>(List.of("the checks could not break it"));
        Arrays.stream(Guarantee.values()).map(Guarantee::title).forEach(headers::add);
        Table table = new Table(headers.toArray(String[]::new));
        for (Peers peer : Peers.values()) {
            table.row(row(peer));
        }
        return table;
    }

    static List<String> row(Peers peer) {
        Supplier<Peer> maker = peer == Peers.ENGINE ? () -> new EnginePeer(CALLBACK_LIMIT) : peer::open;
        List<String> cells = new ArrayList<>(List.of(peer.title()));
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF)); // what is thrown is thrown on purpose
        Loggers.useJdkLoggers();
        for (Guarantee guarantee : Guarantee.values()) {
            cells.add(guarantee.isKeptBy(maker) ? "yes" : "**no**");
        }
        return cells;
    }
}
