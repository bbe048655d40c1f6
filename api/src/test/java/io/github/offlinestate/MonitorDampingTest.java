package io.github.offlinestate;

import static io.github.offlinestate.Connectivity.OFFLINE;
import static io.github.offlinestate.Connectivity.ONLINE;
import static io.github.offlinestate.Connectivity.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A state with a hold is told when it has lasted that long, to the nanosecond. */
class MonitorDampingTest {
    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final Duration JUST_BEFORE = HOLD.minus(MOMENT);

    private final ManualTime time = new ManualTime();
    private final FakeManager manager = new FakeManager();
    private final Recorder told = new Recorder();
    private ConnectionMonitor monitor;

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void offlineIsNotToldJustBeforeItsHoldIsOver() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        time.advance(JUST_BEFORE);
        assertThat(told.states()).containsExactly(ONLINE);
        assertThat(monitor.status().state()).isEqualTo(ONLINE);
        assertThat(monitor.status().raw()).isEqualTo(OFFLINE);
    }

    @Test
    void offlineIsToldWhenItsHoldIsOver() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        time.advance(HOLD);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE);
        assertThat(told.last().nanoTime()).isEqualTo(HOLD.toNanos());
        assertThat(told.last().at()).isEqualTo(time.instant());
        assertThat(told.last().lasted()).isEqualTo(HOLD);
        assertThat(monitor.state()).isEqualTo(OFFLINE);
    }

    @Test
    void aReturnJustBeforeTheEndIsToldToNobodyAndCounted() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        time.advance(JUST_BEFORE);
        manager.go(ConnectionState.ONLINE);
        time.advance(HOLD.multipliedBy(3));
        assertThat(told.states()).containsExactly(ONLINE);
        assertThat(monitor.status().damped()).isEqualTo(2);
        manager.go(ConnectionState.OFFLINE);
        time.advance(HOLD);
        assertThat(told.last().damped()).isEqualTo(2);
    }

    @Test
    void aReturnAtTheVeryEndComesAfterTheState() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        time.schedule(() -> manager.go(ConnectionState.ONLINE), HOLD); // runs before the monitor's own task
        manager.go(ConnectionState.OFFLINE);
        time.advance(HOLD);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE, ONLINE);
        assertThat(told.changes().get(1).nanoTime()).isEqualTo(HOLD.toNanos());
    }

    @Test
    void aLateTimerChangesNothing() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        time.jump(HOLD.plusSeconds(1)); // no task runs: the timer is late
        manager.go(ConnectionState.ONLINE);
        time.advance(Duration.ZERO);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE, ONLINE);
        assertThat(told.changes().get(1).nanoTime()).isEqualTo(HOLD.toNanos());
        assertThat(told.changes().get(2).lasted()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void onlineHasAHoldOfItsOwn() {
        open(builder -> builder.hold(OFFLINE, HOLD).hold(ONLINE, Duration.ofSeconds(1)));
        manager.go(ConnectionState.OFFLINE);
        time.advance(HOLD);
        manager.go(ConnectionState.ONLINE);
        time.advance(Duration.ofSeconds(1).minus(MOMENT));
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE);
        time.advance(MOMENT);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE, ONLINE);
    }

    @Test
    void withoutAHoldOnlineIsToldAtOnce() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        time.advance(HOLD);
        manager.go(ConnectionState.ONLINE);
        time.settle();
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE, ONLINE);
    }

    @Test
    void everyFlipBeginsTheHoldAnew() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        for (int i = 0; i < 4; i++) {
            manager.go(ConnectionState.OFFLINE);
            time.advance(Duration.ofSeconds(3));
            manager.go(ConnectionState.ONLINE);
            time.advance(Duration.ofSeconds(1));
        }
        manager.go(ConnectionState.OFFLINE);
        time.advance(JUST_BEFORE);
        assertThat(told.states()).containsExactly(ONLINE);
        time.advance(MOMENT);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE);
        assertThat(told.last().damped()).isEqualTo(8);
    }

    @Test
    void aLossInsideAHoldIsToldAtOnceAndEndsTheHold() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        time.advance(Duration.ofSeconds(4));
        manager.goAway();
        time.settle();
        assertThat(told.states()).containsExactly(ONLINE, UNKNOWN);
        time.advance(Duration.ofSeconds(4));
        assertThat(told.states()).containsExactly(ONLINE, UNKNOWN);
        manager.comeBack(ConnectionState.OFFLINE);
        time.advance(JUST_BEFORE);
        assertThat(told.states()).containsExactly(ONLINE, UNKNOWN);
        time.advance(MOMENT);
        assertThat(told.states()).containsExactly(ONLINE, UNKNOWN, OFFLINE);
        assertThat(told.last().cause()).isEqualTo(ConnectionChange.Cause.RESTORED);
    }

    @Test
    void aShortLossMayBeHeldBackToo() {
        open(builder -> builder.hold(UNKNOWN, HOLD));
        manager.goAway();
        time.advance(JUST_BEFORE);
        manager.comeBack(ConnectionState.ONLINE);
        time.advance(HOLD.multipliedBy(2));
        assertThat(told.states()).containsExactly(ONLINE);
        assertThat(monitor.status().damped()).isEqualTo(2);
    }

    @Test
    void whatTheSourceDoesNotTellTheEndOfIsReadAgainBeforeItIsTold() {
        FakeManager oneWay = new FakeManager(Capabilities.OFFLINE_ONLY, ConnectionState.ONLINE);
        open(builder -> builder.hold(OFFLINE, HOLD).manager(oneWay));
        oneWay.go(ConnectionState.OFFLINE);
        time.advance(Duration.ofSeconds(2));
        oneWay.go(ConnectionState.ONLINE); // tells nobody
        time.advance(HOLD);
        assertThat(told.states()).containsExactly(ONLINE);
        oneWay.go(ConnectionState.OFFLINE);
        time.advance(HOLD);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE);
    }

    @Test
    void aListenerThatComesInsideAHoldIsToldWhatTheOthersWere() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        Recorder late = new Recorder();
        monitor.listen(late);
        time.advance(JUST_BEFORE);
        assertThat(late.states()).containsExactly(ONLINE);
        time.advance(MOMENT);
        assertThat(late.states()).containsExactly(ONLINE, OFFLINE);
        assertThat(late.last()).isEqualTo(told.last());
    }

    @Test
    void theFirstStateIsToldWithoutAHold() {
        FakeManager offline = new FakeManager(Capabilities.BOTH, ConnectionState.OFFLINE);
        open(builder -> builder.hold(OFFLINE, HOLD).manager(offline));
        assertThat(told.states()).containsExactly(OFFLINE);
    }

    @Test
    void aListenerOfAllPhasesIsToldTheRawState() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        Recorder raw = new Recorder();
        monitor.listen(raw, ListenerOptions.DEFAULT.allPhases());
        manager.go(ConnectionState.OFFLINE);
        time.settle();
        assertThat(raw.changes())
                .extracting(ConnectionChange::phase)
                .containsExactly(
                        StateChange.Phase.CHANGE,
                        StateChange.Phase.START,
                        StateChange.Phase.CHANGE,
                        StateChange.Phase.DONE);
        assertThat(told.states()).containsExactly(ONLINE);
    }

    @Test
    void howeverOftenItFlapsOneTaskIsScheduled() {
        open(builder -> builder.hold(OFFLINE, HOLD).hold(ONLINE, HOLD));
        for (int i = 0; i < 1_000; i++) {
            manager.flip(1);
            time.advance(Duration.ofMillis(3));
            assertThat(time.scheduled()).isLessThanOrEqualTo(1);
        }
        assertThat(told.states()).containsExactly(ONLINE);
        assertThat(monitor.status().damped()).isEqualTo(1_000);
    }

    @Test
    void aReturnToOnlineIsHeldJustBeforeAtAndJustAfter() {
        open(builder -> builder.hold(ONLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        manager.go(ConnectionState.ONLINE);
        time.advance(JUST_BEFORE);
        manager.go(ConnectionState.OFFLINE); // just before: as if it had not been online
        assertThat(monitor.status().damped()).isEqualTo(2);
        manager.go(ConnectionState.ONLINE);
        time.advance(HOLD);
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE, ONLINE); // at
        time.advance(MOMENT);
        manager.go(ConnectionState.OFFLINE); // just after
        time.settle();
        assertThat(told.states()).containsExactly(ONLINE, OFFLINE, ONLINE, OFFLINE);
    }

    @Test
    void aHoldMayBeForEver() {
        open(builder -> builder.hold(OFFLINE, ChronoUnit.FOREVER.getDuration()));
        manager.go(ConnectionState.OFFLINE);
        time.advance(Duration.ofDays(1_000));
        assertThat(told.states()).containsExactly(ONLINE);
        manager.goAway();
        time.settle();
        assertThat(told.states()).containsExactly(ONLINE, UNKNOWN);
    }

    @Test
    void aHoldThatIsNegativeIsRefused() {
        open(builder -> builder);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionMonitor.builder().hold(OFFLINE, Duration.ofSeconds(-1)))
                .withMessage("the hold of OFFLINE is PT-1S: it cannot be negative");
    }

    @Test
    void aClosedMonitorLeavesNothingScheduled() {
        open(builder -> builder.hold(OFFLINE, HOLD));
        manager.go(ConnectionState.OFFLINE);
        assertThat(time.scheduled()).isEqualTo(1);
        monitor.close();
        assertThat(time.scheduled()).isZero();
    }

    private void open(UnaryOperator<ConnectionMonitor.Builder> settings) {
        monitor = settings.apply(ConnectionMonitor.builder().manager(manager).time(time))
                .open();
        monitor.listen(told);
        time.settle();
    }
}
