package io.github.offlinestate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that others can see has a complete comment: every parameter, result and exception. */
class JavadocTest {
    static Stream<String> modules() {
        return Workspace.PUBLISHED.keySet().stream()
                .filter(folder -> !Workspace.exportedPackages(folder).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void nothingIsMissing(String folder, @TempDir Path work) throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(work));
            manager.setLocationFromPaths(
                    StandardLocation.CLASS_PATH, Workspace.classPath().toList());
            List<String> options =
                    List.of("--release", "17", "-proc:none", "-Xdoclint:all/protected", "-Xmaxwarns", "10000");
            boolean compiled = compiler.getTask(
                            null,
                            manager,
                            diagnostics,
                            options,
                            null,
                            manager.getJavaFileObjectsFromPaths(sources(folder)))
                    .call();
            List<String> missing = new ArrayList<>();
            for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
                if (!compiled || (isExported(folder, diagnostic) && isMissing(diagnostic))) {
                    missing.add(diagnostic.toString());
                }
            }
            assertThat(missing).isEmpty();
        }
    }

    private static boolean isExported(String folder, Diagnostic<? extends JavaFileObject> diagnostic) {
        Path file = Path.of(diagnostic.getSource().toUri());
        Path sources = Workspace.root().resolve(folder).resolve("src/main/java");
        String name = sources.relativize(file.getParent()).toString().replace(File.separatorChar, '.');
        return Workspace.exportedPackages(folder).contains(name);
    }

    private static boolean isMissing(Diagnostic<? extends JavaFileObject> diagnostic) throws IOException {
        String message = diagnostic.getMessage(Locale.ROOT);
        return message.startsWith("no ") && !isCompactConstructor(diagnostic);
    }

    /** The parameters of a record's compact constructor are told at the record. */
    private static boolean isCompactConstructor(Diagnostic<? extends JavaFileObject> diagnostic) throws IOException {
        String text = diagnostic.getSource().getCharContent(true).toString();
        int start = (int) diagnostic.getPosition();
        String line = text.substring(start, text.indexOf('\n', start)).strip();
        return line.matches("(?:(?:public|protected) )?[A-Z]\\w* \\{");
    }

    private static List<Path> sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Workspace.root().resolve(folder).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
        }
    }
}
