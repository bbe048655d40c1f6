package io.github.offlinestate.tck.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Watches what goes through {@link System.Logger} to java.util.logging, where it goes unless the program has another
 * logging library: then nothing can be seen here, and nothing is judged.
 */
final class LogWatch implements AutoCloseable {
    private static final String OWN = "io.github.offlinestate.tck";
    private static final int BOUND = 10_000;
    private static final int DEEPEST = 100;

    /** What somebody else logged: its text, and what was thrown, with all its causes. */
    private record Entry(String text, List<Throwable> thrown) {}

    private final Logger root = Logger.getLogger("");
    private final Formatter formatter = new SimpleFormatter();
    private final Throwable probe = new IllegalStateException("seen by the compatibility kit itself");
    private final Deque<Entry> entries = new ArrayDeque<>();
    private boolean works;
    private long numbers;
    private final Handler handler = new Handler() {
        @Override
        public void publish(@Nullable LogRecord entry) {
            if (entry != null && entry.getLevel().intValue() >= Level.INFO.intValue()) {
                add(entry);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogWatch() {
        root.addHandler(handler);
    }

    static LogWatch open() {
        LogWatch watch = new LogWatch();
        System.getLogger(OWN).log(System.Logger.Level.WARNING, "a probe of the log", watch.probe);
        if (!watch.works()) {
            watch.close();
            throw NotJudged.notVerified("System.Logger does not lead to java.util.logging in this program");
        }
        return watch;
    }

    private synchronized void add(LogRecord entry) {
        if (OWN.equals(entry.getLoggerName())) {
            works |= entry.getThrown() == probe;
            return;
        }
        List<Throwable> thrown = causes(entry.getThrown());
        String text = String.valueOf(formatter.formatMessage(entry));
        entries.add(new Entry(text, thrown));
        if (text.chars().anyMatch(Character::isDigit)) {
            numbers++;
        }
        if (entries.size() > BOUND) {
            entries.remove();
        }
    }

    /** A failure and what caused it, the last first. */
    static List<Throwable> causes(@Nullable Throwable first) {
        List<Throwable> all = new ArrayList<>();
        for (Throwable thrown = first; thrown != null && all.size() < DEEPEST; thrown = thrown.getCause()) {
            all.add(thrown);
        }
        return all;
    }

    private synchronized boolean works() {
        return works;
    }

    /** How many entries have come in whose text a number is. */
    synchronized long numbers() {
        return numbers;
    }

    private synchronized boolean any(Predicate<Entry> which) {
        return entries.stream().anyMatch(which);
    }

    boolean hasSeen(Throwable thrown) {
        return any(entry -> entry.thrown().stream().anyMatch(one -> one == thrown));
    }

    /** Whether an entry carries a failure, or one of its causes: itself, or its message. */
    boolean carries(Throwable failure) {
        List<Throwable> all = causes(failure);
        return any(entry -> all.stream().anyMatch(one -> carries(entry, one)));
    }

    private static boolean carries(Entry entry, Throwable failure) {
        String message = failure.getMessage();
        return entry.thrown().stream().anyMatch(one -> one == failure)
                || (message != null && !message.isEmpty() && entry.text().contains(message));
    }

    /** Whether an entry carries a failure of the same kind. */
    boolean carriesOneLike(Throwable failure) {
        return any(entry -> entry.thrown().stream().anyMatch(one -> one.getClass() == failure.getClass()));
    }

    /** Whether an entry shows a stack, or a text, in which a class is. */
    boolean showsFrameOf(Class<?> type) {
        String name = type.getName();
        return any(entry -> entry.text().contains(name)
                || entry.thrown().stream()
                        .flatMap(thrown -> Arrays.stream(thrown.getStackTrace()))
                        .anyMatch(frame -> frame.getClassName().equals(name)));
    }

    @Override
    public void close() {
        root.removeHandler(handler);
    }
}
