package io.github.offlinestate.spi;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread of the engine's. It ends when it has had nothing to do for two seconds, and never keeps the JVM alive. There
 * is one a profile that clients and the backend are called on, only while there is something to deliver or to ask.
 */
final class EngineThread extends Thread {
    static final long IDLE_SECONDS = 2;

    /** Whether this thread delivers to clients: what runs on it meanwhile is inside a callback. Its own alone. */
    private boolean delivering;

    EngineThread(Runnable work, String name) {
        super(null, work, name, 0, false);
        setDaemon(true);
        setContextClassLoader(ClassLoader.getSystemClassLoader()); // not that of whoever happened to come first
    }

    /** Threads of one provider; an unbounded number, since one that hangs must not hold up another profile. */
    static Executor pool(String provider) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new EngineThread(work, "offline-state-" + provider + "-" + number.incrementAndGet()));
    }

    /** Whether the current thread is inside a callback of any profile of any provider that is built on this engine. */
    static boolean isInsideCallback() {
        return Thread.currentThread() instanceof EngineThread thread && thread.delivering;
    }

    /** Runs deliveries on the current thread, which is one of the pool's. */
    static void deliver(Runnable deliveries) {
        EngineThread thread = (EngineThread) Thread.currentThread();
        thread.delivering = true;
        try {
            deliveries.run();
        } finally {
            thread.delivering = false;
        }
    }
}
