package io.github.offlinestate.verification;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.offlinestate.verification.ChildJvm.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Every Java block of the README and the docs compiles and runs as it is printed; {@link Snippet} has the conventions. */
class SnippetsIT {
    /** What fragments see without saying so; whole programs are compiled as they are printed. */
    private static final String IMPORTS = Stream.of(
                    "io.github.offlinestate",
                    "io.github.offlinestate.spi",
                    "io.github.offlinestate.sim",
                    "java.time",
                    "java.util",
                    "java.util.concurrent")
            .map(name -> "import " + name + ".*;\n")
            .collect(joining());

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everySnippetRunsAsPrinted() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path page : pages()) {
            snippets.addAll(Snippet.in(page));
        }
        return snippets.stream()
                .map(snippet -> DynamicTest.dynamicTest(snippet + " " + snippet.kind(), () -> check(snippet)));
    }

    private void check(Snippet snippet) throws Exception {
        Path work = Files.createTempDirectory(folder, "snippet");
        Map<String, String> sources = new LinkedHashMap<>();
        String main =
                switch (snippet.kind()) {
                    case FRAGMENT -> fragment(snippet, sources);
                    case PROGRAM, TYPES, TESTS -> types(snippet, sources);
                    case MODULE -> module(snippet, sources);
                };
        JarBuilder.compile(work, sources, Workspace.classPath().toList());
        if (!snippet.run()) {
            return;
        }
        if (snippet.kind() == Snippet.Kind.TESTS) {
            runTests(work.resolve("classes"), main);
        } else if (!main.isEmpty()) {
            runProgram(snippet, work, main);
        }
    }

    private static String fragment(Snippet snippet, Map<String, String> sources) {
        Pattern anImport = Pattern.compile("(?m)^import .*;\n");
        String all = snippet.setup() + "\n" + snippet.code() + "\n" + snippet.use();
        String imports =
                anImport.matcher(all).results().map(found -> found.group()).collect(joining());
        sources.put("Fragment.java", """
                %s%spublic class Fragment {
                    public static void main(String[] args) throws Exception {
                        %s
                    }
                }
                """.formatted(
                        imports, IMPORTS, anImport.matcher(all).replaceAll("")));
        return "Fragment";
    }

    private static String types(Snippet snippet, Map<String, String> sources) {
        String prefix = snippet.packageName().isEmpty() ? "" : snippet.packageName() + ".";
        String name = prefix + snippet.typeName();
        sources.put(name.replace('.', '/') + ".java", snippet.code());
        if (snippet.kind() != Snippet.Kind.TYPES) {
            return name;
        }
        if (snippet.use().isBlank()) {
            return "";
        }
        String use = prefix + "Use";
        sources.put(use.replace('.', '/') + ".java", """
                %s%spublic class Use {
                    public static void main(String[] args) throws Exception {
                        %s
                    }
                }
                """.formatted(
                        prefix.isEmpty() ? "" : "package " + snippet.packageName() + ";\n", IMPORTS, snippet.use()));
        return use;
    }

    /** A module-info is compiled with the types of the hidden code, one file a {@code // path} line. */
    private static String module(Snippet snippet, Map<String, String> sources) {
        sources.put("module-info.java", snippet.code());
        for (String file : snippet.setup().split("(?m)^// (?=\\S+\\.java$)")) {
            if (!file.isBlank()) {
                int end = file.indexOf('\n');
                sources.put(file.substring(0, end).strip(), file.substring(end));
            }
        }
        return "";
    }

    private static void runProgram(Snippet snippet, Path work, String main) throws Exception {
        List<Path> classPath = new ArrayList<>();
        classPath.add(work.resolve("classes"));
        Workspace.classPath().forEach(classPath::add);
        Result result = ChildJvm.java(work, List.of("-ea", "-cp", ChildJvm.path(classPath), main))
                .succeeded();
        snippet.prints()
                .ifPresent(expected -> assertThat(result.out().strip())
                        .as("what the page says the program prints")
                        .matches(asPattern(expected)));
    }

    private static Pattern asPattern(String expected) {
        return Pattern.compile(
                Stream.of(expected.strip().split("\\.\\.\\.|…", -1))
                        .map(Pattern::quote)
                        .collect(joining(".*")),
                Pattern.DOTALL);
    }

    private static void runTests(Path classes, String name) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(loader.loadClass(name)))
                                    .build(),
                            listener);
            StringWriter failures = new StringWriter();
            listener.getSummary().printFailuresTo(new PrintWriter(failures));
            assertThat(listener.getSummary().getTotalFailureCount())
                    .as("%s", failures)
                    .isZero();
            assertThat(listener.getSummary().getTestsSucceededCount()).isPositive();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Workspace.root().resolve("README.md")));
        Path docs = Workspace.root().resolve("docs");
        if (Files.isDirectory(docs)) {
            try (Stream<Path> files = Files.walk(docs)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }
}
