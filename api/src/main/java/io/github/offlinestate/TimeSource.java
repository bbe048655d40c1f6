package io.github.offlinestate;

import java.time.Duration;
import java.time.Instant;

/**
 * Time as a parameter: the system's, or a virtual one for tests and simulations. Latencies, the limit of an unfinished
 * START, reconnecting, polling and damping run on it; what guards against hanging code runs on the system's always.
 *
 * <p>All methods may be called from any thread.
 */
public interface TimeSource {
    /**
     * The system's time: {@link System#nanoTime()}, {@link Instant#now()}, and one daemon timer thread for the whole
     * JVM, there only while something is scheduled or was until a few seconds ago.
     *
     * @return the one instance
     */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /**
     * The monotonic time.
     *
     * @return nanoseconds since some fixed moment; only differences mean something
     */
    long nanoTime();

    /**
     * The wall clock.
     *
     * @return the present moment
     */
    Instant instant();

    /**
     * Runs a task once, later. Tasks of one time source may share a thread: a task returns soon, and what it throws is
     * logged.
     *
     * @param task what to run
     * @param delay how much later; zero or less means as soon as possible
     * @return takes it back
     */
    Scheduled schedule(Runnable task, Duration delay);

    /**
     * Says that work has been handed to another thread and is not finished, so that a virtual time can wait for it
     * before it moves on. The system's time ignores it.
     *
     * @param what what the work is, for a person who looks for what hangs
     * @return to be finished exactly when the work is
     */
    default Work begin(String what) {
        return Work.NONE;
    }

    /** A task that is scheduled. */
    @FunctionalInterface
    interface Scheduled {
        /** Takes the task back; no effect where it runs already or has run. */
        void cancel();
    }

    /** Work that is under way. */
    @FunctionalInterface
    interface Work {
        /** Work that nobody counts. */
        Work NONE = () -> {};

        /** The work is finished; finishing it again changes nothing. */
        void finish();
    }
}
