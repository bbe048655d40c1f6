package io.github.offlinestate.verification;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Makes a jar from sources, other files and the contents of other jars. */
final class JarBuilder {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Set<String> leftOut = new LinkedHashSet<>();

    /** A source file; {@code module-info.java} makes the jar a module. */
    JarBuilder source(String path, String text) {
        sources.put(path, text);
        return this;
    }

    JarBuilder file(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Compiled with the rest, but not put into the jar. */
    JarBuilder leaveOut(String classFile) {
        leftOut.add(classFile);
        return this;
    }

    /** All of another jar but its descriptor and manifest; of two files with one name the first stays. */
    JarBuilder contentsOf(Path jar) throws IOException {
        try (JarFile in = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
                boolean own = entry.getName().endsWith("module-info.class")
                        || entry.getName().equals(JarFile.MANIFEST_NAME)
                        || entry.isDirectory();
                if (!own && !files.containsKey(entry.getName())) {
                    files.put(entry.getName(), in.getInputStream(entry).readAllBytes());
                }
            }
        }
        return this;
    }

    Path build(Path jar, List<Path> compileAgainst) throws IOException {
        Path work = Files.createTempDirectory(jar.getParent(), "jar");
        if (!sources.isEmpty()) {
            compile(work, sources, compileAgainst).forEach((name, bytes) -> {
                if (!leftOut.contains(name)) {
                    files.put(name, bytes);
                }
            });
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    /** Compiles sources, by their paths; gives the class files. A program that does not compile is an error. */
    static Map<String, byte[]> compile(Path work, Map<String, String> sources, List<Path> against) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> written = new ArrayList<>();
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path path = work.resolve("src").resolve(source.getKey());
                Files.createDirectories(path.getParent());
                written.add(Files.writeString(path, source.getValue()));
            }
            Path classes = Files.createDirectories(work.resolve("classes"));
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            manager.setLocationFromPaths(
                    sources.containsKey("module-info.java")
                            ? StandardLocation.MODULE_PATH
                            : StandardLocation.CLASS_PATH,
                    against);
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(written);
            List<String> options = List.of("--release", "17", "-proc:none", "-parameters");
            if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
                throw new AssertionError("does not compile:\n" + messages);
            }
            return filesUnder(classes);
        }
    }

    private static Map<String, byte[]> filesUnder(Path folder) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.filter(Files::isRegularFile).sorted().forEach(path -> {
                try {
                    String name = folder.relativize(path).toString().replace('\\', '/');
                    found.put(name, Files.readAllBytes(path));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return found;
    }
}
