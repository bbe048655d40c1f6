package io.github.offlinestate.tck.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All faulty and odd ones, by what they are about. */
public final class Catalogue {
    private static final List<CatalogueEntry> ENTRIES = Stream.of(
                    OpeningFaults.ENTRIES,
                    CapabilityFaults.ENTRIES,
                    StateFaults.ENTRIES,
                    SettingFaults.ENTRIES,
                    AdvisingFaults.ENTRIES,
                    NotifyingFaults.ENTRIES,
                    UnadvisingFaults.ENTRIES,
                    ClosingFaults.ENTRIES,
                    LossFaults.ENTRIES,
                    DiscoveryFaults.ENTRIES,
                    CarelessBackends.ENTRIES,
                    OddProviders.ENTRIES)
            .flatMap(List::stream)
            .toList();

    private Catalogue() {}

    /**
     * All of them.
     *
     * @return the faulty ones in the contract's order, then the odd ones
     */
    public static List<CatalogueEntry> entries() {
        return ENTRIES;
    }

    /**
     * One of them.
     *
     * @param name its name
     * @return the entry, or nothing where the catalogue has none of that name
     */
    public static Optional<CatalogueEntry> find(String name) {
        return ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
