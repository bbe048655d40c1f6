package io.github.offlinestate.spi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of this package, set up with the first entry: that takes longer than opening a profile. Loggers are foreign
 * code; one that throws, or finds no memory, harms neither who reports nor who is told.
 */
final class Log {
    private static final class Holder {
        static final Logger LOGGER = System.getLogger("io.github.offlinestate.spi");
    }

    private Log() {}

    static void warning(String message) {
        log(Level.WARNING, () -> message, null);
    }

    static void warning(String message, @Nullable Throwable cause) {
        log(Level.WARNING, () -> message, cause);
    }

    /** Where even the message may be too much: after a callback that has used up the memory or the stack. */
    static void warning(Supplier<String> message, Throwable cause) {
        log(Level.WARNING, message, cause);
    }

    static void error(String message, Throwable cause) {
        log(Level.ERROR, () -> message, cause);
    }

    static void debug(Supplier<String> message, Throwable cause) {
        log(Level.DEBUG, message, cause);
    }

    private static void log(Level level, Supplier<String> message, @Nullable Throwable cause) {
        try {
            if (cause == null) {
                Holder.LOGGER.log(level, message);
            } else {
                Holder.LOGGER.log(level, message, cause);
            }
        } catch (Throwable e) {
            // Nothing is left to tell it to.
        }
    }
}
