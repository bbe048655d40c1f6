package io.github.offlinestate.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whole processes: the command beside a program that does nothing, turn by turn. */
final class StartUp {
    private static final String SCRIPT = "offline-state";

    private StartUp() {}

    static Table table(boolean quick, Path cli) throws IOException, InterruptedException {
        if (!Files.isExecutable(cli.resolve(SCRIPT))) {
            throw new IOException(cli.resolve(SCRIPT) + " is not there: mvn -DskipTests -pl cli -am package");
        }
        Path folder = Files.createTempDirectory("hello");
        Path file = folder.resolve(Hello.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "a package"));
        try (InputStream in = Hello.class.getResourceAsStream("Hello.class")) {
            Files.copy(Objects.requireNonNull(in, "Hello.class"), file);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("`java -cp . Hello`", List.of(java, "-cp", folder.toString(), Hello.class.getName()));
        commands.put(
                "`offline-state status --provider sim`",
                List.of(cli.resolve(SCRIPT).toString(), "status", "--provider", "sim"));
        commands.put(
                "the same by `java -jar`, without the class archive",
                List.of(java, "-jar", cli.resolve("offline-state.jar").toString(), "status", "--provider", "sim"));
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int round = -1; round < (quick ? 1 : 20); round++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double took = run(command.getValue());
                if (round >= 0) { // the first fills the page cache
                    millis.computeIfAbsent(command.getKey(), key -> new ArrayList<>())
                            .add(took);
                }
            }
        }
        Files.delete(file);
        Table table = new Table("a whole process", "× Hello", "ms");
        double hello = Spread.median(Objects.requireNonNull(millis.get("`java -cp . Hello`"), "Hello"));
        millis.forEach((command, times) -> table.row(
                command,
                Spread.of(times).dividedBy(hello).toString(),
                Spread.of(times).toString()));
        return table.goal(
                "`status` at most 4 × Hello",
                Spread.median(Objects.requireNonNull(millis.get("`offline-state status --provider sim`"), "status"))
                        / hello,
                4);
    }

    private static double run(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exit = process.waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        if (exit != 0) {
            throw new IOException(command + " ended with " + exit);
        }
        return millis;
    }
}
