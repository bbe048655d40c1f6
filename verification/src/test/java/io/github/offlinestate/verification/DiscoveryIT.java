package io.github.offlinestate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.verification.ChildJvm.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FIND in real JVMs of their own: how an application finds providers in each way that Java programs are put together. */
class DiscoveryIT {
    private static final String SERVICES = "META-INF/services/" + OfflineStateProvider.class.getName();

    @TempDir
    static Path folder;

    private static List<Path> libraries;
    private static Path app;
    private static Path good;

    @BeforeAll
    static void build() throws IOException {
        libraries = new ArrayList<>(Workspace.jars("api", "spi"));
        libraries.add(Workspace.library("jspecify"));
        app = new JarBuilder()
                .source("module-info.java", "module com.acme.app { requires io.github.offlinestate; }")
                .source("com/acme/app/Seeker.java", resource("Seeker.java"))
                .build(folder.resolve("app.jar"), libraries);
        good = provider("good", 1);
    }

    @Test
    void aProviderOnTheClassPathIsFound() throws Exception {
        assertOpened(onClassPath("open", app, good), "good");
    }

    @Test
    void aProviderOnTheModulePathIsFound() throws Exception {
        assertOpened(onModulePath("open", app, good), "good");
    }

    @Test
    void anApplicationModuleFindsAProviderOnTheClassPath() throws Exception {
        List<Path> modules = new ArrayList<>(libraries);
        modules.add(app);
        Result result = ChildJvm.java(
                folder,
                List.of(
                        "-p",
                        ChildJvm.path(modules),
                        "--add-modules",
                        "io.github.offlinestate.spi",
                        "-cp",
                        good.toString(),
                        "-m",
                        "com.acme.app/com.acme.app.Seeker",
                        "open"));
        assertOpened(result, "good");
    }

    @Test
    void aShadedJarWithMergedServicesKeepsAllProviders() throws Exception {
        Path other = provider("other", 2);
        Path shaded = shaded(good, other)
                .file(SERVICES, "com.acme.good.GoodProvider\ncom.acme.other.OtherProvider\n")
                .build(folder.resolve("merged.jar"), List.of());
        Result list = java("list", shaded);
        assertThat(list.out()).contains("good", "other").doesNotContain("broken");
        assertOpened(java("open", shaded), "other");
    }

    @Test
    void aShadedJarThatLostAServicesFileIsToldAsSuch() throws Exception {
        Path other = provider("lost", 2);
        Path shaded = shaded(good, other).build(folder.resolve("unmerged.jar"), List.of());
        Result result = java("named lost", shaded);
        assertFailed(result, "OFFLINE-FIND-004");
        assertThat(result.out())
                .contains("good")
                .contains(shaded.getFileName().toString())
                .contains("is a jar made of several")
                .contains(SERVICES);
    }

    @Test
    void aShadedJarWithoutAnyServicesFileIsToldAsSuch() throws Exception {
        Path shaded = shaded().contentsOf(withoutServices()).build(folder.resolve("bare.jar"), List.of());
        Result result = java("open", shaded);
        assertFailed(result, "OFFLINE-FIND-001");
        assertThat(result.out()).contains("is a jar made of several").contains(SERVICES);
    }

    @Test
    void aRuntimeImageFindsTheProviderThatWasLinkedIn() throws Exception {
        Path image = link("image-with", List.of(app, good), "com.acme.app,com.acme.good");
        assertOpened(runImage(image, "open"), "good");
    }

    @Test
    void aRuntimeImageWithoutAProviderSaysHowToLinkOneIn() throws Exception {
        Path image = link("image-without", List.of(app), "com.acme.app");
        Result result = runImage(image, "open");
        assertFailed(result, "OFFLINE-FIND-001");
        assertThat(result.out()).contains("jlink").contains("--add-modules").contains("--bind-services");
    }

    @Test
    void aThreadOfTheCommonPoolFindsTheSame() throws Exception {
        assertOpened(onClassPath("pool", app, good), "good");
        assertOpened(onModulePath("pool", app, good), "good");
    }

    @Test
    void brokenProvidersHideNoneAndAreToldWithTheirCause() throws Exception {
        Path missingClass =
                new JarBuilder().file(SERVICES, "com.acme.gone.GoneProvider\n").build(jar("gone"), List.of());
        Path throwing = new JarBuilder()
                .source(
                        "com/acme/throwing/ThrowingProvider.java",
                        providerSource("throwing", 9, "throw new IllegalStateException(\"no licence\");"))
                .file(SERVICES, "com.acme.throwing.ThrowingProvider\n")
                .build(jar("throwing"), libraries);
        Path orphan = new JarBuilder()
                .source(
                        "com/acme/orphan/Base.java",
                        "package com.acme.orphan; abstract class Base extends io.github.offlinestate.spi.BackendProvider"
                                + " { Base(String n) { super(n); } }")
                .source(
                        "com/acme/orphan/OrphanProvider.java",
                        providerSource("orphan", 9, "").replace("extends BackendProvider", "extends Base"))
                .leaveOut("com/acme/orphan/Base.class")
                .file(SERVICES, "com.acme.orphan.OrphanProvider\n")
                .build(jar("orphan"), libraries);

        for (Path[] order :
                new Path[][] {{app, missingClass, throwing, orphan, good}, {app, good, orphan, throwing, missingClass}
                }) {
            assertOpened(onClassPath("open", order), "good");
            Result list = onClassPath("list", order);
            assertThat(list.out().lines())
                    .anyMatch(line -> line.startsWith("good ") && line.endsWith("usable"))
                    .anyMatch(line -> line.contains("com.acme.gone.GoneProvider") && line.contains("broken"))
                    .anyMatch(line -> line.contains("throwing") && line.contains("no licence"))
                    .anyMatch(line -> line.contains("orphan") && line.contains("com/acme/orphan/Base"))
                    .hasSize(4);
        }
        Result named = onClassPath("named com.acme.throwing.ThrowingProvider", app, throwing, good);
        assertFailed(named, "OFFLINE-FIND-007");
        assertThat(named.out()).contains("no licence");
    }

    @Test
    void noneAtAllSaysWhatToDo() throws Exception {
        Result result = onClassPath("open", app);
        assertFailed(result, "OFFLINE-FIND-001");
        assertThat(result.out()).contains("found: nothing").contains("class path or the module path");
        assertFailed(onModulePath("open", app), "OFFLINE-FIND-001");
    }

    @Test
    void twoOfEqualPriorityAreAnErrorUntilSomebodyNamesOne() throws Exception {
        Path twin = provider("twin", 1);
        Result result = onClassPath("open", app, good, twin);
        assertFailed(result, "OFFLINE-FIND-003");
        assertThat(result.out())
                .contains("com.acme.good.GoodProvider")
                .contains("com.acme.twin.TwinProvider")
                .contains(OfflineManagers.PROVIDER_PROPERTY)
                .contains(OfflineManagers.PROVIDER_VARIABLE);

        String[] classPath = {"-cp", classPath(app, good, twin), "com.acme.app.Seeker", "open"};
        List<String> byProperty = new ArrayList<>(List.of("-D" + OfflineManagers.PROVIDER_PROPERTY + "=twin"));
        byProperty.addAll(List.of(classPath));
        Map<String, String> variable = Map.of(OfflineManagers.PROVIDER_VARIABLE, "good");
        assertOpened(ChildJvm.java(folder, byProperty), "twin");
        assertOpened(ChildJvm.java(folder, List.of(classPath), variable), "good");
        assertOpened(ChildJvm.java(folder, byProperty, variable), "twin");
        assertOpened(onClassPath("named good", app, good, twin), "good");
    }

    private static Path provider(String name, int priority) throws IOException {
        String type = typeName(name);
        return new JarBuilder()
                .source(
                        "module-info.java",
                        "module com.acme.%s { requires io.github.offlinestate.spi; provides %s with com.acme.%s.%s; }"
                                .formatted(name, OfflineStateProvider.class.getName(), name, type))
                .source("com/acme/" + name + "/" + type + ".java", providerSource(name, priority, ""))
                .file(SERVICES, "com.acme." + name + "." + type + "\n")
                .build(jar(name), libraries);
    }

    /** A jar with one provider that no services file names. */
    private static Path withoutServices() throws IOException {
        return new JarBuilder()
                .source("com/acme/bare/BareProvider.java", providerSource("bare", 1, ""))
                .build(jar("without-services"), libraries);
    }

    private static String typeName(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Provider";
    }

    private static String providerSource(String name, int priority, String constructor) throws IOException {
        return resource("Provider.java.template").formatted(name, typeName(name), priority, constructor);
    }

    private static Path jar(String name) {
        return folder.resolve(name + ".jar");
    }

    private static JarBuilder shaded(Path... providers) throws IOException {
        JarBuilder shaded = new JarBuilder().contentsOf(app);
        for (Path jar : libraries) {
            shaded.contentsOf(jar);
        }
        for (Path jar : providers) {
            shaded.contentsOf(jar);
        }
        return shaded;
    }

    private static Path link(String name, List<Path> more, String roots) {
        List<Path> modules = new ArrayList<>(libraries);
        modules.addAll(more);
        Path image = folder.resolve(name);
        int exit = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--module-path",
                        ChildJvm.path(modules),
                        "--add-modules",
                        roots,
                        "--output",
                        image.toString());
        assertThat(exit).isZero();
        return image;
    }

    private static Result runImage(Path image, String request) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-m", "com.acme.app/com.acme.app.Seeker"));
        arguments.addAll(List.of(request.split(" ")));
        return ChildJvm.run(folder, image.resolve("bin/java"), arguments, Map.of());
    }

    private static Result onClassPath(String request, Path... jars) throws Exception {
        return run(List.of("-cp", classPath(jars), "com.acme.app.Seeker"), request);
    }

    private static Result java(String request, Path shaded) throws Exception {
        return run(List.of("-cp", shaded.toString(), "com.acme.app.Seeker"), request);
    }

    private static Result onModulePath(String request, Path... jars) throws Exception {
        return run(List.of("-p", classPath(jars), "-m", "com.acme.app/com.acme.app.Seeker"), request);
    }

    private static Result run(List<String> start, String request) throws Exception {
        List<String> arguments = new ArrayList<>(start);
        arguments.addAll(List.of(request.split(" ")));
        return ChildJvm.java(folder, arguments);
    }

    private static String classPath(Path... jars) {
        List<Path> all = new ArrayList<>(libraries);
        all.addAll(Arrays.asList(jars));
        return ChildJvm.path(all);
    }

    private static void assertOpened(Result result, String provider) {
        assertThat(result.succeeded().out()).isEqualToIgnoringNewLines("opened " + provider + ": ONLINE");
    }

    private static void assertFailed(Result result, String code) {
        assertThat(result.exit()).as("%s", result).isEqualTo(3);
        assertThat(result.out()).startsWith(code + ": ");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DiscoveryIT.class.getResourceAsStream("/discovery/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
