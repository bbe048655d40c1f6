package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.tck.backend.BackendFixture;
import io.github.offlinestate.tck.catalogue.PlainProvider.ProfileMaker;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Rule;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One of the catalogue: something to be judged by the kit, and what the kit says of it.
 *
 * @param name what it is asked for by, as {@code start-after-the-flip}
 * @param description what is wrong with it, or odd about it, in a line
 * @param caught the rules that are there to find it, each with a part of the message that says so; none for an odd one
 * @param alongside the other rules that it breaks: what they are about needs what is wrong here
 * @param provider makes it ready, where it is a provider
 * @param backend makes it ready, where it is a backend
 */
public record CatalogueEntry(
        String name,
        String description,
        Map<Rule, String> caught,
        Set<Rule> alongside,
        Optional<ProviderFixture> provider,
        Optional<BackendFixture> backend) {
    /** Copied where it is made, in the contract's order. */
    public CatalogueEntry {
        Map<Rule, String> sorted = new EnumMap<>(Rule.class);
        sorted.putAll(caught);
        caught = Collections.unmodifiableMap(sorted);
        Set<Rule> others = EnumSet.noneOf(Rule.class);
        others.addAll(alongside);
        alongside = Collections.unmodifiableSet(others);
    }

    /**
     * Whether it is wrong, and not only odd.
     *
     * @return whether the kit has to find something
     */
    public boolean isFaulty() {
        return !caught.isEmpty();
    }

    /** A provider of which a step that its profiles do is wrong. */
    static CatalogueEntry profile(String name, String what, Map<Rule, String> caught, ProfileMaker maker) {
        return provider(name, what, caught, new MemoryFixture(maker));
    }

    /** A provider of which something that its offline objects do is wrong. */
    static CatalogueEntry object(
            String name, String what, Map<Rule, String> caught, Function<PlainProfile, PlainManager> maker) {
        return profile(name, what, caught, (provider, profile) -> new PlainProfile(provider, profile) {
            @Override
            PlainManager manager() {
                return maker.apply(this);
            }
        });
    }

    static CatalogueEntry provider(String name, String what, Map<Rule, String> caught, ProviderFixture fixture) {
        return new CatalogueEntry(name, what, caught, Set.of(), Optional.of(fixture), Optional.empty());
    }

    /** A backend that stands carelessly before a source that is right. */
    static CatalogueEntry backend(
            String name, String what, Map<Rule, String> caught, Function<MemorySource, BackendFactory> careless) {
        return new CatalogueEntry(
                name, what, caught, Set.of(), Optional.empty(), Optional.of(new MemoryBackendFixture(careless)));
    }

    /** The same, which breaks other rules as well. */
    CatalogueEntry alongside(Rule... others) {
        return new CatalogueEntry(name, description, caught, Set.of(others), provider, backend);
    }

    @Override
    public String toString() {
        return name;
    }
}
