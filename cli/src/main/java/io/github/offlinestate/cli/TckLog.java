package io.github.offlinestate.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.ConsoleHandler;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/**
 * Where a provider logs to while it is judged: a file beside the reports. The kit makes a lot go wrong on purpose, and
 * each of that is logged; on the terminal it would bury the verdict.
 */
final class TckLog implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Handler[] before = root.getHandlers();
    private final Path file;
    private final FileHandler handler;

    private TckLog(Path file) throws IOException {
        this.file = file;
        this.handler = new FileHandler(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        terminal().forEach(root::removeHandler);
        root.addHandler(handler);
    }

    /**
     * From now on what is logged goes to a file.
     *
     * @param log the file; made anew
     * @return closed when the terminal is to have it again
     */
    static TckLog to(Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        return new TckLog(log);
    }

    Path file() {
        return file;
    }

    private Stream<Handler> terminal() {
        return Arrays.stream(before).filter(ConsoleHandler.class::isInstance);
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        terminal().forEach(root::addHandler);
        handler.close();
    }

    private static final class FileHandler extends Handler {
        private final Formatter formatter = new SimpleFormatter();
        private final Writer out;
        private boolean closed;

        FileHandler(Writer out) {
            this.out = out;
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            if (!closed) { // what was left behind hanging may log for longer
                write(formatter.format(entry));
            }
        }

        private void write(String text) {
            try {
                out.write(text);
            } catch (IOException e) {
                reportError("the log of the judged provider", e, ErrorManager.WRITE_FAILURE);
            }
        }

        @Override
        public void flush() {}

        @Override
        public synchronized void close() {
            closed = true;
            try {
                out.close();
            } catch (IOException e) {
                reportError("the log of the judged provider", e, ErrorManager.CLOSE_FAILURE);
            }
        }
    }
}
