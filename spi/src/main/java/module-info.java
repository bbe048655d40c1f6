/**
 * What backends implement, and the engine that gives every backend the contract of the offline object.
 *
 * <p>Start at {@link io.github.offlinestate.spi.BackendProvider}.
 */
module io.github.offlinestate.spi {
    requires transitive io.github.offlinestate;
    requires transitive org.jspecify;

    exports io.github.offlinestate.spi;
}
