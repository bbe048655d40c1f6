package io.github.offlinestate.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;

/**
 * Where a provider logs and prints to while it is judged: a file beside the reports. The kit makes a lot go wrong on
 * purpose, and each of that is logged; on the terminal it would bury the verdict, and in JSON it would be no JSON.
 */
final class TckLog implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Handler[] before = root.getHandlers();
    private final Path file;
    private final Handler handler;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private TckLog(Path file) throws IOException {
        this.file = file;
        OutputStream stream = Files.newOutputStream(file);
        // Not a FileHandler: that leaves a lock file beside. What logs after the end, being left behind hanging, is
        // ignored.
        this.handler = new StreamHandler(stream, new SimpleFormatter());
        handler.setEncoding(StandardCharsets.UTF_8.name());
        handler.setLevel(Level.ALL);
        terminal().forEach(root::removeHandler);
        root.addHandler(handler);
        PrintStream printed = new PrintStream(stream, true, StandardCharsets.UTF_8);
        System.setOut(printed);
        System.setErr(printed);
    }

    /**
     * From now on what is logged goes to a file.
     *
     * @param log the file; made anew
     * @return closed when the terminal is to have it again
     */
    static TckLog to(Path log) {
        Path folder = log.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            return new TckLog(log);
        } catch (IOException e) {
            throw CommandException.of(
                    TckCommand.KIT_BROKE, "tck: the reports cannot be written into " + folder + ": " + e, e);
        }
    }

    Path file() {
        return file;
    }

    private Stream<Handler> terminal() {
        return Arrays.stream(before).filter(ConsoleHandler.class::isInstance);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        root.removeHandler(handler);
        terminal().forEach(root::addHandler);
        handler.close();
    }
}
