package io.github.offlinestate.tck.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Watches what goes through {@link System.Logger} to java.util.logging, where it goes unless the program has another
 * logging library: then nothing can be seen here, and nothing is judged.
 */
final class LogWatch implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Set<Throwable> seen = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            for (Throwable thrown = entry.getThrown(); thrown != null; thrown = thrown.getCause()) {
                seen.add(thrown);
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
        Throwable probe = new IllegalStateException("seen by the compatibility kit itself");
        System.getLogger("io.github.offlinestate.tck").log(System.Logger.Level.WARNING, "a probe of the log", probe);
        if (!watch.hasSeen(probe)) {
            watch.close();
            throw NotJudged.notVerified("System.Logger does not lead to java.util.logging in this program");
        }
        return watch;
    }

    boolean hasSeen(Throwable thrown) {
        return seen.contains(thrown);
    }

    @Override
    public void close() {
        root.removeHandler(handler);
    }
}
