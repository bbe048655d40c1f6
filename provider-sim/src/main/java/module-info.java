import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.sim.SimulatedProvider;

/**
 * A simulated source of online/offline states: from code, as the double that applications are tested with, or from a
 * scenario file (docs/scenarios.md). Chosen by its name {@code sim} only.
 *
 * @provides OfflineStateProvider the simulated provider, with two profiles that are online
 */
module io.github.offlinestate.sim {
    requires transitive io.github.offlinestate.spi;
    requires static com.google.auto.service;
    requires org.snakeyaml.engine.v2;

    exports io.github.offlinestate.sim;

    provides OfflineStateProvider with
            SimulatedProvider;
}
