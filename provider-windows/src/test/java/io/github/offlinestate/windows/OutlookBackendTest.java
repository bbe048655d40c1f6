package io.github.offlinestate.windows;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.windows.com.StandIn;
import io.github.offlinestate.windows.com.StandIn.Count;
import io.github.offlinestate.windows.com.StandIn.Mode;
import io.github.offlinestate.windows.find.FakeMachine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole provider, as an application sees it, over the stand-in. */
@Tag("native")
class OutlookBackendTest {
    private static final String PROFILE = "Outlook";

    private final StandIn outlook = StandIn.fresh().profile(PROFILE, Capabilities.BOTH, ONLINE);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        outlook.drain();
        assertThat(outlook.violations()).isEmpty();
        assertThat(outlook.count(Count.MANAGERS)).isZero();
        assertThat(outlook.count(Count.REGISTRATIONS)).isZero();
        assertThat(outlook.count(Count.CALLBACK_REFERENCES)).isZero();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("offline-state-outlook-keeper")));
    }

    private OfflineManager open() {
        return StandInProvider.over(outlook, EngineSettings.DEFAULT).open(PROFILE);
    }

    private void advise(OfflineManager manager) {
        manager.advise(n -> seen.add(n.type().code() + " " + n.oldState() + ">" + n.newState()));
    }

    @Test
    void aChangeInOutlookIsATriple() {
        try (OfflineManager manager = open()) {
            advise(manager);
            outlook.transition(PROFILE, OFFLINE);
            await().untilAsserted(() -> assertThat(seen).containsExactly("1 2>1", "2 2>1", "3 2>1"));
            assertThat(manager.currentState()).isEqualTo(OFFLINE);
        }
    }

    @Test
    void aChangeFromHereReachesOutlookAndComesBackAsATriple() {
        try (OfflineManager manager = open()) {
            advise(manager);
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(outlook.state(PROFILE)).isEqualTo(OFFLINE);
            assertThat(seen).containsExactly("1 2>1", "2 2>1", "3 2>1");
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NO_START",
                "NO_STATECHANGE",
                "NO_DONE",
                "REVERSED",
                "TWICE",
                "BIG",
                "EXTRA_STATE_BITS",
                "THREAD_EACH"
            })
    void whateverOutlookLeavesOutOrRepeatsAClientSeesTriples(Mode mode) {
        outlook.mode(mode);
        try (OfflineManager manager = open()) {
            advise(manager);
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            manager.setCurrentState(ONLINE, SetFlag.BLOCK);
            assertThat(seen).containsExactly("1 2>1", "2 2>1", "3 2>1", "1 1>2", "2 1>2", "3 1>2");
        }
    }

    @Test
    void nothingAtAllFromOutlookAndTheChangeIsStillFound() {
        outlook.mode(Mode.NO_START, Mode.NO_STATECHANGE, Mode.NO_DONE);
        try (OfflineManager manager = open()) {
            advise(manager);
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(manager.currentState()).isEqualTo(OFFLINE);
            assertThat(seen).containsExactly("1 2>1", "2 2>1", "3 2>1");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, OFFLINE", "2, OFFLINE", "1, ONLINE"})
    void settingWorksWhereOutlookDoesNotTell(int capabilities, ConnectionState target) {
        outlook.profile(PROFILE, new Capabilities(capabilities), target.opposite());
        try (OfflineManager manager = open()) {
            advise(manager);
            manager.setCurrentState(target, SetFlag.BLOCK);
            assertThat(outlook.state(PROFILE)).isEqualTo(target);
            assertThat(manager.currentState()).isEqualTo(target);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void blockInsideANotificationNeverReachesOutlook() {
        List<HResult> results = new CopyOnWriteArrayList<>();
        try (OfflineManager manager = open()) {
            manager.advise(n -> {
                try {
                    manager.setCurrentState(ONLINE, SetFlag.BLOCK);
                } catch (OfflineStateException failed) {
                    results.add(failed.result());
                }
            });
            outlook.record(true);
            outlook.foreign(PROFILE, 77, 3, 1, 2);
            outlook.transition(PROFILE, OFFLINE);
            await().until(() -> results.size() == 4);
            outlook.record(false);
            assertThat(results).containsOnly(HResult.E_PENDING);
            assertThat(outlook.trace()).doesNotContain("SetCurrentState");
        }
    }

    @Test
    void aRefusedChangeTellsOutlooksReason() {
        outlook.failNext(PROFILE, 0x80070005, false);
        try (OfflineManager manager = open()) {
            advise(manager);
            assertThatThrownBy(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK))
                    .isInstanceOf(OfflineStateException.class)
                    .hasStackTraceContaining("E_ACCESSDENIED");
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(seen).containsExactly("1 2>1", "2 2>1", "3 2>1");
        }
    }

    @Test
    void aChangeThatOutlookGivesUpIsAnAbort() {
        outlook.failNext(PROFILE, 0, true);
        try (OfflineManager manager = open()) {
            advise(manager);
            assertThatThrownBy(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK))
                    .isInstanceOf(OfflineStateException.class);
            // A START that is taken back before anybody was told is told to nobody.
            assertThat(seen).isIn(List.of(), List.of("1 2>1", "3 2>2"));
        }
    }

    @Test
    void outlookGoesAndComesBackInAnotherState() {
        try (OfflineManager manager = open()) {
            advise(manager);
            outlook.away(PROFILE, true);
            await().until(() -> !seen.isEmpty());
            assertThatThrownBy(manager::currentState)
                    .isInstanceOfSatisfying(
                            OfflineStateException.class,
                            e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
            outlook.setUnnotified(PROFILE, OFFLINE);
            outlook.away(PROFILE, false);
            await().untilAsserted(() -> assertThat(seen).hasSize(5));
            assertThat(seen.subList(2, 5)).containsExactly("1 2>1", "2 2>1", "3 2>1");
            assertThat(manager.currentState()).isEqualTo(OFFLINE);
            outlook.transition(PROFILE, ONLINE);
            await().untilAsserted(() -> assertThat(seen).hasSize(8));
        }
    }

    @Test
    void anOpeningThatFailsHalfwayLeavesNothing() {
        outlook.mode(Mode.NOTIFY_IN_ADVISE);
        Route route = new InProcessRoute(outlook::load, true);
        IllegalStateException failure = new IllegalStateException("thrown on purpose");
        assertThatThrownBy(() -> OutlookBackend.open(route, PROFILE, new FailingSink(failure), Pace.DEFAULT))
                .isSameAs(failure);
    }

    /** Whatever is thrown at the thread that looks after the session, it goes on looking. */
    @Test
    void anErrorWhileOpeningAgainIsNotTheEnd() {
        InProcessRoute outlooks = new InProcessRoute(outlook::load, true);
        AtomicInteger openings = new AtomicInteger();
        Route failingOnce = (profile, receiver) -> {
            if (openings.incrementAndGet() == 2) {
                throw new NoClassDefFoundError("thrown on purpose");
            }
            return outlooks.open(profile, receiver);
        };
        try (OfflineManager manager = StandInProvider.over(failingOnce).open(PROFILE)) {
            advise(manager);
            outlook.away(PROFILE, true);
            await().until(() -> seen.size() == 1);
            outlook.away(PROFILE, false);
            await().until(() -> seen.size() == 2);
            assertThat(openings).hasValueGreaterThan(2);
            assertThat(manager.currentState()).isEqualTo(ONLINE);
        }
    }

    @Test
    void aRequestThatAnotherTookThePlaceOfHasFailed() {
        outlook.hold(PROFILE, true);
        OutlookBackend backend = OutlookBackend.open(
                new InProcessRoute(outlook::load, true), PROFILE, new FailingSink(null), Pace.DEFAULT);
        try {
            CompletableFuture<Void> first = backend.beginChange(OFFLINE).toCompletableFuture();
            CompletableFuture<Void> second = backend.beginChange(ONLINE).toCompletableFuture();
            assertThat(first).isCompletedExceptionally();
            assertThat(second).isNotSameAs(first);
        } finally {
            backend.close();
            outlook.hold(PROFILE, false);
        }
    }

    /** What COM says of an object whose process has ended. */
    @ParameterizedTest
    @ValueSource(
            ints = {0x80040200, 0x80040605, 0x80010007, 0x80010012, 0x80010108, 0x800401FD, 0x800706BA, 0x800706BE})
    void aCallThatFindsOutlookGoneIsALossAndItIsOpenedAgain(int hresult) {
        try (OfflineManager manager = open()) {
            advise(manager);
            outlook.failNext(PROFILE, hresult, false);
            assertThatThrownBy(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK))
                    .isInstanceOfSatisfying(
                            OfflineStateException.class,
                            e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
            await().untilAsserted(() -> assertThat(seen)
                    .extracting(notification -> notification.split(" ", 2)[0])
                    .containsExactly(
                            String.valueOf(MapiConstants.NOTIFY_TYPE_BACKEND_LOST),
                            String.valueOf(MapiConstants.NOTIFY_TYPE_BACKEND_RESTORED)));
            assertThat(outlook.count(Count.OPENED)).isEqualTo(2);
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(seen.subList(2, 5)).containsExactly("1 2>1", "2 2>1", "3 2>1");
        }
    }

    @Test
    void aChangeBeforeAdviseReturnsIsInTheStateAndNotToldTwice() {
        outlook.mode(Mode.NOTIFY_IN_ADVISE);
        try (OfflineManager manager = open()) {
            assertThat(manager.currentState()).isEqualTo(OFFLINE);
            advise(manager);
            manager.setCurrentState(ONLINE, SetFlag.BLOCK);
            assertThat(seen).containsExactly("1 1>2", "2 1>2", "3 1>2");
        }
    }

    @Test
    void aNotificationAfterTheLastCloseReachesNobody() {
        outlook.mode(Mode.NOTIFY_AFTER_UNADVISE);
        try (OfflineManager manager = open()) {
            advise(manager);
        }
        outlook.drain();
        assertThat(outlook.count(Count.NOTIFIED)).isEqualTo(3);
        assertThat(seen).isEmpty();
    }

    @Test
    void openingWhileOutlookIsAwayFails() {
        outlook.away(PROFILE, true);
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        OfflineStateException.class,
                        e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
    }

    @Test
    void closingWhileOutlookIsAwayIsClean() {
        try (OfflineManager manager = open()) {
            outlook.away(PROFILE, true);
        }
    }

    @Test
    void notFoundOutsideOutlookSaysNothingOfTheProfile() {
        outlook.mode(Mode.OUTSIDE);
        InProcessRoute outside = new InProcessRoute(outlook::load, false);
        assertThatThrownBy(() -> outside.open(PROFILE, n -> {}))
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED))
                .hasMessageContaining("outside its own process");

        InProcessRoute inside = new InProcessRoute(outlook::load, true);
        assertThatThrownBy(() -> inside.open(PROFILE, n -> {}))
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NOT_FOUND));
    }

    @Test
    void whereItCannotWorkNothingIsTried() {
        OutlookProvider provider = new OutlookProvider(
                new FakeMachine("Linux 6.1", "amd64"),
                (profile, receiver) -> {
                    throw new AssertionError("nothing is to be opened");
                },
                EngineSettings.DEFAULT,
                Pace.DEFAULT);
        assertThat(provider.availability().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("Linux"));
        assertThat(provider.profiles()).isEmpty();
        assertThatThrownBy(() -> provider.open(PROFILE))
                .hasMessageContaining("on Windows only")
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
    }

    /** Fails whatever it is told, or takes it and does nothing. */
    private record FailingSink(@Nullable RuntimeException failure) implements BackendSink {
        @Override
        public void changed(ConnectionState now) {
            fail();
        }

        @Override
        public void backendLost(Throwable cause) {
            fail();
        }

        @Override
        public void backendRestored(ConnectionState now) {
            fail();
        }

        @Override
        public void changeStarting(ConnectionState target) {
            fail();
        }

        @Override
        public void changeCancelled() {
            fail();
        }

        @Override
        public void otherNotification(int type, int mask, int oldState, int newState) {
            fail();
        }

        private void fail() {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
