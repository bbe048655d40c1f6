package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged command, run as users run it: {@code java -jar offline-state.jar} in a process of its own. */
final class Jar {
    static final Path FILE = Path.of("target", "offline-state.jar").toAbsolutePath();

    private static final long PATIENCE_SECONDS = 60;

    private final List<String> arguments;
    private final ProcessBuilder builder;

    private Jar(List<String> command, List<String> arguments) {
        this.arguments = arguments;
        builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("OFFLINE_STATE") || name.startsWith("JAVA_TOOL"));
        environment.remove("NO_COLOR");
        environment.remove("JDK_JAVA_OPTIONS");
    }

    /** What a finished process leaves behind. */
    record Result(int exitCode, String out, String err) {
        List<String> outLines() {
            return out.lines().toList();
        }
    }

    static Jar command(String... arguments) {
        List<String> command = new ArrayList<>(javaJar());
        command.addAll(List.of(arguments));
        return new Jar(command, List.of(arguments));
    }

    /** A line of shell in which {@code $OFFLINE_STATE} is the command. */
    static Jar shell(String line) {
        Jar jar = new Jar(List.of("bash", "-o", "pipefail", "-c", line), List.of(line));
        return jar.with("OFFLINE_STATE", String.join(" ", javaJar()));
    }

    static Jar program(String... command) {
        return new Jar(List.of(command), List.of(command));
    }

    static List<String> javaJar() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                FILE.toString());
    }

    Jar with(String variable, String value) {
        builder.environment().put(variable, value);
        return this;
    }

    /** Keeps the ways that signals are handled from being inherited: a test that runs in the background has them off. */
    Jar withDefaultSignals() {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM"));
        command.addAll(builder.command());
        builder.command(command);
        return this;
    }

    Running start() {
        return start(true);
    }

    /** Nobody reads what it writes, as a pager does not beyond its first page. */
    Running startUnread() {
        return start(false);
    }

    private Running start(boolean read) {
        try {
            return new Running(arguments, builder.start(), read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result result() {
        return start().result();
    }

    static Result run(String... arguments) {
        return command(arguments).result();
    }

    /** Whether a program is there and does what it is asked. */
    static boolean canRun(String... command) {
        try {
            return program(command).result().exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** A process whose output is collected while it runs. */
    static final class Running {
        private final List<String> arguments;
        private final Process process;
        private final Collector out;
        private final Collector err;

        private Running(List<String> arguments, Process process, boolean read) {
            this.arguments = arguments;
            this.process = process;
            this.out = new Collector(read ? process.getInputStream() : InputStream.nullInputStream());
            this.err = new Collector(process.getErrorStream());
        }

        String out() {
            return out.text();
        }

        String err() {
            return err.text();
        }

        void signal(String name) {
            assertThat(canRun("kill", "-" + name, String.valueOf(process.pid())))
                    .isTrue();
        }

        Result result() {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(arguments + " did not end; it wrote\n" + out() + "\n" + err());
                }
                out.await();
                err.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return new Result(process.exitValue(), out(), err());
        }
    }

    private static final class Collector {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread thread;

        Collector(InputStream stream) {
            thread = new Thread(() -> collect(stream), "collector");
            thread.setDaemon(true);
            thread.start();
        }

        private void collect(InputStream stream) {
            try (stream) {
                stream.transferTo(bytes);
            } catch (IOException e) {
                // the process was killed
            }
        }

        void await() throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
