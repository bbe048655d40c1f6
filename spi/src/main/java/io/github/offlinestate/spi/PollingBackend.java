package io.github.offlinestate.spi;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A backend for a source that can only be asked. It asks at an interval, on a thread of its own, and reports what is
 * new: changes, that the source is lost after some questions without an answer, and that it is back. While the source
 * is lost it goes on asking, with growing pauses (LOST-5).
 *
 * <pre>{@code
 * public Backend openBackend(String profile, BackendSink sink) {
 *     Path flag = Path.of(profile);
 *     return PollingBackend.open(profile, sink, settings(), PollingSettings.DEFAULT,
 *             () -> Files.exists(flag) ? ConnectionState.OFFLINE : ConnectionState.ONLINE);
 * }
 * }</pre>
 *
 * <p>What changes and changes back between two questions is not seen. The schedule runs on {@link EngineSettings#time()},
 * the limit of a question on real time. All methods may be called from any thread.
 */
public final class PollingBackend implements Backend {
    /** How often the source is asked within an interval, at first, when it has been set and is not there yet. */
    private static final int EAGERNESS = 16;

    private final String name;
    private final BackendSink sink;
    private final EngineSettings engine;
    private final PollingSettings polling;
    private final PolledSource source;
    private final ExecutorService asking;

    // Guards what follows, and the order of reports: the sink, which neither blocks nor calls a client, is told under
    // it.
    private final Object lock = new Object();
    private Duration interval;
    private int missesInARow;
    private int pausesGrown;
    private boolean lost;
    private boolean closed;
    private boolean questionQueued;
    private boolean overdue;
    private TimeSource.@Nullable Scheduled next;
    private @Nullable Thread inSource;
    private @Nullable Request request;

    private volatile @Nullable Thread worker; // there when start() has submitted its task
    private volatile ConnectionState state = ConnectionState.OFFLINE; // until start() has the first answer

    /** What the engine asks for, until the source is there. */
    private record Request(ConnectionState target, CompletableFuture<Void> outcome) {}

    /** A call of the source that is to be watched. */
    private interface SourceCall<T> {
        T make() throws Exception;
    }

    private PollingBackend(
            String name, BackendSink sink, EngineSettings engine, PollingSettings polling, PolledSource source) {
        this.name = Objects.requireNonNull(name, "name");
        this.sink = Objects.requireNonNull(sink, "sink");
        this.engine = Objects.requireNonNull(engine, "engine");
        this.polling = Objects.requireNonNull(polling, "polling");
        this.source = Objects.requireNonNull(source, "source");
        this.interval = polling.interval();
        this.asking = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "offline-state-poll " + name);
            thread.setDaemon(true);
            thread.setContextClassLoader(source.getClass().getClassLoader());
            worker = thread;
            return thread;
        });
    }

    /**
     * Asks the source for the first time, and goes on asking until {@link #close()}. Where opening fails, the source is
     * closed.
     *
     * @param name names the thread: the profile
     * @param sink where to report
     * @param engine the provider's limits: its {@link BackendProvider#settings()}
     * @param polling how to ask
     * @param source what to ask; closed with the backend
     * @return the backend, for the engine
     * @throws OfflineStateException what the first {@link PolledSource#poll()} throws, if it is one;
     *     {@link HResult#MAPI_E_END_OF_SESSION} where it throws something else, gives null, or does not return within
     *     {@link PollingSettings#pollLimit()}
     */
    public static PollingBackend open(
            String name, BackendSink sink, EngineSettings engine, PollingSettings polling, PolledSource source) {
        PollingBackend backend = new PollingBackend(name, sink, engine, polling, source);
        try {
            backend.start();
            return backend;
        } catch (RuntimeException | Error e) {
            backend.close();
            throw e;
        }
    }

    /** A source that can be asked is seen in both directions. */
    @Override
    public Capabilities capabilities() {
        return Capabilities.BOTH;
    }

    @Override
    public ConnectionState currentState() {
        return state;
    }

    /** Whether the source is a {@link PolledSource.Settable}. */
    @Override
    public boolean canSet() {
        return source instanceof PolledSource.Settable;
    }

    @Override
    public CompletionStage<Void> beginChange(ConnectionState target) {
        if (!(source instanceof PolledSource.Settable settable)) {
            return Backend.super.beginChange(target);
        }
        Request asked = new Request(target, new CompletableFuture<>());
        Request replaced;
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("the backend of " + name + " is closed"));
            }
            replaced = request;
            request = asked;
            pausesGrown = 0;
            enqueue("change of " + name + " to " + target, () -> change(settable, asked));
        }
        fail(replaced, new IllegalStateException("another request came before " + name + " was there"));
        return asked.outcome();
    }

    /** Asks now, and not only when the interval is over: for those who have a hint that something changed. */
    public void pollNow() {
        synchronized (lock) {
            if (!closed) {
                queueQuestion();
            }
        }
    }

    /**
     * Asks at another interval from now on.
     *
     * @param newInterval the interval
     * @throws IllegalArgumentException where it is not positive
     */
    public void pollEvery(Duration newInterval) {
        EngineSettings.requirePositive(newInterval, "interval");
        synchronized (lock) {
            interval = newInterval;
            pausesGrown = 0;
            if (next != null) {
                scheduleNext();
            }
        }
    }

    /**
     * Ends the asking, then closes the source. A question that is being asked is interrupted and waited for, for
     * {@link EngineSettings#closeLimit()} at most; one that does not end then is logged, and its thread ends with it.
     */
    @Override
    public void close() {
        Request unfinished;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true; // the tasks that are queued see it and do nothing
            cancelNext();
            unfinished = request;
            request = null;
            if (inSource != null) {
                inSource.interrupt();
            }
            asking.execute(this::closeSource);
            asking.shutdown();
        }
        fail(unfinished, new IllegalStateException("the backend of " + name + " was closed"));
        if (!endsWithin(engine.closeLimit())) {
            Log.warning("the source of " + name + " did not return when it was interrupted: " + stack());
        }
    }

    @Override
    public String toString() {
        return "PollingBackend[" + name + ", " + source + "]";
    }

    private void start() {
        Future<ConnectionState> first = asking.submit(this::ask);
        try {
            state = Uninterrupted.<ConnectionState, ExecutionException, TimeoutException>await(
                    polling.pollLimit(), nanos -> first.get(nanos, TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OfflineStateException told) {
                throw told;
            }
            throw new OfflineStateException(
                    HResult.MAPI_E_END_OF_SESSION, "the source of " + name + " cannot be asked", e.getCause());
        } catch (TimeoutException e) {
            first.cancel(true);
            throw new OfflineStateException(
                    HResult.MAPI_E_END_OF_SESSION,
                    "the source of " + name + " did not answer within " + polling.pollLimit(),
                    e);
        }
        synchronized (lock) {
            scheduleNext();
        }
    }

    // On the asking thread.

    private void question() {
        synchronized (lock) {
            questionQueued = false;
        }
        try {
            answered(watched(this::ask));
        } catch (Throwable e) { // whatever it is, it is told with the loss
            Log.debug(() -> "no answer from the source of " + name, e);
            synchronized (lock) {
                if (!overdue) { // or it has been counted already
                    missed(e);
                }
            }
        }
        synchronized (lock) {
            if (!closed && !questionQueued) {
                scheduleNext();
            }
        }
    }

    private void change(PolledSource.Settable settable, Request asked) {
        try {
            watched(() -> {
                settable.change(asked.target());
                return asked;
            });
        } catch (Throwable e) {
            synchronized (lock) {
                request = asked.equals(request) ? null : request;
            }
            fail(asked, e);
        }
        pollNow();
    }

    private ConnectionState ask() throws Exception {
        @SuppressWarnings("ConstantValue") // the source may give null, whatever its type says
        ConnectionState answer = source.poll();
        return Objects.requireNonNull(answer, () -> "poll() of " + source + " gave null, not a state");
    }

    private void answered(ConnectionState now) {
        Request settled = null;
        boolean wasLost;
        synchronized (lock) {
            if (closed) {
                return;
            }
            boolean changed = now != state;
            wasLost = lost;
            missesInARow = 0;
            lost = false;
            state = now;
            if (wasLost) {
                pausesGrown = 0;
                sink.backendRestored(now);
            } else if (changed) {
                sink.changed(now);
            }
            if (request != null && (wasLost || request.target() == now)) {
                settled = request;
                request = null;
            }
        }
        if (settled != null && settled.target() == now) {
            settled.outcome().complete(null);
        } else {
            fail(settled, new IllegalStateException("the source of " + name + " was lost, and came back " + now));
        }
    }

    private void closeSource() {
        try {
            source.close();
        } catch (Throwable e) {
            Log.warning("the source of " + name + " failed in closing", e);
        }
    }

    /** Makes a call that, when it takes too long, is interrupted and counts as a miss. */
    private <T> T watched(SourceCall<T> call) throws Exception {
        Watch watch = new Watch();
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the backend of " + name + " is closed");
            }
            inSource = Thread.currentThread();
            overdue = false;
            watch.begin();
        }
        try {
            return call.make();
        } finally {
            synchronized (lock) {
                inSource = null;
                watch.end();
                Thread.interrupted(); // ours may have come too late
            }
        }
    }

    /** Looks, in real time, whether a call of the source has ended. */
    private final class Watch {
        private TimeSource.@Nullable Scheduled alarm;
        private boolean ended;

        void begin() {
            alarm = TimeSource.system().schedule(this::ring, polling.pollLimit());
        }

        void end() {
            ended = true;
            if (alarm != null) {
                alarm.cancel();
            }
        }

        private void ring() {
            synchronized (lock) {
                if (ended || closed || inSource == null) {
                    return;
                }
                overdue = true;
                TimeoutException cause =
                        new TimeoutException("the source of " + name + " has not returned for " + polling.pollLimit());
                cause.setStackTrace(inSource.getStackTrace());
                missed(cause);
                inSource.interrupt();
                begin();
            }
        }
    }

    // Under the lock.

    private void missed(Throwable cause) {
        if (closed) {
            return;
        }
        missesInARow++;
        if (!lost && missesInARow >= polling.misses()) {
            lost = true;
            pausesGrown = 0;
            sink.backendLost(cause);
        }
    }

    private void queueQuestion() {
        cancelNext();
        if (!questionQueued) {
            questionQueued = true;
            enqueue("question to " + name, this::question);
        }
    }

    private void enqueue(String what, Runnable task) {
        TimeSource.Work work = engine.time().begin(what);
        asking.execute(() -> {
            try {
                task.run();
            } finally {
                work.finish();
            }
        });
    }

    private void scheduleNext() {
        cancelNext();
        next = engine.time().schedule(this::pollNow, pause());
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private Duration pause() {
        if (lost) {
            return grown(interval, polling.longestPause());
        }
        if (request != null) {
            return grown(interval.dividedBy(EAGERNESS).plusMillis(1), interval);
        }
        pausesGrown = 0;
        return interval;
    }

    private Duration grown(Duration from, Duration most) {
        Duration pause = from;
        for (int i = 0; i < pausesGrown && pause.compareTo(most) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        pausesGrown++;
        return pause.compareTo(most) < 0 || from.compareTo(most) > 0 ? pause : most;
    }

    // Anywhere, without the lock.

    private String stack() {
        synchronized (lock) {
            return inSource == null ? "" : Arrays.toString(inSource.getStackTrace());
        }
    }

    private static void fail(@Nullable Request request, Throwable cause) {
        if (request != null) {
            request.outcome().completeExceptionally(cause);
        }
    }

    /** Waits for the thread itself: an executor says that it has ended while its thread still ends. */
    private boolean endsWithin(Duration limit) {
        Thread thread = worker;
        if (thread == null) {
            return true;
        }
        return Uninterrupted.await(limit, nanos -> {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            return !thread.isAlive();
        });
    }
}
