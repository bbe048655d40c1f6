package io.github.offlinestate.tck;

import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The kit as a test class that need not be extended: its fixture is found by {@link ServiceLoader}. For Surefire's
 * {@code dependenciesToScan}, for a JUnit Platform suite, and for Gradle. Where no fixture is found, or several and
 * {@code offlinestate.tck.fixture} names none of them, it fails.
 */
public final class OfflineStateTckTest {
    /** For JUnit. */
    public OfflineStateTckTest() {}

    /**
     * The rules, each a test.
     *
     * @return the tests
     */
    @TestFactory
    public Stream<DynamicTest> contract() {
        TckOptions options = TckOptions.fromEnvironment();
        ProviderFixture fixture = find(options.fixture());
        return JUnitRun.of(
                fixture.getClass(), TckRunner.of(fixture, options, BuildLine.ofAllTests(Path.of(""))), options);
    }

    private static ProviderFixture find(Optional<String> wanted) {
        List<ProviderFixture> found = new ArrayList<>();
        ServiceLoader.load(ProviderFixture.class).forEach(found::add);
        List<ProviderFixture> fitting = found.stream()
                .filter(fixture -> wanted.isEmpty()
                        || wanted.get().equals(fixture.getClass().getName()))
                .toList();
        if (fitting.size() != 1) {
            throw new IllegalStateException("one fixture is to be found by ServiceLoader"
                    + wanted.map(name -> " of the class " + name).orElse("") + ", there are " + fitting.size()
                    + "; found "
                    + found.stream()
                            .map(fixture -> fixture.getClass().getName())
                            .collect(Collectors.joining(", ", "[", "]"))
                    + "; name it in META-INF/services/" + ProviderFixture.class.getName()
                    + ", and choose one of several by -D" + TckOptions.property("fixture"));
        }
        return fitting.get(0);
    }
}
