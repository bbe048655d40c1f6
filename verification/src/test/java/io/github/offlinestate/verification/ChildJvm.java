package io.github.offlinestate.verification;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command run in a process of its own, to its end. */
final class ChildJvm {
    private static final long LIMIT_SECONDS = 120;

    /** What a process printed and how it ended. */
    record Result(int exit, String out, String err) {
        Result succeeded() {
            if (exit != 0) {
                throw new AssertionError("exit " + exit + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    private ChildJvm() {}

    /** Runs the java of this JVM. */
    static Result java(Path folder, List<String> arguments) throws IOException, InterruptedException {
        return java(folder, arguments, Map.of());
    }

    static Result java(Path folder, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        return run(folder, Path.of(System.getProperty("java.home"), "bin", "java"), arguments, environment);
    }

    static Result run(Path folder, Path program, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        // Files, so that a full pipe never holds the child up.
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("no end after " + LIMIT_SECONDS + " s: " + command + "\n"
                        + Files.readString(out) + "\n" + Files.readString(err));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    static String path(Collection<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
