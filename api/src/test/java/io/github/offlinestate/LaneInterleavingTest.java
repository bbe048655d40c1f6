package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionChange.Cause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/**
 * Removal, overflow, closing and damping, in every order of what may happen: the state flips, time passes, an executor
 * gets round to a lane, a listener comes, another goes, or closes the monitor, from outside or from within a call.
 */
class LaneInterleavingTest {
    private static final Duration UNIT = Duration.ofSeconds(1);
    private static final int HOLD_UNITS = 2;

    @Test
    void everyOrderOfFiveSteps() {
        long runs = Choices.exhaust(choices -> new Run(choices).check(5));
        assertThat(runs).isEqualTo((long) Math.pow(Step.values().length, 5));
    }

    @Test
    void longOrdersAtRandom() {
        Choices.sample(20_261_125, 4_000, choices -> new Run(choices).check(30));
    }

    private enum Step {
        FLIP,
        TIME_PASSES,
        LATE_LISTENER_COMES,
        SLOW_LISTENER_IS_CALLED,
        LISTENER_OF_PHASES_IS_CALLED,
        SLOW_LISTENER_IS_REMOVED,
        SLOW_LISTENER_REMOVES_ITSELF,
        MONITOR_IS_CLOSED,
        SLOW_LISTENER_CLOSES_THE_MONITOR
    }

    private static final class Run {
        private final Choices choices;
        private final List<Step> steps = new ArrayList<>();
        private final FakeManager manager = new FakeManager();
        // The lanes' tasks wait for the run, so time does not wait for them.
        private final ManualTime time = new ManualTime(work -> !work.startsWith("listener "));
        private final ConnectionMonitor monitor = ConnectionMonitor.builder()
                .manager(manager)
                .time(time)
                .hold(Connectivity.OFFLINE, UNIT.multipliedBy(HOLD_UNITS))
                .open();

        private final Recorder direct = new Recorder();
        private final Recorder late = new Recorder();
        private final Recorder slow = new Recorder();
        private final Recorder phases = new Recorder();
        private final Queue<Runnable> slowTasks = new ArrayDeque<>();
        private final Queue<Runnable> phasesTasks = new ArrayDeque<>();
        private final ListenerRegistration slowPlace;
        private Runnable insideSlow = () -> {};
        private boolean removed;
        private boolean closed;

        /** What listeners have to be told: by the rule alone, from what the state was and for how long. */
        private final List<Connectivity> expected = new ArrayList<>(List.of(Connectivity.ONLINE));

        /** Where in it the late listener came; -1: not yet. */
        private int lateFrom = -1;

        private Connectivity raw = Connectivity.ONLINE;
        private int units;

        Run(Choices choices) {
            this.choices = choices;
            monitor.listen(direct, ListenerOptions.DEFAULT.on(Runnable::run));
            slowPlace = monitor.listen(
                    change -> {
                        slow.onChange(change);
                        insideSlow.run();
                    },
                    ListenerOptions.DEFAULT.on(slowTasks::add).buffer(2));
            monitor.listen(
                    phases,
                    ListenerOptions.DEFAULT.on(phasesTasks::add).allPhases().buffer(1));
        }

        void check(int length) {
            try (monitor) {
                for (int i = 0; i < length; i++) {
                    Step step = Step.values()[choices.next(Step.values().length)];
                    steps.add(step);
                    int slowBefore = slow.changes().size();
                    int phasesBefore = phases.changes().size();
                    boolean removedBefore = removed;
                    boolean closedBefore = closed;
                    take(step);
                    if (removedBefore) {
                        assertThat(slow.changes()).as("after removal").hasSize(slowBefore);
                    }
                    if (closedBefore) {
                        assertThat(phases.changes()).as("after closing").hasSize(phasesBefore);
                    }
                }
                callAll(slowTasks);
                callAll(phasesTasks);
                verify();
            } catch (AssertionError e) {
                throw new AssertionError(
                        steps + "\nexpected " + expected + "\ndirect " + direct.states() + "\nslow "
                                + slow.changes().stream()
                                        .map(ConnectionChange::toJson)
                                        .toList() + "\nphases "
                                + phases.changes().stream()
                                        .map(ConnectionChange::toJson)
                                        .toList(),
                        e);
            }
        }

        private void take(Step step) {
            switch (step) {
                case FLIP -> {
                    manager.flip(1);
                    raw = raw == Connectivity.ONLINE ? Connectivity.OFFLINE : Connectivity.ONLINE;
                    units = 0;
                    expect();
                }
                case TIME_PASSES -> {
                    time.advance(UNIT);
                    units++;
                    expect();
                }
                case LATE_LISTENER_COMES -> {
                    if (!closed && lateFrom < 0) {
                        lateFrom = expected.size() - 1;
                        monitor.listen(late, ListenerOptions.DEFAULT.on(Runnable::run));
                    }
                }
                case SLOW_LISTENER_IS_CALLED -> call(slowTasks);
                case LISTENER_OF_PHASES_IS_CALLED -> call(phasesTasks);
                case SLOW_LISTENER_IS_REMOVED -> {
                    slowPlace.close();
                    removed = true;
                }
                case SLOW_LISTENER_REMOVES_ITSELF ->
                    insideSlow = () -> {
                        slowPlace.close();
                        removed = true;
                    };
                case MONITOR_IS_CLOSED -> {
                    monitor.close();
                    closed = true;
                    removed = true;
                }
                case SLOW_LISTENER_CLOSES_THE_MONITOR ->
                    insideSlow = () -> {
                        monitor.close();
                        closed = true;
                        removed = true;
                    };
            }
        }

        private void expect() {
            boolean lasted = raw == Connectivity.ONLINE || units >= HOLD_UNITS;
            if (!closed && lasted && expected.get(expected.size() - 1) != raw) {
                expected.add(raw);
            }
        }

        private static void call(Queue<Runnable> tasks) {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        }

        private static void callAll(Queue<Runnable> tasks) {
            while (!tasks.isEmpty()) {
                call(tasks);
            }
        }

        private void verify() {
            assertThat(direct.states()).isEqualTo(expected);
            if (lateFrom >= 0) {
                assertThat(late.states()).isEqualTo(expected.subList(lateFrom, expected.size()));
                chainIsWhole(late);
            }
            chainIsWhole(direct);
            chainIsWhole(slow);
            chainIsWhole(phases);
            if (!removed) {
                assertThat(slow.last().newState()).isEqualTo(direct.last().newState());
                assertThat(slow.last().number()).isEqualTo(direct.last().number());
            }
            if (!closed) {
                assertThat(phases.last().newState()).isEqualTo(raw);
                assertThat(monitor.state()).isEqualTo(direct.last().newState());
            }
            transitionsAreWhole();
        }

        private static void chainIsWhole(Recorder recorder) {
            ConnectionChange before = null;
            for (ConnectionChange now : recorder.changes()) {
                if (before == null) {
                    assertThat(now.cause()).isEqualTo(Cause.REPLAYED);
                } else if (now.phase() == StateChange.Phase.CHANGE) {
                    assertThat(now.oldState()).isEqualTo(before.newState());
                    assertThat(now.number()).isEqualTo(before.number() + 1 + now.missed());
                }
                before = now.phase() == StateChange.Phase.CHANGE ? now : before;
            }
        }

        /** After a START only its own change and DONE, or the end. */
        private void transitionsAreWhole() {
            StateChange.Phase open = null;
            for (ConnectionChange change : phases.changes()) {
                switch (change.phase()) {
                    case START -> {
                        assertThat(open).isNull();
                        open = StateChange.Phase.START;
                    }
                    case CHANGE -> {
                        if (change.cause() == Cause.CHANGED) {
                            assertThat(open).isEqualTo(StateChange.Phase.START);
                        } else {
                            assertThat(open).isNull();
                        }
                        open = open == null ? null : StateChange.Phase.CHANGE;
                    }
                    case DONE -> {
                        assertThat(open).isEqualTo(StateChange.Phase.CHANGE);
                        open = null;
                    }
                }
            }
            assertThat(open == null || closed).isTrue();
        }
    }
}
