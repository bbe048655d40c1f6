package io.github.offlinestate.verification;

import static java.util.Map.entry;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the modules of this build and the libraries they need are on the disk. */
final class Workspace {
    /** Folder of each published module, with its artifact; in the order of the reactor. */
    static final Map<String, String> PUBLISHED = inOrder(
            entry("api", "offline-state-api"),
            entry("spi", "offline-state-spi"),
            entry("provider-sim", "offline-state-provider-sim"),
            entry("provider-windows", "offline-state-provider-windows"),
            entry("tck", "offline-state-tck"),
            entry("tck-catalogue", "offline-state-tck-catalogue"),
            entry("test-support", "offline-state-test"),
            entry("micrometer", "offline-state-micrometer"),
            entry("cli", "offline-state-cli"));

    private static final Path ROOT =
            Path.of(System.getProperty("offline.root")).toAbsolutePath().normalize();
    private static final String VERSION = System.getProperty("offline.version");

    private Workspace() {}

    static Path root() {
        return ROOT;
    }

    static Path classes(String folder) {
        return ROOT.resolve(folder).resolve("target/classes");
    }

    static Path testClasses(String folder) {
        return ROOT.resolve(folder).resolve("target/test-classes");
    }

    static Path jar(String folder) {
        Path jar = ROOT.resolve(folder).resolve("target").resolve(PUBLISHED.get(folder) + "-" + VERSION + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is not there; build it with: mvn package -DskipTests");
        }
        return jar;
    }

    static Path executableJar() {
        return ROOT.resolve("cli/target/offline-state.jar");
    }

    static List<Path> jars(String... folders) {
        return Arrays.stream(folders).map(Workspace::jar).toList();
    }

    /** The jar of a library on this JVM's class path, found by the artifact's name. */
    static Path library(String artifact) {
        return classPath()
                .filter(path -> path.getFileName().toString().matches(artifact + "-\\d.*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(artifact + " is not on the class path of verification"));
    }

    /** All that is on this JVM's class path. */
    static Stream<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of);
    }

    static ModuleDescriptor descriptor(String folder) {
        try (InputStream in = Files.newInputStream(classes(folder).resolve("module-info.class"))) {
            return ModuleDescriptor.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages that a module exports to everybody. */
    static Set<String> exportedPackages(String folder) {
        return descriptor(folder).exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    /** The binary names of all classes that a module was compiled to. */
    static List<String> classNames(String folder) {
        Path root = classes(folder);
        try (Stream<Path> files = Files.walk(root)) {
            List<String> names = new ArrayList<>();
            files.map(root::relativize)
                    .map(path -> path.toString().replace(File.separatorChar, '/'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .forEach(names::add);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SafeVarargs
    private static Map<String, String> inOrder(Map.Entry<String, String>... entries) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : entries) {
            if (Files.exists(
                    Path.of(System.getProperty("offline.root"), entry.getKey(), "src/main/java/module-info.java"))) {
                map.put(entry.getKey(), entry.getValue());
            }
        }
        return map;
    }
}
