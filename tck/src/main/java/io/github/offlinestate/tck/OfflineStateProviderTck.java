package io.github.offlinestate.tck;

import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit as a test class: extend it, and say in {@link #prepare()} how a provider is made ready.
 *
 * <pre>{@code
 * class MyProviderTckTest extends OfflineStateProviderTck {
 *     @Override
 *     public PreparedProvider prepare() {
 *         return PreparedProvider.of(new MyProvider(), "default");
 *     }
 * }
 * }</pre>
 *
 * <p>There is one test a rule, and a last one for the verdict as a whole. A rule that is not applicable, not verified
 * or excluded shows as aborted, never as passed. The options of {@link TckOptions} are taken from system properties
 * and environment variables, {@code -Dofflinestate.tck.rule=ADVISE-7} for one.
 */
public abstract class OfflineStateProviderTck implements ProviderFixture {
    /** For those who extend it. */
    protected OfflineStateProviderTck() {}

    /**
     * The rules, each a test.
     *
     * @return the tests
     */
    @TestFactory
    public final Stream<DynamicTest> contract() {
        TckOptions options = TckOptions.fromEnvironment();
        return JUnitRun.of(getClass(), TckRunner.of(this, options, BuildLine.of(Path.of(""), getClass())), options);
    }
}
