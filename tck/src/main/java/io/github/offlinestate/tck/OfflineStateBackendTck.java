package io.github.offlinestate.tck;

import io.github.offlinestate.tck.backend.BackendFixture;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit for backends as a test class, for those who build on the module spi: extend it, and say in {@link #prepare()}
 * how a factory of backends is made ready. A failure names the backend's own code, and not a rule of the engine's.
 *
 * <p>There is one test a rule, and a last one for the verdict, as in {@link OfflineStateProviderTck}.
 */
public abstract class OfflineStateBackendTck implements BackendFixture {
    /** For those who extend it. */
    protected OfflineStateBackendTck() {}

    /**
     * The rules of backends, each a test.
     *
     * @return the tests
     */
    @TestFactory
    public final Stream<DynamicTest> contract() {
        TckOptions options = TckOptions.fromEnvironment();
        return JUnitRun.of(getClass(), TckRunner.of(this, options, BuildLine.of(Path.of(""), getClass())), options);
    }
}
