package io.github.offlinestate;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How one listener of a {@link ConnectionMonitor} is told. Immutable: each method gives a changed copy.
 *
 * <p>An executor's {@code execute} should return without waiting for the listener. One that rejects is tried again,
 * with growing pauses, and the listener then gets what it missed as one {@link ConnectionChange.Cause#GAP}. One that
 * accepts a task and drops it silently cannot be noticed by anybody: its listener is never told again. One that runs
 * the task on the calling thread ({@code Runnable::run}) runs the listener on the provider's own thread, where it
 * delays everybody else (NOTIFY-9) and must not wait.
 */
public final class ListenerOptions {
    /** Replay, one event a transition, the monitor's executor and buffer. */
    public static final ListenerOptions DEFAULT = new ListenerOptions(null, true, false, 0, "");

    private final @Nullable Executor executor;
    private final boolean replay;
    private final boolean phases;
    private final int buffer;
    private final String name;

    private ListenerOptions(@Nullable Executor executor, boolean replay, boolean phases, int buffer, String name) {
        this.executor = executor;
        this.replay = replay;
        this.phases = phases;
        this.buffer = buffer;
        this.name = name;
    }

    /**
     * Runs the listener on an executor of its own.
     *
     * @param executor any; order and mutual exclusion are the monitor's matter
     * @return a copy
     */
    public ListenerOptions on(Executor executor) {
        return new ListenerOptions(Objects.requireNonNull(executor, "executor"), replay, phases, buffer, name);
    }

    /**
     * Does not tell the present state first.
     *
     * @return a copy
     */
    public ListenerOptions withoutReplay() {
        return new ListenerOptions(executor, false, phases, buffer, name);
    }

    /**
     * Tells all phases of each transition, START, STATECHANGE, DONE and aborts, as the source says them: such a listener
     * is told the raw state, the monitor's holds do not apply. A listener that joins within a transition is told a
     * suffix of its phases (ADVISE-10).
     *
     * @return a copy
     */
    public ListenerOptions allPhases() {
        return new ListenerOptions(executor, replay, true, buffer, name);
    }

    /**
     * How many events may wait for the listener before they are told as one gap.
     *
     * @param events at least 1
     * @return a copy
     * @throws IllegalArgumentException for less
     */
    public ListenerOptions buffer(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("a listener's buffer holds at least 1 event, not " + events);
        }
        return new ListenerOptions(executor, replay, phases, events, name);
    }

    /**
     * What the listener is called in logs and in reports of what hangs.
     *
     * @param name any; the listener's class unless told
     * @return a copy
     */
    public ListenerOptions named(String name) {
        return new ListenerOptions(executor, replay, phases, buffer, Objects.requireNonNull(name, "name"));
    }

    Executor executorOr(Executor monitors) {
        return executor == null ? monitors : executor;
    }

    boolean replay() {
        return replay;
    }

    boolean phases() {
        return phases;
    }

    int bufferOr(int monitors) {
        return buffer == 0 ? monitors : buffer;
    }

    String nameOr(Object listener) {
        return name.isEmpty() ? listener.getClass().getName() : name;
    }
}
