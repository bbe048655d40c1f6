/**
 * The catalogue that the compatibility kit is tested with: faulty providers and backends, and odd ones that are right.
 *
 * <p>Start at {@link io.github.offlinestate.tck.catalogue.Catalogue}.
 */
module io.github.offlinestate.tck.catalogue {
    requires transitive io.github.offlinestate.tck;
    requires transitive org.jspecify;

    exports io.github.offlinestate.tck.catalogue;
}
