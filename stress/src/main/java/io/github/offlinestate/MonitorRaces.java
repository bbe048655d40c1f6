package io.github.offlinestate;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.offlinestate.stress.races.RaceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** ConnectionMonitor: replay, removal, overflow, closing and damping against changes that come meanwhile. */
public final class MonitorRaces {
    private MonitorRaces() {}

    private static ConnectionMonitor monitor(OfflineManager manager) {
        return ConnectionMonitor.builder()
                .manager(manager)
                .executor(Runnable::run)
                .historySize(0)
                .open();
    }

    /** A new listener is told the present state, then each later change once. */
    @JCStressTest
    @Outcome(
            id = {"=OFFLINE ONLINE", "=ONLINE OFFLINE ONLINE", "=ONLINE"},
            expect = ACCEPTABLE,
            desc = "no gap, no duplicate")
    @Outcome(expect = FORBIDDEN, desc = "a gap or a duplicate")
    @State
    public static class ReplayChange {
        private final PlayedManager manager = new PlayedManager();
        private final ConnectionMonitor monitor = monitor(manager);
        private final EventLog log = new EventLog();

        @Actor
        public void change() {
            manager.play(ConnectionState.OFFLINE);
            manager.playAbort(ConnectionState.ONLINE);
            manager.play(ConnectionState.ONLINE);
        }

        @Actor
        public void listen() {
            monitor.listen(log);
        }

        @Arbiter
        public void after(L_Result result) {
            result.r1 = log.told();
            monitor.close();
        }
    }

    /** The same while the monitor itself opens: ADVISE-12. */
    @JCStressTest
    @Outcome(
            id = {"=OFFLINE", "=ONLINE OFFLINE"},
            expect = ACCEPTABLE,
            desc = "no gap, no duplicate")
    @Outcome(expect = FORBIDDEN, desc = "a gap or a duplicate")
    @State
    public static class OpenDeliver {
        private final PlayedManager manager = new PlayedManager();
        private final EventLog log = new EventLog();
        private @Nullable ConnectionMonitor monitor;

        @Actor
        public void deliver() {
            manager.play(ConnectionState.OFFLINE);
        }

        @Actor
        public void open() {
            monitor = monitor(manager);
            monitor.listen(log);
        }

        @Arbiter
        public void after(L_Result result) {
            result.r1 = log.told();
            if (monitor != null) {
                monitor.close();
            }
        }
    }

    /** The same on the real engine. */
    @JCStressTest
    @Outcome(
            id = {"=OFFLINE", "=ONLINE OFFLINE"},
            expect = ACCEPTABLE,
            desc = "no gap, no duplicate")
    @Outcome(expect = FORBIDDEN, desc = "a gap or a duplicate")
    @State
    public static class OpenChange {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final EventLog log = new EventLog();
        private @Nullable ConnectionMonitor monitor;

        @Actor
        public void change() {
            source.change(ConnectionState.OFFLINE);
        }

        @Actor
        public void open() {
            monitor = monitor(manager);
            monitor.listen(log);
        }

        @Arbiter
        public void after(L_Result result) {
            source.settle(manager);
            result.r1 = log.told();
            if (monitor != null) {
                monitor.close();
            }
            source.end(manager);
        }
    }

    /** No event starts after a listener's removal has returned, and one that runs is waited for. */
    @JCStressTest
    @Outcome(
            id = {"1, 1", "2, 2", "3, 3"},
            expect = ACCEPTABLE,
            desc = "told before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a listener ran on after its removal had returned")
    @State
    public static class RemoveChange {
        private final PlayedManager manager = new PlayedManager();
        private final ConnectionMonitor monitor = monitor(manager);
        private final EventLog log = new EventLog();
        private final ListenerRegistration registration = monitor.listen(log);

        @Actor
        public void change() {
            manager.play(ConnectionState.OFFLINE);
            manager.play(ConnectionState.ONLINE);
        }

        @Actor
        public void remove(II_Result result) {
            registration.close();
            result.r1 = log.count();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = log.count();
            monitor.close();
        }
    }

    /** The same of all listeners, by the monitor's closing. */
    @JCStressTest
    @Outcome(
            id = {"1, 1", "2, 2", "3, 3"},
            expect = ACCEPTABLE,
            desc = "told before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a listener ran on after close had returned")
    @State
    public static class CloseChange {
        private final PlayedManager manager = new PlayedManager();
        private final ConnectionMonitor monitor = monitor(manager);
        private final EventLog log = new EventLog();

        public CloseChange() {
            monitor.listen(log);
        }

        @Actor
        public void change() {
            manager.play(ConnectionState.OFFLINE);
            manager.play(ConnectionState.ONLINE);
        }

        @Actor
        public void close(II_Result result) {
            monitor.close();
            result.r1 = log.count();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = log.count();
        }
    }

    /** A lane that overflows while it is emptied: what is left out is counted, and the chain stays whole. */
    @JCStressTest
    @Outcome(id = "whole: (=ON|=OFF)LINE.*", expect = ACCEPTABLE, desc = "every change is told, or counted")
    @Outcome(expect = FORBIDDEN, desc = "a change that is neither told nor counted, or one told twice")
    @State
    public static class OverflowDeliver {
        private static final int CHANGES = 4;

        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final PlayedManager manager = new PlayedManager();
        private final ConnectionMonitor monitor = ConnectionMonitor.builder()
                .manager(manager)
                .executor(tasks::add)
                .historySize(0)
                .buffer(1)
                .open();
        private final EventLog log = new EventLog();
        private long last;

        public OverflowDeliver() {
            monitor.listen(change -> {
                log.onChange(change);
                last = change.number();
            });
        }

        @Actor
        public void change() {
            ConnectionState to = ConnectionState.OFFLINE;
            for (int i = 0; i < CHANGES; i++, to = to.opposite()) {
                manager.play(to);
            }
        }

        @Actor
        public void deliver() {
            runTasks();
        }

        private void runTasks() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        @Arbiter
        public void after(L_Result result) {
            runTasks();
            // The opening is the first change; it and those of the actor have numbers.
            boolean all = last == 1 + CHANGES && !log.told().contains("!");
            result.r1 = (all ? "whole: " : "number " + last + " is the last: ") + log.told();
            monitor.close();
        }
    }

    /**
     * A hold that ends at the very moment at which the state changes back: it has lasted, and is told whether the timer
     * or the change comes first. One nanosecond earlier it has not, and nobody is told either way.
     */
    private abstract static class Damping {
        static final long HOLD = 5;

        private final StoppedTime time = new StoppedTime();
        private final MonitorState state = new MonitorState(
                "race",
                new MonitorSettings(
                        Optional.empty(),
                        Map.of(Connectivity.OFFLINE, Duration.ofNanos(HOLD)),
                        0,
                        16,
                        time,
                        Optional.empty(),
                        false,
                        Optional.empty()),
                new MonitorThreads("race", time),
                MonitorEvents.NONE);
        private final EventLog log = new EventLog();

        Damping(long lasted) {
            state.opened(Capabilities.BOTH, true);
            state.beginReading(false).ifPresent(ticket -> state.read(ticket, ConnectionState.ONLINE));
            state.add(false, true, this::lane).signal();
            tell(ConnectionState.OFFLINE);
            time.now = lasted;
        }

        private Lane lane(ConnectionChange beginning) {
            return new Lane(
                    "race",
                    Runnable::run,
                    new ListenerTarget(log),
                    new LaneQueue(16, false, beginning),
                    new MonitorThreads("race", time),
                    MonitorEvents.NONE,
                    lane -> {});
        }

        private void tell(ConnectionState to) {
            ConnectionState from = to.opposite();
            state.received(PlayedManager.notification(NotifyType.STATECHANGE_START, from, to));
            state.received(PlayedManager.notification(NotifyType.STATECHANGE, from, to));
            state.received(PlayedManager.notification(NotifyType.STATECHANGE_DONE, from, to));
        }

        void timer() {
            state.expireHold();
        }

        void back() {
            tell(ConnectionState.ONLINE);
        }

        String told() {
            state.expireHold();
            return log.told() + ", swallowed " + state.status().damped();
        }
    }

    /** At the edge of a hold. */
    @JCStressTest
    @Outcome(id = "=ONLINE OFFLINE ONLINE, swallowed 0", expect = ACCEPTABLE, desc = "it has lasted, and is told")
    @Outcome(expect = FORBIDDEN, desc = "it is kept back, or told twice")
    @State
    public static class DampingAtTheEdge extends Damping {
        public DampingAtTheEdge() {
            super(HOLD);
        }

        @Actor
        public void holdEnds() {
            timer();
        }

        @Actor
        public void changeBack() {
            back();
        }

        @Arbiter
        public void after(L_Result result) {
            result.r1 = told();
        }
    }

    /** Just before the edge of a hold. */
    @JCStressTest
    @Outcome(id = "=ONLINE, swallowed 2", expect = ACCEPTABLE, desc = "it came back in time, and nobody is told")
    @Outcome(expect = FORBIDDEN, desc = "a part of it is told, or it is not counted")
    @State
    public static class DampingBeforeTheEdge extends Damping {
        public DampingBeforeTheEdge() {
            super(HOLD - 1);
        }

        @Actor
        public void holdEnds() {
            timer();
        }

        @Actor
        public void changeBack() {
            back();
        }

        @Arbiter
        public void after(L_Result result) {
            result.r1 = told();
        }
    }

    /** A clock that stands where it is put, and whose alarms an actor plays. */
    private static final class StoppedTime implements TimeSource {
        private volatile long now;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            return () -> {};
        }
    }
}
