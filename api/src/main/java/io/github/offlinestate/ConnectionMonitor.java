package io.github.offlinestate;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells an application whether a profile is online, now and from now on, on the application's own threads.
 *
 * <pre>{@code
 * try (ConnectionMonitor monitor = ConnectionMonitor.open("Work")) {
 *     monitor.listen(change -> sync.setPaused(change.newState() != Connectivity.ONLINE));
 *     ...
 * }
 * }</pre>
 *
 * <p>A listener is told the present state first, then every change once, without a gap or a duplicate (ADVISE-12); one
 * at a time, in order, on its own {@link Executor}; a slow or throwing one harms nobody else. {@link #state()} tells
 * unknown from offline. It is a client of {@link OfflineManager} like any other, and works with every provider that
 * keeps the contract; docs/monitor.md explains it at length.
 *
 * <p>All methods may be called from any thread, and from within a listener; those that wait say so, and refuse to on a
 * thread that the provider is notifying on.
 */
public final class ConnectionMonitor implements AutoCloseable {
    private final String profile;
    private final boolean owner;
    private final MonitorSettings settings;
    private final MonitorEvents events;
    private final MonitorThreads threads;
    private final MonitorState state;
    private final Link link;
    private final Executor executor;
    private final Set<Lane> lanes = ConcurrentHashMap.newKeySet();
    private final Set<Setting> runningSettings = ConcurrentHashMap.newKeySet();

    private ConnectionMonitor(
            String profile, boolean owner, Supplier<OfflineManager> opener, MonitorSettings settings) {
        this.profile = profile;
        this.owner = owner;
        this.settings = settings;
        this.events = MonitorEvents.find();
        this.threads = new MonitorThreads("offline-state-monitor-" + profile, settings.time());
        this.state = new MonitorState(profile, settings, threads, events);
        this.link = new Link(opener, owner, profile, settings, threads, state);
        this.executor = settings.executor().orElse(threads);
        state.onHoldOver(() -> {
            link.refresh(); // where the source does not tell of the end, look whether it really lasted
            state.expireHold();
        });
    }

    /**
     * Monitors the default profile of the provider that {@link OfflineManagers#open()} chooses.
     *
     * @return an open monitor; the caller closes it
     * @throws OfflineStateException as {@link OfflineManagers#open()}
     */
    public static ConnectionMonitor open() {
        return builder().open();
    }

    /**
     * Monitors a profile of the provider that {@link OfflineManagers#open(String)} chooses.
     *
     * @param profile the profile's name
     * @return an open monitor; the caller closes it
     * @throws OfflineStateException as {@link OfflineManagers#open(String)}
     */
    public static ConnectionMonitor open(String profile) {
        return builder().profile(profile).open();
    }

    /**
     * Monitors through an offline object that stays the caller's: closing the monitor does not close it, and the caller
     * closes it after the monitor.
     *
     * @param manager an open object
     * @return an open monitor; the caller closes it
     * @throws OfflineStateException as {@link OfflineManager#advise(AdviseInfo)}
     */
    public static ConnectionMonitor of(OfflineManager manager) {
        return builder().manager(manager).open();
    }

    /**
     * Begins a monitor with settings of its own.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The profile's name.
     *
     * @return as given to the builder, or a text that says that none was
     */
    public String profile() {
        return profile;
    }

    /**
     * Whether the offline object is the monitor's own and closed with it.
     *
     * @return false where it was given by {@link Builder#manager}
     */
    public boolean ownsManager() {
        return owner;
    }

    /**
     * The connectivity as listeners have been told it, or are about to be. Where the source would not tell of its end,
     * for want of a capability, it is read again now; listeners are told too what that finds. Does not wait.
     *
     * @return the connectivity; {@link Connectivity#UNKNOWN} on a closed monitor
     */
    public Connectivity state() {
        return status().state();
    }

    /**
     * What {@link #state()} gives, with the undamped state and how both are known.
     *
     * @return a snapshot
     */
    public ConnectionStatus status() {
        link.refresh();
        return state.status();
    }

    /**
     * What happened so far.
     *
     * @return a snapshot; on a closed monitor, of its last moment
     */
    public ConnectionHistory history() {
        return state.history();
    }

    /**
     * Tells a listener the present state and then every change, on the monitor's executor.
     *
     * @param listener whom to tell
     * @return its place, to remove it; the monitor holds the listener strongly until then
     * @throws OfflineStateException {@link HResult#MAPI_E_NOT_INITIALIZED} on a closed monitor
     */
    public ListenerRegistration listen(ConnectionListener listener) {
        return listen(listener, ListenerOptions.DEFAULT);
    }

    /**
     * Tells a listener every change, in a way of its own. One listener may be added several times.
     *
     * @param listener whom to tell
     * @param options how
     * @return its place, to remove it; the monitor holds the listener strongly until then
     * @throws OfflineStateException {@link HResult#MAPI_E_NOT_INITIALIZED} on a closed monitor
     */
    public ListenerRegistration listen(ConnectionListener listener, ListenerOptions options) {
        Objects.requireNonNull(listener, "listener");
        Lane lane = addLane(new ListenerTarget(listener), options, options.nameOr(listener));
        lane.signal();
        return lane;
    }

    /**
     * The changes as a publisher, each subscriber with the present state first. As {@link #changes(ListenerOptions)}.
     *
     * @return a publisher for any number of subscribers
     */
    public Flow.Publisher<ConnectionChange> changes() {
        return changes(ListenerOptions.DEFAULT);
    }

    /**
     * The changes as a publisher. A subscriber that demands less than there is gets, once its buffer is full, a
     * {@link ConnectionChange.Cause#GAP}. Closing the monitor completes it, after what was buffered. It keeps the rules
     * of Reactive Streams.
     *
     * @param options how each subscriber is told
     * @return a publisher for any number of subscribers
     */
    public Flow.Publisher<ConnectionChange> changes(ListenerOptions options) {
        Objects.requireNonNull(options, "options");
        return new Changes((target, subscriber) -> addLane(target, options, options.nameOr(subscriber)));
    }

    private Lane addLane(Lane.Target target, ListenerOptions options, String name) {
        boolean phases = options.phases();
        return state.add(phases, options.replay(), beginning -> {
            Lane lane = new Lane(
                    "listener " + name + " of profile " + profile,
                    options.executorOr(executor),
                    target,
                    new LaneQueue(options.bufferOr(settings.buffer()), phases, beginning),
                    threads,
                    events,
                    lanes::remove);
            lanes.add(lane);
            return lane;
        });
    }

    /**
     * Waits until listeners have been told a state; at once where they have. The timeout is real time.
     *
     * @param wanted the state to wait for
     * @param timeout how long at most
     * @return whether the state came in time
     * @throws InterruptedException where the waiting thread is interrupted
     * @throws OfflineStateException {@link HResult#MAPI_E_NO_SUPPORT} at once where the profile never tells of that
     *     state and no {@link Builder#rereadEvery} is set (while it is lost or not open yet, only when the reading after
     *     that has not found it); {@link HResult#MAPI_E_NOT_INITIALIZED} on a closed monitor
     *     or when it is closed meanwhile; {@link HResult#E_PENDING} on a thread that the provider notifies on
     */
    public boolean await(ConnectionState wanted, Duration timeout) throws InterruptedException {
        requireMayWait("await(" + wanted + ")");
        link.refresh();
        CompletableFuture<ConnectionChange> told = state.when(wanted);
        try {
            told.get(saturatedNanos(timeout), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw rethrown(e);
        } finally {
            state.forget(told);
        }
    }

    /**
     * Completes when listeners have been told a state. What depends on the future runs on a thread of the monitor's,
     * never on the provider's; cancelling it takes the wish back.
     *
     * @param wanted the state to wait for
     * @return completes with the event; fails as {@link #await} does
     */
    public CompletableFuture<ConnectionChange> when(ConnectionState wanted) {
        Objects.requireNonNull(wanted, "wanted");
        link.refresh();
        CompletableFuture<ConnectionChange> told = state.when(wanted);
        CompletableFuture<ConnectionChange> result = new CompletableFuture<>();
        Futures.atEnd(
                told,
                (event, failure) -> threads.execute("when(" + wanted + ") of profile " + profile, () -> {
                    if (failure == null) {
                        result.complete(event);
                    } else {
                        result.completeExceptionally(failure);
                    }
                }));
        Futures.atEnd(result, (event, failure) -> state.forget(told));
        return result;
    }

    /**
     * Whether the state can be set.
     *
     * @return {@link Offline#canSet()}; false while nothing is open
     */
    public boolean canSet() {
        try {
            return link.manager().map(OfflineManager::canSet).orElse(false);
        } catch (OfflineStateException e) { // closed meanwhile
            return false;
        }
    }

    /**
     * Sets the state, and waits until everybody has been told. While a change is under way ({@link HResult#E_PENDING})
     * it tries again, with growing pauses. Interrupting the waiting thread cancels it; its flag is kept.
     *
     * @param wanted the state to set
     * @param timeout how long at most, by the monitor's {@link TimeSource}
     * @param options how to go about it
     * @return how it ended
     * @throws OfflineStateException {@link HResult#E_PENDING} on a thread that the provider notifies on
     */
    public SetOutcome set(ConnectionState wanted, Duration timeout, SetOption... options) {
        requireMayWait("set(" + wanted + ")");
        Setting setting = setting(wanted, timeout, options);
        CompletableFuture<SetOutcome> outcome = start(setting);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    setting.finish(SetOutcome.Kind.CANCELLED);
                } catch (ExecutionException e) {
                    throw rethrown(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * As {@link #set}, without waiting. What depends on the future runs on a thread of the monitor's; cancelling it
     * ends the attempt, and a change that was begun goes on.
     *
     * @param wanted the state to set
     * @param timeout how long at most, by the monitor's {@link TimeSource}
     * @param options how to go about it
     * @return completes with how it ended
     */
    public CompletableFuture<SetOutcome> setAsync(ConnectionState wanted, Duration timeout, SetOption... options) {
        return start(setting(wanted, timeout, options));
    }

    private Setting setting(ConnectionState wanted, Duration timeout, SetOption... options) {
        Objects.requireNonNull(wanted, "wanted");
        return new Setting(link, threads, settings.time(), wanted, timeout, Set.of(options));
    }

    private CompletableFuture<SetOutcome> start(Setting setting) {
        runningSettings.add(setting);
        CompletableFuture<SetOutcome> outcome = setting.start();
        Futures.atEnd(outcome, (result, failure) -> runningSettings.remove(setting));
        if (state.isClosed()) { // who closed it may have been too early to see this one
            threads.execute(() -> setting.finish(SetOutcome.Kind.CLOSED));
        }
        return outcome;
    }

    /**
     * Ends the monitor: no listener is called any more when this returns, with the guarantee of
     * {@link ListenerRegistration#close()}; who waits fails; publishers complete; the offline object is closed if it is
     * the monitor's own. Closing again changes nothing and gives the same guarantee. From within a listener it does not
     * wait, and the offline object is given back on a thread of the monitor's.
     */
    @Override
    public void close() {
        state.close().forEach(Lane::monitorClosed);
        for (Setting setting : runningSettings) {
            threads.execute(() -> setting.finish(SetOutcome.Kind.CLOSED));
        }
        try {
            if (InsideListener.insideListener()) {
                threads.execute("closing the monitor of profile " + profile, link::close);
            } else {
                link.close();
            }
        } finally { // whatever the provider throws
            threads.end();
            if (!InsideListener.insideListener()) {
                lanes.forEach(Lane::awaitNoCall);
            }
        }
    }

    private static void requireMayWait(String call) {
        if (InsideListener.insideCallback()) {
            throw new OfflineStateException(
                    HResult.E_PENDING,
                    call + " on a thread that the provider notifies on: it would wait for itself."
                            + " Give the listener an executor of its own, or use the method that gives a future");
        }
    }

    private static RuntimeException rethrown(ExecutionException e) {
        if (e.getCause() instanceof OfflineStateException reason) {
            return reason;
        }
        return new IllegalStateException(e.getCause());
    }

    private static long saturatedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public String toString() {
        return "ConnectionMonitor[" + profile + ", " + state.status().state() + "]";
    }

    /** Settings of a monitor to be opened. Not for several threads at a time. */
    public static final class Builder {
        private static final int DEFAULT_HISTORY = 1_000;
        private static final int DEFAULT_BUFFER = 256;

        private @Nullable String profile;
        private @Nullable String providerName;
        private @Nullable OfflineStateProvider provider;
        private @Nullable OfflineManager manager;
        private @Nullable Executor executor;
        private final Map<Connectivity, Duration> holds = new EnumMap<>(Connectivity.class);
        private int historySize = DEFAULT_HISTORY;
        private int buffer = DEFAULT_BUFFER;
        private TimeSource time = TimeSource.system();
        private @Nullable Duration rereadEvery;
        private boolean keepTrying;
        private @Nullable ConnectionState assumed;

        private Builder() {}

        /**
         * Which profile; the default one unless told.
         *
         * @param name the profile's name
         * @return this
         */
        public Builder profile(String name) {
            this.profile = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Which provider; the one that {@link OfflineManagers} chooses unless told.
         *
         * @param name the provider's name
         * @return this
         */
        public Builder provider(String name) {
            this.providerName = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * A provider that was made by hand, instead of one that is found.
         *
         * @param made the provider
         * @return this
         */
        public Builder provider(OfflineStateProvider made) {
            this.provider = Objects.requireNonNull(made, "made");
            return this;
        }

        /**
         * An offline object that is open already and stays the caller's: closing the monitor does not close it, and the
         * caller closes it after the monitor.
         *
         * @param borrowed an open object
         * @return this
         */
        public Builder manager(OfflineManager borrowed) {
            this.manager = Objects.requireNonNull(borrowed, "borrowed");
            return this;
        }

        /**
         * Where listeners run that bring no executor of their own. Unless told, on daemon threads of the monitor's own,
         * as many as listeners are busy at a time; they end when idle. See {@link ListenerOptions} on executors.
         *
         * @param listeners the executor
         * @return this
         */
        public Builder executor(Executor listeners) {
            this.executor = Objects.requireNonNull(listeners, "listeners");
            return this;
        }

        /**
         * Tells a state only when it has lasted a while; each state has a hold of its own, zero unless told. What comes
         * back within it nobody is told, but it is counted ({@link ConnectionStatus#damped()}), is in the history, and
         * in {@link ConnectionStatus#raw()}. The state found at the opening is told at once.
         *
         * @param state the state that has to last
         * @param hold how long; not negative
         * @return this
         * @throws IllegalArgumentException for a negative hold
         */
        public Builder hold(Connectivity state, Duration hold) {
            if (hold.isNegative()) {
                throw new IllegalArgumentException("the hold of " + state + " is " + hold + ": it cannot be negative");
            }
            holds.put(state, Duration.ofNanos(saturatedNanos(hold)));
            return this;
        }

        /**
         * How many changes the history keeps; 1,000 unless told.
         *
         * @param entries not negative
         * @return this
         * @throws IllegalArgumentException for a negative size
         */
        public Builder historySize(int entries) {
            if (entries < 0) {
                throw new IllegalArgumentException("a history keeps at least 0 entries, not " + entries);
            }
            historySize = entries;
            return this;
        }

        /**
         * How many events may wait for each listener before they are told as one gap; 256 unless told.
         *
         * @param events at least 1
         * @return this
         * @throws IllegalArgumentException for less
         */
        public Builder buffer(int events) {
            buffer = ListenerOptions.DEFAULT.buffer(events).bufferOr(events);
            return this;
        }

        /**
         * The time that holds, rereading, retries and the history run on; the system's unless told.
         *
         * @param source the time
         * @return this
         */
        public Builder time(TimeSource source) {
            this.time = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Reads the state again at an interval where the source does not tell of every change, for want of a
         * capability. No effect where it does.
         *
         * @param interval positive
         * @return this
         * @throws IllegalArgumentException for zero or less
         */
        public Builder rereadEvery(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException(
                        "rereading every " + interval + ": it has to be longer than nothing");
            }
            rereadEvery = interval;
            return this;
        }

        /**
         * Where the profile cannot be opened yet, as when Outlook is not started, opens the monitor all the same: the
         * state is unknown (or what is assumed), and opening is tried again, with pauses that grow to ten seconds.
         *
         * @return this
         */
        public Builder keepTrying() {
            keepTrying = true;
            return this;
        }

        /**
         * Where the profile cannot be opened, takes it to be in this state, for programs that are to run where there is
         * no provider at all. {@link ConnectionStatus#reason()} says so, and the reason is logged.
         *
         * @param state the state to take
         * @return this
         */
        public Builder assume(ConnectionState state) {
            assumed = Objects.requireNonNull(state, "state");
            return this;
        }

        /**
         * Opens the profile, registers, and reads the state.
         *
         * @return an open monitor; the caller closes it
         * @throws OfflineStateException where the profile cannot be opened, unless {@link #keepTrying()} or
         *     {@link #assume} say not to mind; {@link HResult#E_INVALIDARG} always
         * @throws IllegalStateException where {@link #manager} is set beside a provider, or a provider twice
         */
        public ConnectionMonitor open() {
            MonitorSettings settings = new MonitorSettings(
                    Optional.ofNullable(executor),
                    Map.copyOf(holds),
                    historySize,
                    buffer,
                    time,
                    Optional.ofNullable(rereadEvery),
                    keepTrying,
                    Optional.ofNullable(assumed));
            String name = profile != null ? profile : manager != null ? "(borrowed)" : "(default)";
            ConnectionMonitor monitor = new ConnectionMonitor(name, manager == null, opener(), settings);
            monitor.link.start();
            return monitor;
        }

        private Supplier<OfflineManager> opener() {
            OfflineManager borrowed = manager;
            OfflineStateProvider made = provider;
            String named = providerName;
            String wanted = profile;
            if (borrowed != null ? made != null || named != null : made != null && named != null) {
                throw new IllegalStateException("of an offline object, a provider and a provider's name, one at most"
                        + " says where the state comes from");
            }
            if (borrowed != null) {
                return () -> borrowed;
            }
            if (made == null && named == null) {
                return wanted == null ? OfflineManagers::open : () -> OfflineManagers.open(wanted);
            }
            return () -> {
                OfflineStateProvider chosen =
                        made != null ? made : OfflineManagers.directory().choose(String.valueOf(named));
                return wanted == null ? Opening.openDefault(chosen) : Opening.open(chosen, wanted);
            };
        }
    }
}
