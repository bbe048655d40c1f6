package io.github.offlinestate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.verification.ChildJvm.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product's own jars put together in each way: one jar, the module path, a runtime image. */
class ProductIT {
    private static final String MAIN = "io.github.offlinestate.cli/io.github.offlinestate.cli.Main";
    private static final String[] WATCH = {"watch", "--provider", "sim", "--virtual-time", "--count", "3"};

    @TempDir
    Path folder;

    @Test
    void theOneJarRunsAndFindsTheProviders() throws Exception {
        Result result = java("-jar", Workspace.executableJar().toString(), "providers");
        assertThat(result.succeeded().out()).contains("sim");
        List<String> arguments =
                new ArrayList<>(List.of("-jar", Workspace.executableJar().toString()));
        arguments.addAll(List.of(WATCH));
        assertThat(ChildJvm.java(folder, arguments).succeeded().out()).contains("STATECHANGE_DONE");
    }

    @Test
    void theOneJarAllowsNativeAccessItself() throws IOException {
        try (JarFile jar = new JarFile(Workspace.executableJar().toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .isEqualTo("ALL-UNNAMED");
        }
    }

    @Test
    void theModulePathRunsAndFindsTheProviders() throws Exception {
        assertThat(onModulePath("providers").succeeded().out()).contains("sim");
        assertThat(onModulePath(WATCH).succeeded().out()).contains("STATECHANGE_DONE");
    }

    @Test
    void aRuntimeImageRunsAndFindsTheProviders() throws Exception {
        Path image = folder.resolve("image");
        int exit = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--module-path",
                        ChildJvm.path(modules()),
                        "--add-modules",
                        "io.github.offlinestate.cli,io.github.offlinestate.sim,io.github.offlinestate.windows",
                        "--output",
                        image.toString());
        assertThat(exit).isZero();
        List<String> arguments = new ArrayList<>(List.of("-m", MAIN));
        arguments.addAll(List.of(WATCH));
        assertThat(ChildJvm.run(folder, image.resolve("bin/java"), arguments, Map.of())
                        .succeeded()
                        .out())
                .contains("STATECHANGE_DONE");
        arguments.add("--replay"); // the monitor, without Flight Recorder
        assertThat(ChildJvm.run(folder, image.resolve("bin/java"), arguments, Map.of())
                        .succeeded()
                        .out())
                .contains("REPLAYED", "CHANGED");
        assertThat(ChildJvm.run(folder, image.resolve("bin/java"), List.of("--list-modules"), Map.of())
                        .succeeded()
                        .out())
                .doesNotContain("jdk.jfr");
    }

    @Test
    void onTheModulePathTheMonitorsEventsAreRecorded() throws Exception {
        Path recording = folder.resolve("recording.jfr");
        List<String> arguments = new ArrayList<>(List.of(
                "--add-modules",
                "jdk.jfr",
                "-XX:StartFlightRecording:filename=" + recording,
                "-p",
                ChildJvm.path(modules()),
                "-m",
                MAIN));
        arguments.addAll(List.of(WATCH));
        arguments.add("--replay");
        ChildJvm.java(folder, arguments).succeeded();
        assertThat(RecordingFile.readAllEvents(recording))
                .extracting(event -> event.getEventType().getName())
                .contains("io.github.offlinestate.Transition");
    }

    /** FIND-2. */
    @Test
    void findingAndNamingProvidersLoadsNoNativeLibrary() throws Exception {
        Result result =
                java("-Xlog:class+load", "-jar", Workspace.executableJar().toString(), "providers");
        assertThat(result.succeeded().out())
                .contains("io.github.offlinestate.windows.")
                .doesNotContain("com.sun.jna.Native ");
    }

    private Result onModulePath(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-p", ChildJvm.path(modules()), "-m", MAIN));
        all.addAll(List.of(arguments));
        return ChildJvm.java(folder, all);
    }

    private Result java(String... arguments) throws Exception {
        return ChildJvm.java(folder, List.of(arguments));
    }

    /** What the command needs on the module path; the kit's JUnit is optional, test support is no part of it. */
    private static List<Path> modules() {
        List<Path> modules = new ArrayList<>(
                Workspace.jars("api", "spi", "provider-sim", "provider-windows", "tck", "tck-catalogue", "cli"));
        for (String library : List.of("jspecify", "snakeyaml-engine", "jna-jpms", "picocli", "gson")) {
            modules.add(Workspace.library(library));
        }
        return modules;
    }
}
