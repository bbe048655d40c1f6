/**
 * The command line, {@code offline-state}.
 */
module io.github.offlinestate.cli {
    requires com.google.gson;
    requires info.picocli;
    requires io.github.offlinestate;
    requires io.github.offlinestate.sim;
    requires io.github.offlinestate.spi;
    requires io.github.offlinestate.tck;
    requires io.github.offlinestate.tck.catalogue;
    requires io.github.offlinestate.windows;
    requires java.logging;
    requires org.jspecify;

    uses io.github.offlinestate.tck.fixture.ProviderFixture;
}
