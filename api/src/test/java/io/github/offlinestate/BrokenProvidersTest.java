package io.github.offlinestate;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FIND-3: one broken provider hides no other, and is reported with its cause. */
class BrokenProvidersTest {
    @TempDir
    Path temp;

    /** A broken one between two good ones, so that neither what comes before nor after is lost. */
    private List<ProviderDescription> besideGoodOnes(ProviderFolder folder, String broken) throws IOException {
        folder.provider("com.acme.Early", "early")
                .provider("com.acme.Late", "late")
                .registered("com.acme.Early", broken, "com.acme.Late")
                .compiled();
        try (URLClassLoader loader = folder.loader()) {
            return OfflineManagers.directory(loader).providers();
        }
    }

    private static void goodOnesAreThere(List<ProviderDescription> found) {
        assertThat(found.stream().filter(ProviderDescription::isUsable))
                .extracting(provider -> provider.name().orElseThrow())
                .containsExactly("early", "late");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            constructor       | public Bad() { throw new IllegalStateException("no licence"); } | java.lang.IllegalStateException: no licence
            initialiser       | static final int N = Integer.parseInt("many");                  | For input string: "many"
            recursion         | public Bad() { new Bad(); }                                      | java.lang.StackOverflowError
            private           | private Bad() {}                                                | Unable to get public no-arg constructor
            arguments         | public Bad(int what) {}                                         | Unable to get public no-arg constructor
            priority          | @Override public int priority() { throw new AssertionError("x"); } | java.lang.AssertionError: x
            by name only      | @Override public boolean byNameOnly() { return 1 / 0 > 0; }     | java.lang.ArithmeticException: / by zero
            availability      | @Override public Availability availability() { throw new LinkageError("libx"); } | java.lang.LinkageError: libx
            null availability | @Override public Availability availability() { return null; }    | availability() gives null
            finds itself      | public Bad() { OfflineManagers.directory(Bad.class.getClassLoader()).providers().stream().flatMap(p -> p.failure().stream()).forEach(f -> { throw new IllegalStateException(f); }); } | searches for providers while it is being made
            odd exception     | public Bad() { throw new RuntimeException() { @Override public String getMessage() { throw new RuntimeException(); } }; } | com.acme.Bad$1
            """)
    void FIND_3_its_own_code_fails(String what, String member, String reason) throws IOException {
        List<ProviderDescription> found =
                besideGoodOnes(new ProviderFolder(temp, "bad").provider("com.acme.Bad", "bad", member), "com.acme.Bad");
        goodOnesAreThere(found);
        assertThat(found).hasSize(3).last().satisfies(bad -> {
            assertThat(bad.className()).contains("com.acme.Bad");
            assertThat(bad.failure()).isPresent();
            assertThat(bad.availability().isAvailable()).isFalse();
            assertThat(bad).asString().contains("com.acme.Bad", "from file:", "broken: ", reason);
        });
    }

    @ParameterizedTest
    @CsvSource({"null,gives null", "\"  \",gives a blank"})
    void FIND_3_it_has_no_name(String name, String reason) throws IOException {
        ProviderFolder folder = new ProviderFolder(temp, "nameless").source("com.acme.Bad", """
                public class Bad implements OfflineStateProvider {
                    @Override public String name() { return %s; }
                    @Override public OfflineManager open(String profile) { return null; }
                }
                """.formatted(name));
        List<ProviderDescription> found = besideGoodOnes(folder, "com.acme.Bad");
        goodOnesAreThere(found);
        assertThat(found.get(2)).asString().contains("com.acme.Bad.name() " + reason);
    }

    @Test
    void FIND_3_its_class_is_missing() throws IOException {
        List<ProviderDescription> found = besideGoodOnes(new ProviderFolder(temp, "missing"), "com.acme.Missing");
        goodOnesAreThere(found);
        assertThat(found.get(2))
                .asString()
                .startsWith("com.acme.Missing, from file:")
                .contains("META-INF/services/io.github.offlinestate.OfflineStateProvider", "not found");
        assertThat(found).hasSize(3);
    }

    @Test
    void FIND_3_its_superclass_is_missing() throws IOException {
        ProviderFolder folder = new ProviderFolder(temp, "orphan")
                .provider("com.acme.Base", "base")
                .source("com.acme.Orphan", "public class Orphan extends Base {}")
                .provider("com.acme.Early", "early")
                .provider("com.acme.Late", "late")
                .registered("com.acme.Early", "com.acme.Orphan", "com.acme.Late")
                .compiled()
                .without("com.acme.Base");
        try (URLClassLoader loader = folder.loader()) {
            List<ProviderDescription> found = OfflineManagers.directory(loader).providers();
            goodOnesAreThere(found);
            assertThat(found).hasSize(3).last().satisfies(orphan -> {
                assertThat(orphan.className()).contains("com.acme.Orphan");
                assertThat(orphan.failure().orElseThrow()).isInstanceOf(NoClassDefFoundError.class);
                assertThat(orphan).asString().contains("com/acme/Base");
            });
        }
    }

    @Test
    void FIND_3_it_is_no_provider_at_all() throws IOException {
        List<ProviderDescription> found = besideGoodOnes(
                new ProviderFolder(temp, "other").source("com.acme.Other", "public class Other {}"), "com.acme.Other");
        goodOnesAreThere(found);
        assertThat(found).hasSize(3).last().asString().contains("com.acme.Other", "not a subtype");
    }

    @Test
    void FIND_3_its_services_file_is_no_services_file() throws IOException {
        ProviderFolder bad = new ProviderFolder(temp, "syntax").registered("com.acme.Fine # comment", "two words");
        ProviderFolder good = new ProviderFolder(temp, "good")
                .provider("com.acme.Good", "good")
                .registered("com.acme.Good")
                .compiled();
        try (URLClassLoader first = bad.loader();
                URLClassLoader loader = good.loader(first)) {
            List<ProviderDescription> found = OfflineManagers.directory(loader).providers();
            assertThat(found.get(0).name()).contains("good");
            assertThat(found)
                    .anySatisfy(broken -> assertThat(broken)
                            .asString()
                            .contains("Illegal configuration-file syntax", "syntax/classes/META-INF/services"));
        }
    }

    @Test
    void FIND_3_many_broken_ones_hide_nobody_and_are_told_apart() throws IOException {
        int each = 600;
        StringBuilder names = new StringBuilder();
        for (int i = 2 * each; i > 0; i--) { // Missing1 comes after Missing1000, which its name begins
            names.append("com.acme.Missing").append(i).append(i == each ? "\ncom.acme.Middle\n" : "\n");
        }
        List<ProviderDescription> found = besideGoodOnes(
                new ProviderFolder(temp, "many").provider("com.acme.Middle", "in the middle"), names.toString());
        assertThat(found).hasSize(3 + 2 * each);
        assertThat(found.stream().filter(ProviderDescription::isUsable)).hasSize(3);
        assertThat(found)
                .filteredOn(broken -> broken.className().equals(Optional.of("com.acme.Missing1")))
                .singleElement()
                .asString()
                .contains("Provider com.acme.Missing1 not found");
    }

    @Test
    void FIND_3_a_class_loader_that_always_fails_ends_the_search_and_is_told_once() {
        ClassLoader hostile = new ClassLoader(OfflineManagers.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        List<ProviderDescription> found = OfflineManagers.directory(hostile).providers();
        assertThat(found).singleElement().satisfies(broken -> {
            assertThat(broken.className()).isEmpty();
            assertThat(broken)
                    .asString()
                    .startsWith("(unknown), from an unknown place: broken: ")
                    .endsWith("caused by java.io.IOException: the disk is gone");
        });
    }

    @Test
    void a_failure_of_the_virtual_machine_is_nobody_s_fault_and_goes_through() throws IOException {
        ProviderFolder folder = new ProviderFolder(temp, "memory")
                .provider("com.acme.Hungry", "hungry", "public Hungry() { throw new OutOfMemoryError(\"a test's\"); }")
                .registered("com.acme.Hungry")
                .compiled();
        try (URLClassLoader loader = folder.loader()) {
            assertThatThrownBy(() -> OfflineManagers.directory(loader).providers())
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("a test's");
        }
    }

    @Test
    void a_broken_one_that_is_named_is_the_cause() throws IOException {
        ProviderFolder folder = new ProviderFolder(temp, "named")
                .provider("com.acme.Bad", "bad", "@Override public int priority() { throw new AssertionError(\"x\"); }")
                .provider("com.acme.Worse", "worse", "public Worse() { throw new IllegalStateException(\"y\"); }")
                .registered("com.acme.Bad", "com.acme.Worse")
                .compiled();
        try (URLClassLoader loader = folder.loader()) {
            for (String name : List.of("bad", "com.acme.Bad")) {
                assertThatThrownBy(() -> OfflineManagers.directory(loader).open("work", name))
                        .isInstanceOf(DiscoveryException.class)
                        .hasMessageStartingWith("OFFLINE-FIND-007: ")
                        .hasCauseInstanceOf(AssertionError.class)
                        .satisfies(e -> assertThat(e.getSuppressed())
                                .singleElement(as(THROWABLE))
                                .cause()
                                .isInstanceOf(IllegalStateException.class));
            }
            assertThatThrownBy(() -> OfflineManagers.directory(loader).open("work", "com.acme.Worse"))
                    .hasMessageStartingWith("OFFLINE-FIND-007: ");
        }
    }

    @Test
    void a_modular_jar_on_the_class_path_without_its_services_file_is_told() throws IOException {
        ProviderFolder folder = new ProviderFolder(temp, "lost")
                .provider("com.acme.Lost", "lost")
                .moduleInfo("""
                        module com.acme {
                            requires io.github.offlinestate;
                            provides io.github.offlinestate.OfflineStateProvider with com.acme.Lost;
                        }
                        """)
                .compiled("--module-path", System.getProperty("java.class.path"));
        try (URLClassLoader loader = folder.loader()) {
            assertThatThrownBy(() -> OfflineManagers.directory(loader).open("work"))
                    .hasMessageStartingWith("OFFLINE-FIND-002: ")
                    .hasMessageContaining("com.acme.Lost, from file:")
                    .hasMessageContaining("its module-info provides it, but it is on the class path, where no"
                            + " META-INF/services/io.github.offlinestate.OfflineStateProvider names it");
        }
    }

    @Test
    void a_jar_made_of_jars_that_lost_the_services_files_is_told() throws Exception {
        ProviderFolder all = new ProviderFolder(temp, "all")
                .provider("io.github.offlinestate.spi.BackendProvider", "engine")
                .compiled();
        Path api = Path.of(OfflineManagers.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(api)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = all.classes().resolve(api.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        try (URLClassLoader loader = all.loader(ClassLoader.getPlatformClassLoader())) {
            Method open = loader.loadClass(OfflineManagers.class.getName()).getMethod("open", String.class);
            assertThatThrownBy(() -> open.invoke(null, "work"))
                    .cause()
                    .hasMessageStartingWith("OFFLINE-FIND-001: ")
                    .hasMessageContaining(all.classes().toUri().toURL()
                            + " is a jar made of several: check that its"
                            + " META-INF/services/io.github.offlinestate.OfflineStateProvider names");
        }
    }

    @Test
    void what_a_provider_may_not_do_in_opening_is_a_failed_call() {
        class Careless implements OfflineStateProvider {
            @Override
            public String name() {
                return "careless";
            }

            @Override
            public List<String> profiles() {
                throw new IllegalStateException("no list");
            }

            @Override
            public OfflineManager open(String profile) {
                switch (profile) {
                    case "null" -> {
                        return null;
                    }
                    case "library" -> throw new NoClassDefFoundError("com/sun/jna/Native");
                    case "its own" -> throw new OfflineStateException(HResult.MAPI_E_END_OF_SESSION, "away");
                    default -> throw new IllegalStateException("oops");
                }
            }

            @Override
            public String toString() {
                return "Careless";
            }
        }
        OfflineStateProvider careless = new Careless();
        assertFailedCall(() -> OfflineManagers.open(careless, "x"), "open(\"x\")", "oops");
        assertFailedCall(() -> OfflineManagers.open(careless, "library"), "open(\"library\")", "com/sun/jna/Native");
        assertFailedCall(() -> OfflineManagers.open(careless, "null"), "Careless gave nothing for open(\"null\")");
        assertFailedCall(() -> Opening.openDefault(careless), "profiles()", "no list");
        assertThatThrownBy(() -> OfflineManagers.open(careless, "its own")).hasMessageStartingWith("away [MAPI_E_END");
        assertThatThrownBy(() -> OfflineManagers.open((OfflineStateProvider) null, "x"))
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.E_INVALIDARG));
    }

    private static void assertFailedCall(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... messageParts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED))
                .hasMessageContainingAll(messageParts);
    }
}
