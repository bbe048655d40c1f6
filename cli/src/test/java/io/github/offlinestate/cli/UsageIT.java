package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The command line")
class UsageIT {
    private record Mistake(int exitCode, String expected, String... arguments) {
        @Override
        public String toString() {
            return String.join(" ", arguments);
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(2, "'stauts'; did you mean", "stauts"),
                new Mistake(2, "'--stack'; did you mean --stacktrace?", "status", "--stack", "sim"),
                new Mistake(2, "--provider", "status", "--provider"),
                new Mistake(2, "--provider: the name is empty", "status", "--provider", ""),
                new Mistake(2, "--profile: the name is empty", "status", "--provider", "sim", "--profile", ""),
                new Mistake(2, "ONLINE|OFFLINE", "set", "--provider", "sim"),
                new Mistake(2, "'AWAY'; expected ONLINE or OFFLINE", "set", "AWAY", "--provider", "sim"),
                new Mistake(2, "'10'; expected a number and a unit", "watch", "--for", "10"),
                new Mistake(2, "'0'; expected 1 or more", "watch", "--count", "0"),
                new Mistake(2, "--scenario is for the provider sim", "watch", "--scenario", "demo", "--provider", "x"),
                new Mistake(1, "OFFLINE-FIND-002", "status"),
                new Mistake(1, "OFFLINE-FIND-004", "status", "--provider", "nobody"),
                new Mistake(1, "'Away'", "status", "--provider", "sim", "--profile", "Away"),
                new Mistake(1, "no profile No", "profiles", "--provider", "sim", "--profile", "No"),
                new Mistake(1, "missing.yaml: found no such file", "watch", "--scenario", "missing.yaml"),
                new Mistake(1, "found a directory", "watch", "--scenario", "."),
                new Mistake(1, "missing.jar: there is no such file", "status", "--provider-path", "missing.jar"),
                new Mistake(1, "pom.xml: this is not a jar", "status", "--provider-path", "pom.xml"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("answers a mistake by the right exit code, one line on standard error, and no result")
    void answersMistakes(Mistake mistake) {
        Jar.Result result = Jar.run(mistake.arguments());
        assertThat(result.exitCode()).as(result.err()).isEqualTo(mistake.exitCode());
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).startsWith("offline-state: ").contains(mistake.expected());
    }

    @Test
    @DisplayName("tells of a wrong scenario where it is wrong, and of a huge one without reading it")
    void wrongScenarios(@TempDir Path folder) throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "scenario: x\nlength: soon\n");
        Jar.Result result = Jar.run("watch", "--scenario", wrong.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("wrong.yaml:2:9: ");
        Path huge = folder.resolve("huge.yaml");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        Jar.Result tooLarge = Jar.run("watch", "--scenario", huge.toString());
        assertThat(tooLarge.exitCode()).isEqualTo(1);
        assertThat(tooLarge.err().lines()).hasSize(1);
        assertThat(tooLarge.err()).contains("1073741824 bytes");
    }

    @Test
    @DisplayName("shows where an error comes from with --stacktrace only")
    void stacktrace() {
        assertThat(Jar.run("status", "--stacktrace").err())
                .contains("io.github.offlinestate.cli.CommandException", "\tat ", "Caused by: ");
    }

    @Test
    @DisplayName("shows its help and its version")
    void help() {
        Jar.Result nothing = Jar.run();
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).startsWith("Usage: offline-state");
        Jar.Result help = Jar.run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).isEqualTo(nothing.err());
        assertThat(Jar.run("--version").out()).matches("offline-state \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    @DisplayName("has the commands and options that docs/cli.md tells of, and no others")
    void documented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "cli.md"));
        Set<String> commands = matches("(?m)^  ([a-z]+) ", Jar.run("--help").out());
        assertThat(matches("(?m)^\\| `([a-z]+)[^`]*` \\| [a-z]", section(page, "Commands")))
                .isEqualTo(commands);
        Set<String> options = new TreeSet<>(Set.of("--version"));
        for (Jar.Running help : commands.stream()
                .map(command -> Jar.command(command, "--help").start())
                .toList()) {
            options.addAll(matches("(--[a-z][a-z-]+)", help.result().out()));
        }
        assertThat(matches("(--[a-z][a-z-]+)", page)).isEqualTo(options);
    }

    private static String section(String page, String heading) {
        int start = page.indexOf("\n## " + heading + "\n");
        return page.substring(start, page.indexOf("\n## ", start + 1));
    }

    private static Set<String> matches(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @DisplayName("gives a completion script that bash takes")
    void completion() {
        assumeTrue(Jar.canRun("bash", "--version"), "needs bash");
        Jar.Result result = Jar.shell("source <($OFFLINE_STATE completion) && complete -p offline-state")
                .result();
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("offline-state");
    }

    @Test
    @DisplayName("ends quietly where the reader goes away")
    void readerGoesAway() {
        assumeTrue(Jar.canRun("bash", "--version"), "needs bash");
        Jar.Result headed = Jar.shell("$OFFLINE_STATE watch --scenario flapping-link --virtual-time | head -1")
                .result();
        assertThat(headed.exitCode()).isZero();
        assertThat(headed.outLines()).hasSize(1);
        assertThat(headed.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status --provider sim --json",
                "watch --scenario demo --virtual-time --json",
                "watch --help",
                "completion"
            })
    @DisplayName("fails where the disk is full")
    void fullDisk(String arguments) {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        Jar.Result result =
                Jar.shell("$OFFLINE_STATE " + arguments + " > /dev/full").result();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines().filter(line -> line.startsWith("offline-state: ")))
                .singleElement()
                .asString()
                .contains("could not be written");
    }

    @Test
    @DisplayName("uses colours on a terminal only, and not where NO_COLOR is set")
    void colours() {
        assumeTrue(Jar.canRun("script", "-qec", "true", "/dev/null"), "needs script");
        String status = String.join(" ", Jar.javaJar()) + " status --provider sim";
        assertThat(onTerminal(status, false)).contains("\u001b[32mONLINE\u001b[0m");
        assertThat(onTerminal(status, true)).contains("ONLINE").doesNotContain("\u001b");
    }

    private static String onTerminal(String command, boolean noColor) {
        Jar jar = Jar.program("script", "-qec", command, "/dev/null").with("TERM", "xterm");
        return (noColor ? jar.with("NO_COLOR", "1") : jar).result().out();
    }

    @Test
    @DisplayName("starts by its script, also through a link")
    void script(@TempDir Path folder) throws IOException {
        Path script = Jar.FILE.resolveSibling("offline-state");
        Path link = Files.createSymbolicLink(folder.resolve("os"), script);
        Jar.Result result =
                Jar.program(link.toString(), "profiles", "--provider", "sim").result();
        Files.delete(link);
        assertThat(result).isEqualTo(new Jar.Result(0, "Default\nTravel\n", ""));
    }
}
