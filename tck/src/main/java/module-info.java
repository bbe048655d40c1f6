/**
 * The compatibility kit: says of any provider of online/offline states, rule by rule, whether it keeps the contract.
 *
 * <p>Start at {@link io.github.offlinestate.tck.OfflineStateProviderTck} in a JUnit build, or at
 * {@link io.github.offlinestate.tck.TckRunner} without JUnit.
 *
 * @uses io.github.offlinestate.tck.fixture.ProviderFixture the fixture, where no test class is one
 */
module io.github.offlinestate.tck {
    requires transitive io.github.offlinestate;
    requires transitive io.github.offlinestate.spi;
    requires transitive org.jspecify;
    requires com.google.gson;
    requires java.logging;
    requires java.management;
    requires java.xml;
    requires static transitive org.junit.jupiter.api;

    exports io.github.offlinestate.tck;
    exports io.github.offlinestate.tck.backend;
    exports io.github.offlinestate.tck.fixture;
    exports io.github.offlinestate.tck.model;
    exports io.github.offlinestate.tck.report;

    uses io.github.offlinestate.tck.fixture.ProviderFixture;
}
