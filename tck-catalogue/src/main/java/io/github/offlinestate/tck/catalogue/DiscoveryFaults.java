package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.provider;

import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.tck.catalogue.found.EagerProvider;
import io.github.offlinestate.tck.catalogue.found.QuietProvider;
import io.github.offlinestate.tck.model.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mistakes in being found. */
final class DiscoveryFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            provider(
                    "not-in-services",
                    "the provider's class is named nowhere, so nobody finds it",
                    Map.of(Rule.FIND_1, "expected that ServiceLoader finds"),
                    new MemoryFixture(PlainProfile::new) {
                        @Override
                        public Optional<Class<? extends OfflineStateProvider>> serviceClass() {
                            return Optional.of(QuietProvider.class);
                        }
                    }),
            provider(
                    "thread-in-the-constructor",
                    "a thread is started when the provider is made",
                    Map.of(Rule.FIND_2, "expected that naming a provider starts no thread; it started [eager-watcher]"),
                    new MemoryFixture(PlainProfile::new) {
                        @Override
                        public Optional<Class<? extends OfflineStateProvider>> serviceClass() {
                            return Optional.of(OneService.of(EagerProvider.class, QuietProvider.class));
                        }
                    }));

    private DiscoveryFaults() {}
}
