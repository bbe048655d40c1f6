package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionChange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A file of JSON lines that tells what happened to profiles: each line is a {@link ConnectionChange#toJson()} with the
 * provider and the profile before its members, or the end of a recording. Recordings are added to what is there.
 */
final class HistoryFile {
    private final String name;
    private final OutputStream stream;

    private HistoryFile(String name, OutputStream stream) {
        this.name = name;
        this.stream = stream;
    }

    /**
     * Opens a file to be added to.
     *
     * @param name made where it is not there
     * @return open until the process ends
     */
    static HistoryFile append(String name) {
        try {
            return new HistoryFile(
                    name, Files.newOutputStream(Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (InvalidPathException e) {
            throw CommandException.usage("--history: not a file name: " + e.getMessage());
        } catch (IOException e) {
            throw CommandException.failed("--history " + name + ": the file cannot be written: " + e, e);
        }
    }

    /**
     * Adds an event.
     *
     * @param target to whom it happened
     * @param change what happened
     */
    void add(Target target, ConnectionChange change) {
        write(
                Json.object()
                        .member("provider", target.providerName())
                        .member("profile", target.profile())
                        .end(),
                change.toJson());
    }

    /**
     * Adds that nothing more is recorded.
     *
     * @param target of whom
     * @param until the last moment that was
     */
    void end(Target target, Instant until) {
        write(
                Json.object()
                        .member("provider", target.providerName())
                        .member("profile", target.profile())
                        .end(),
                Json.object().member("until", until).end());
    }

    /** Two objects as one line, in one write: lines of several threads stay apart. */
    private synchronized void write(String first, String second) {
        String line = first.substring(0, first.length() - 1) + "," + second.substring(1) + "\n";
        try {
            stream.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputException(e, false, "the history " + name);
        }
    }
}
