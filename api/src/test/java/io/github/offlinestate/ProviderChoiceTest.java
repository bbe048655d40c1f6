package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.offlinestate.DiscoveryException.Problem;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FIND-5, FIND-5b, FIND-6: which provider, and which profile. */
class ProviderChoiceTest {
    private static final String BY_NAME_ONLY = "@Override public boolean byNameOnly() { return true; }";
    private static final String UNAVAILABLE =
            "@Override public Availability availability() { return Availability.unavailable(\"the moon is missing\"); }";

    @TempDir
    Path temp;

    private final List<URLClassLoader> loaders = new ArrayList<>();

    @AfterEach
    void closeLoaders() throws IOException {
        System.clearProperty(OfflineManagers.PROVIDER_PROPERTY);
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    private ClassLoader loader(ProviderFolder folder) {
        URLClassLoader loader = folder.compiled().loader();
        loaders.add(loader);
        return loader;
    }

    private static String priority(int priority) {
        return "@Override public int priority() { return " + priority + "; }";
    }

    private ProviderFolder threeAndASimulation() {
        return new ProviderFolder(temp, "three")
                .provider("com.acme.Low", "low", priority(1))
                .provider("com.acme.High", "high", priority(5))
                .provider("com.acme.Away", "away", priority(9), UNAVAILABLE)
                .provider("com.acme.Invented", "invented", priority(99), BY_NAME_ONLY)
                .registered("com.acme.Low", "com.acme.Invented", "com.acme.Away", "com.acme.High");
    }

    @Test
    void FIND_5_the_usable_one_of_the_highest_priority_is_taken() {
        ProviderDirectory directory = OfflineManagers.directory(loader(threeAndASimulation()));
        assertThat(directory.choose().name()).isEqualTo("high");
        assertThat(directory.providers())
                .extracting(provider -> provider.name().orElseThrow())
                .containsExactly("invented", "away", "high", "low");
        assertThat(directory.providers())
                .extracting(provider -> provider.passedOver().orElse("-"))
                .containsExactly("taken by name only", "not available: the moon is missing", "-", "-");
    }

    @Test
    void FIND_5_who_is_named_is_taken_whatever_the_priority() {
        ProviderDirectory directory = OfflineManagers.directory(loader(threeAndASimulation()));
        assertThat(directory.choose("low").name()).isEqualTo("low");
        assertThat(directory.choose("invented").name()).isEqualTo("invented");
        assertThat(directory.choose("com.acme.Low")).isSameAs(directory.choose("low"));
        assertThatThrownBy(() -> directory.open("Übung 𝄞", "low"))
                .hasMessageStartingWith("low was asked for Übung 𝄞");
    }

    @Test
    void FIND_5_caller_then_property_then_variable_then_priority() {
        ClassLoader loader = loader(threeAndASimulation());
        ProviderDirectory directory =
                new ProviderDirectory(List.of(loader), Map.of(OfflineManagers.PROVIDER_VARIABLE, "low")::get);
        assertThat(directory.choose().name()).isEqualTo("low");
        System.setProperty(OfflineManagers.PROVIDER_PROPERTY, "invented");
        assertThat(directory.choose().name()).isEqualTo("invented");
        assertThat(directory.choose("high").name()).isEqualTo("high");
        System.setProperty(OfflineManagers.PROVIDER_PROPERTY, " ");
        assertThat(directory.choose().name()).isEqualTo("low");
        ProviderDirectory blank =
                new ProviderDirectory(List.of(loader), Map.of(OfflineManagers.PROVIDER_VARIABLE, "")::get);
        assertThat(blank.choose().name()).isEqualTo("high");
    }

    @Test
    void FIND_5_an_unknown_name_is_told_with_who_said_it() {
        ClassLoader loader = loader(threeAndASimulation());
        assertThat(problemOf(() -> OfflineManagers.directory(loader).choose("outlook")))
                .hasMessageStartingWith("OFFLINE-FIND-004: ")
                .hasMessageContaining("asked for: the provider \"outlook\", named by the caller")
                .hasMessageContaining("- high (com.acme.High), priority 5, from file:")
                .hasMessageContaining("what to do: name one of the list")
                .extracting(DiscoveryException::problem, DiscoveryException::result)
                .containsExactly(Problem.UNKNOWN_NAME, HResult.MAPI_E_NOT_FOUND);
        System.setProperty(OfflineManagers.PROVIDER_PROPERTY, "outlook");
        assertThat(problemOf(() -> OfflineManagers.directory(loader).open("work")))
                .hasMessageContaining("named by the system property io.github.offlinestate.provider");
        System.clearProperty(OfflineManagers.PROVIDER_PROPERTY);
        assertThat(problemOf(() -> new ProviderDirectory(List.of(loader), name -> "outlook").open()))
                .hasMessageContaining("named by the environment variable OFFLINE_STATE_PROVIDER");
    }

    @Test
    void FIND_2_one_that_cannot_work_here_says_why_and_can_still_be_asked() {
        ProviderDirectory directory = OfflineManagers.directory(loader(threeAndASimulation()));
        assertThat(problemOf(() -> directory.open("work", "away")))
                .hasMessageStartingWith("OFFLINE-FIND-006: ")
                .hasMessageContaining("mend what it says of itself (not available: the moon is missing)");
        assertThat(directory.provider("away").availability().reason()).contains("the moon is missing");
    }

    @Test
    void FIND_5b_two_of_equal_highest_priority_are_an_error_that_names_both() {
        ClassLoader loader = loader(new ProviderFolder(temp, "twins")
                .provider("com.acme.One", "one")
                .provider("com.acme.Two", "two")
                .provider("com.acme.Less", "less", priority(-1))
                .registered("com.acme.Two", "com.acme.Less", "com.acme.One"));
        assertThat(problemOf(() -> OfflineManagers.directory(loader).choose()))
                .hasMessageStartingWith("OFFLINE-FIND-003: ")
                .hasMessageContaining("asked for: any provider: none is named")
                .hasMessageContaining("name one of those of priority 0 (one, two)")
                .hasMessageContaining("-Dio.github.offlinestate.provider=NAME");
    }

    @Test
    void FIND_5b_none_usable_says_of_each_why() {
        ClassLoader loader = loader(new ProviderFolder(temp, "none")
                .provider("com.acme.Away", "away", UNAVAILABLE)
                .provider("com.acme.Invented", "invented", BY_NAME_ONLY)
                .registered("com.acme.Away", "com.acme.Invented", "com.acme.Gone"));
        DiscoveryException problem =
                problemOf(() -> OfflineManagers.directory(loader).open());
        assertThat(problem)
                .hasMessageStartingWith("OFFLINE-FIND-002: ")
                .hasMessageContaining("away (com.acme.Away)")
                .hasMessageContaining("not available: the moon is missing")
                .hasMessageContaining(": taken by name only")
                .hasMessageContaining("com.acme.Gone, from file:")
                .hasMessageContaining(": broken: java.util.ServiceConfigurationError:");
        assertThat(problem.getSuppressed()).hasSize(1);
    }

    @Test
    void FIND_5b_none_at_all_says_where_was_searched() {
        ClassLoader bare = new ClassLoader("shelf", OfflineManagers.class.getClassLoader()) {};
        assertThat(problemOf(() -> OfflineManagers.directory(bare).open()))
                .hasMessageStartingWith("OFFLINE-FIND-001: No provider is registered at all.")
                .hasMessageContaining("searched: the class loader 'shelf' (")
                .hasMessageContaining("found: nothing")
                .hasMessageContaining("put the jar of a provider on the class path or the module path")
                .hasMessageContaining("docs/discovery.md");
        assertThat(problemOf(() -> OfflineManagers.directory(bare).choose("sim")))
                .hasMessageStartingWith("OFFLINE-FIND-004: ");
    }

    @Test
    void FIND_5_two_of_one_name_are_told_and_can_be_told_apart_by_class() {
        ClassLoader loader = loader(new ProviderFolder(temp, "namesakes")
                .provider("com.acme.One", "same")
                .provider("com.acme.Two", "same", priority(1))
                .registered("com.acme.One", "com.acme.Two"));
        ProviderDirectory directory = OfflineManagers.directory(loader);
        assertThat(problemOf(() -> directory.provider("same")))
                .hasMessageStartingWith("OFFLINE-FIND-005: ")
                .hasMessageContaining("(com.acme.Two, com.acme.One)");
        assertThat(directory.choose("com.acme.One").getClass().getName()).isEqualTo("com.acme.One");
        assertThat(directory.choose().getClass().getName()).isEqualTo("com.acme.Two");
    }

    @Test
    void a_name_that_names_nothing_is_an_invalid_argument() {
        for (String name : new String[] {null, "", " \t"}) {
            assertThatThrownBy(() -> OfflineManagers.open("work", name))
                    .isInstanceOfSatisfying(
                            OfflineStateException.class,
                            e -> assertThat(e.result()).isEqualTo(HResult.E_INVALIDARG))
                    .hasMessageContaining("name one, or call the method that takes no name");
        }
    }

    @Test
    void FIND_6_without_a_profile_the_first_that_is_listed_is_opened() {
        ClassLoader loader = loader(new ProviderFolder(temp, "profiles")
                .provider(
                        "com.acme.Lists",
                        "lists",
                        "@Override public java.util.List<String> profiles() { return java.util.List.of(\"a\", \"b\"); }")
                .registered("com.acme.Lists"));
        assertThatThrownBy(() -> OfflineManagers.directory(loader).open())
                .hasMessageStartingWith("lists was asked for a [");
    }

    @Test
    void FIND_6_a_provider_that_lists_no_profile_wants_one_named() {
        ClassLoader loader = loader(new ProviderFolder(temp, "no-profiles")
                .provider("com.acme.Silent", "silent")
                .registered("com.acme.Silent"));
        assertThat(problemOf(() -> OfflineManagers.directory(loader).open()))
                .hasMessageStartingWith("OFFLINE-FIND-008: ")
                .hasMessageContaining("name a profile");
    }

    @Test
    void a_further_class_loader_adds_its_providers() {
        ClassLoader first = loader(new ProviderFolder(temp, "first")
                .provider("com.acme.First", "first")
                .registered("com.acme.First"));
        ClassLoader second = loader(new ProviderFolder(temp, "second")
                .provider("org.other.Second", "second")
                .registered("org.other.Second"));
        ProviderDirectory directory = OfflineManagers.directory(first);
        assertThat(directory.plus(second).providers())
                .extracting(provider -> provider.name().orElseThrow())
                .containsExactly("first", "second");
        assertThat(directory.providers()).hasSize(1);
        assertThat(directory.plus(second)).asString().contains(first.toString(), second.toString());
    }

    @Test
    void the_thread_s_context_class_loader_is_searched_after_the_api_s_own() throws IOException {
        ClassLoader loader = loader(new ProviderFolder(temp, "context")
                .provider("com.acme.InContext", "in context")
                .registered("com.acme.InContext"));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(null);
            assertThat(OfflineManagers.providers()).isEmpty();
            thread.setContextClassLoader(loader);
            assertThat(OfflineManagers.providers())
                    .singleElement()
                    .hasToString("in context (com.acme.InContext), priority 0, from "
                            + temp.resolve("context/classes").toUri().toURL() + ": usable");
            assertThatThrownBy(() -> OfflineManagers.open("work"))
                    .hasMessageStartingWith("in context was asked for work");
            assertThatThrownBy(() -> OfflineManagers.open("work", "in context"))
                    .hasMessageStartingWith("in context was asked for work");
            assertThatThrownBy(OfflineManagers::open).hasMessageStartingWith("OFFLINE-FIND-008");
            assertThat(problemOf(() -> OfflineManagers.open("work", "nobody")))
                    .hasMessageContaining("searched: this API's class loader ")
                    .hasMessageContaining(", then the thread's context class loader ");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static DiscoveryException problemOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(DiscoveryException.class, call);
    }
}
