package io.github.offlinestate.stress.races;

import io.github.offlinestate.stress.DurationOption;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.runners.TestList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code races}: runs the jcstress tests in JVMs of their own, which jcstress forks, and reads from its result file what
 * came of it.
 */
@Command(
        name = "races",
        mixinStandardHelpOptions = true,
        description = "Runs the jcstress tests of the engine and the monitor.")
public final class RacesCommand implements Callable<Integer> {
    /** How many configurations jcstress runs a test of two actors in, where it is left to choose: each compiler for each. */
    private static final int CONFIGURATIONS = 25;

    /** What jcstress makes of one set of options: with and without biased locking, where the JVM has it. */
    private static final int SHORT_CONFIGURATIONS = 2;

    /** What a short run is made in: the compiler's reorderings of both actors stay in. */
    private static final String SHORT_OPTIONS = "-XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM";

    @Option(
            names = "--for",
            converter = DurationOption.class,
            paramLabel = "DURATION",
            description = "How long each test runs, over all its JVMs, as 3s or 60s (default: 60s).")
    private Duration duration = Duration.ofSeconds(60);

    @Option(
            names = "--short",
            description = "Runs each test in one or two JVMs, not in one for each combination of compilers.")
    private boolean shortRun;

    @Option(names = "--only", paramLabel = "REGEX", description = "Runs the tests whose name matches.")
    private String only = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: races, beside the jar).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException, ReflectiveOperationException {
        Path folder = folder();
        deleteResults(folder);
        Process jcstress = new ProcessBuilder(command())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        int exit = jcstress.waitFor();
        RaceResults results = RaceResults.read(resultFile(folder));
        results.print(folder);
        long expected = TestList.tests().stream()
                .filter(Pattern.compile(only).asPredicate())
                .count(); // jcstress leaves out what there are too few processors for
        boolean passed = exit == 0 && results.passed() && results.tests() == expected;
        System.out.println((passed ? "RACES PASSED: " : "RACES FAILED: ") + results);
        return passed ? 0 : 1;
    }

    private List<String> command() {
        int jvms = shortRun ? SHORT_CONFIGURATIONS : CONFIGURATIONS;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absoluteClassPath(),
                Main.class.getName(),
                "-t",
                only,
                "-r",
                "report",
                "-strideSize",
                "64",
                "-strideCount",
                "16", // a thousand states at a time: those of the whole engine take a while to be made
                "-iters",
                "1",
                "-time",
                Long.toString(Math.max(1, (duration.toMillis() + jvms - 1) / jvms))));
        if (shortRun) {
            command.addAll(List.of("-sc", "false", "-jvmArgs", SHORT_OPTIONS));
        }
        return command;
    }

    private static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((first, second) -> first + System.getProperty("path.separator") + second)
                .orElse("");
    }

    private Path folder() throws IOException {
        Path folder = out == null ? besideTheJar().resolve("races") : out;
        return Files.createDirectories(folder.toAbsolutePath());
    }

    private static Path besideTheJar() {
        try {
            Path own = Path.of(RacesCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path parent = own.getParent();
            return parent == null ? own : parent;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deleteResults(Path folder) throws IOException {
        for (Path file : results(folder)) {
            Files.delete(file);
        }
    }

    private static Path resultFile(Path folder) throws IOException {
        return results(folder).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("jcstress left no result file in " + folder));
    }

    private static List<Path> results(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("jcstress-results-.*\\.bin\\.gz"))
                    .toList();
        }
    }
}
