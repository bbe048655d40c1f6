package io.github.offlinestate.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the tests of the binding are worth: each mistake of {@code broken-binding.txt} is made in a copy of the sources,
 * and a JVM with that copy must say so in the expected words, or end as Outlook would.
 */
@Tag("long")
class BrokenBindingTest {
    private static final Path SOURCES = Path.of("src", "main", "java").toAbsolutePath();
    private static final Path MISTAKES = Path.of("src", "test", "native", "broken-binding.txt");
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path folder;

    /** One block of the file. */
    record Mistake(String name, String file, String right, String wrong, String tests, String message) {
        /** Lines with a mark each: # name, @ file, - right, + wrong, > tests, ! what must be printed. */
        static Mistake of(String block) {
            return new Mistake(
                    lines(block, '#'),
                    lines(block, '@'),
                    lines(block, '-'),
                    lines(block, '+'),
                    lines(block, '>'),
                    lines(block, '!'));
        }

        private static String lines(String block, char mark) {
            return String.join(
                    "\n",
                    block.lines()
                            .filter(line -> line.charAt(0) == mark)
                            .map(line -> line.substring(Math.min(2, line.length())))
                            .toList());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mistake> mistakes() throws IOException {
        return Stream.of(Files.readString(MISTAKES).strip().split("\n\n")).map(Mistake::of);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isNoticed(Mistake mistake) throws Exception {
        Path classes = compiled(mistake);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Dstandin.cycles=3000",
                "-Dstandin.races=100000",
                "-cp",
                classes + System.getProperty("path.separator") + CLASS_PATH,
                RunTests.class.getName()));
        for (String test : mistake.tests.split(" ")) {
            command.add(RunTests.class.getPackageName() + "." + test);
        }
        Path output = folder.resolve("output.txt");
        Process tests = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(tests.waitFor(100, TimeUnit.SECONDS))
                    .as("the tests ended")
                    .isTrue();
        } finally {
            tests.destroyForcibly();
        }
        // What a crash leaves behind need not be text.
        String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(tests.exitValue()).as(printed).isNotZero();
        assertThat(printed).contains(mistake.message);
    }

    private Path compiled(Mistake mistake) throws IOException {
        Path original = SOURCES.resolve("io/github/offlinestate/windows").resolve(mistake.file);
        String source = Files.readString(original);
        assertThat(source.split(Pattern.quote(mistake.right), -1))
                .as("'%s' stands once in %s", mistake.right, mistake.file)
                .hasSize(2);
        Path broken = folder.resolve(original.getFileName());
        Files.writeString(broken, source.replace(mistake.right, mistake.wrong));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-nowarn", "-proc:none", "-cp", CLASS_PATH, "-d", classes.toString(), broken.toString()));
        // All of them, since constants are copied into the classes that use them.
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            sources.filter(file -> file.toString().endsWith(".java") && !file.equals(original))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .forEach(file -> arguments.add(file.toString()));
        }
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).as("it compiles").isZero();
        return classes;
    }
}
