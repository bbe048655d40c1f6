package io.github.offlinestate.spi;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine makes of backends that leave out, repeat, contradict or fail. */
@Timeout(60)
class CarelessBackendTest {
    private final ManualTime time = new ManualTime();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private volatile Capabilities capabilities = Capabilities.BOTH;
    private volatile RuntimeException unreadable;
    private volatile ConnectionState source = ONLINE;
    private volatile BackendSink sink;
    private volatile Answer answer = target -> CompletableFuture.completedFuture(null);

    @FunctionalInterface
    private interface Answer {
        CompletionStage<Void> to(ConnectionState target);
    }

    private class Scripted implements Backend {
        @Override
        public Capabilities capabilities() {
            return capabilities;
        }

        @Override
        public ConnectionState currentState() {
            if (unreadable != null) {
                throw unreadable;
            }
            return source;
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            return answer.to(target);
        }

        @Override
        public void close() {}
    }

    private OfflineManager open() {
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> {
                    sink = given;
                    return new Scripted();
                },
                EngineSettings.DEFAULT.withTime(time));
        OfflineManager manager = provider.open("a profile");
        manager.advise(notification -> told.add(text(notification)));
        return manager;
    }

    private static String text(OfflineNotification notification) {
        return notification
                .stateChange()
                .map(CarelessBackendTest::text)
                .orElseGet(() -> notification.type().toString());
    }

    private static String text(StateChange change) {
        return change.isAbort()
                ? "ABORT " + change.newState()
                : change.phase() + " " + change.oldState() + ">" + change.newState();
    }

    private static String[] triple(ConnectionState to) {
        String states = to.opposite() + ">" + to;
        return new String[] {"START " + states, "CHANGE " + states, "DONE " + states};
    }

    private List<String> told() {
        time.settle();
        List<String> all = List.copyOf(told);
        told.clear();
        return all;
    }

    private void report(ConnectionState now) {
        source = now;
        sink.changed(now);
    }

    @Test
    void withBothCapabilitiesRepetitionsAreNothing() {
        open();
        report(ONLINE);
        report(OFFLINE);
        report(OFFLINE);
        sink.changeStarting(OFFLINE);
        sink.changeCancelled();
        sink.changeStarting(ONLINE);
        sink.changeStarting(ONLINE);
        report(OFFLINE);
        report(ONLINE);
        assertThat(told())
                .containsExactly(
                        "START ONLINE>OFFLINE",
                        "CHANGE ONLINE>OFFLINE",
                        "DONE ONLINE>OFFLINE",
                        "START OFFLINE>ONLINE",
                        "CHANGE OFFLINE>ONLINE",
                        "DONE OFFLINE>ONLINE");
    }

    @Test
    void withOneCapabilityARepetitionMeansAnUntoldChangeBefore() {
        capabilities = Capabilities.OFFLINE_ONLY;
        OfflineManager manager = open();
        report(OFFLINE);
        report(OFFLINE);
        assertThat(told())
                .containsExactly(
                        "START ONLINE>OFFLINE",
                        "CHANGE ONLINE>OFFLINE",
                        "DONE ONLINE>OFFLINE",
                        "START ONLINE>OFFLINE",
                        "CHANGE ONLINE>OFFLINE",
                        "DONE ONLINE>OFFLINE");
        sink.changeStarting(ONLINE);
        sink.changed(ONLINE);
        sink.changed(ONLINE);
        assertThat(told()).isEmpty();
        assertThat(manager.currentState()).isEqualTo(ONLINE);
    }

    @Test
    void whatReadingFindsAndTheBackendHasStillToReportIsNotAnticipated() {
        capabilities = Capabilities.OFFLINE_ONLY;
        OfflineManager manager = open();
        report(OFFLINE);
        assertThat(told()).hasSize(3);
        source = ONLINE;
        assertThat(manager.currentState()).isEqualTo(ONLINE);
        source = OFFLINE; // to be notified, so not anticipated
        assertThat(manager.currentState()).isEqualTo(ONLINE);
        sink.changed(OFFLINE);
        assertThat(told()).containsExactly(triple(OFFLINE));
        assertThat(manager.currentState()).isEqualTo(OFFLINE);
    }

    @Test
    void aRequestsSuccessAndItsReportAreOneChangeInEitherOrder() {
        for (Capabilities each : List.of(Capabilities.BOTH, Capabilities.OFFLINE_ONLY, Capabilities.ONLINE_ONLY)) {
            capabilities = each;
            source = ONLINE;
            OfflineManager manager = open();
            answer = target -> {
                report(target);
                return CompletableFuture.completedFuture(null);
            };
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(told()).as("%s, report first", each).hasSize(each.notifiesOffline() ? 3 : 0);
            answer = target -> {
                source = target;
                return CompletableFuture.completedFuture(null);
            };
            manager.setCurrentState(ONLINE, SetFlag.BLOCK);
            sink.changed(ONLINE);
            assertThat(told()).as("%s, success first", each).hasSize(each.notifiesOnline() ? 3 : 0);
            assertThat(manager.currentState()).isEqualTo(ONLINE);
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(told()).hasSize(each.notifiesOffline() ? 3 : 0);
            manager.close();
        }
    }

    @Test
    void aReportThatComesDuringTheNextRequestIsOfTheOneBefore() throws Exception {
        for (Capabilities each : List.of(Capabilities.OFFLINE_ONLY, Capabilities.BOTH)) {
            capabilities = each;
            source = ONLINE;
            OfflineManager manager = open();
            answer = target -> {
                source = target;
                return CompletableFuture.completedFuture(null);
            };
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(told()).containsExactly(triple(OFFLINE));
            CompletableFuture<Void> outcome = new CompletableFuture<>();
            answer = target -> outcome;
            CompletableFuture<Void> call =
                    CompletableFuture.runAsync(() -> manager.setCurrentState(ONLINE, SetFlag.BLOCK));
            await().until(() -> outcome.getNumberOfDependents() > 0);
            sink.changed(OFFLINE);
            assertThat(told()).as("%s", each).isEmpty();
            assertThat(call).isNotDone();
            source = ONLINE;
            outcome.complete(null);
            assertThat(call).succeedsWithin(60, TimeUnit.SECONDS);
            assertThat(told()).as("%s", each).hasSize(each.notifiesOnline() ? 3 : 0);
            assertThat(manager.currentState()).isEqualTo(ONLINE);
            manager.close();
        }
    }

    @Test
    void aFailureThatComesWithItsStartLeavesNothingOpenAndIsTheBackendsOwn() {
        OfflineManager manager = open();
        IllegalStateException cause = new IllegalStateException("the cable is cut");
        answer = target -> {
            sink.changeStarting(target);
            return CompletableFuture.failedFuture(cause);
        };
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK))
                .withCause(cause)
                .withMessageContaining("a profile");
        // A START that was not delivered yet is taken back, else it is closed; never is one left open.
        assertThat(told()).isIn(List.of(), List.of("START ONLINE>OFFLINE", "ABORT ONLINE"));
    }

    @Test
    void aRequestThatTheBackendCallsOffItselfEndsAfterItsAbort() {
        OfflineManager manager = open();
        answer = target -> {
            sink.changeStarting(target);
            CompletableFuture<Void> outcome = new CompletableFuture<>();
            time.schedule(
                    () -> {
                        sink.changeCancelled();
                        outcome.completeExceptionally(new IllegalStateException("called off"));
                    },
                    Duration.ofSeconds(1));
            return outcome;
        };
        List<String> toldAtTheEnd = new ArrayList<>();
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> {
            try {
                manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            } finally {
                toldAtTheEnd.addAll(List.copyOf(told));
            }
        });
        await().until(() -> told.contains("START ONLINE>OFFLINE"));
        time.advance(Duration.ofSeconds(1));
        assertThat(call).failsWithin(60, TimeUnit.SECONDS);
        assertThat(toldAtTheEnd).containsExactly("START ONLINE>OFFLINE", "ABORT ONLINE");
    }

    @Test
    void whatBeginChangeDoesWrongFailsTheRequestAlone() {
        OfflineManager manager = open();
        List<Answer> wrong = List.of(
                target -> {
                    throw new IllegalStateException("thrown");
                },
                target -> {
                    throw new StackOverflowError("thrown too");
                },
                target -> {
                    throw sneaky(new IOException("not declared"));
                },
                target -> null);
        for (Answer each : wrong) {
            answer = each;
            OfflineStateException failure = catchThrowableOfType(
                    OfflineStateException.class, () -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK));
            assertThat(failure.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED);
            assertThat(failure).hasCauseInstanceOf(Throwable.class);
            manager.setCurrentState(OFFLINE, SetFlag.DEFAULT);
            assertThat(told()).isEmpty();
            assertThat(manager.currentState()).isEqualTo(ONLINE);
        }
    }

    @SuppressWarnings("unchecked") // what other languages of the JVM throw without saying so
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void aTimeThatFailsFailsTheRequestAlone() {
        AtomicInteger failures = new AtomicInteger();
        TimeSource failing = new TimeSource() {
            @Override
            public long nanoTime() {
                return time.nanoTime();
            }

            @Override
            public Instant instant() {
                return time.instant();
            }

            @Override
            public Scheduled schedule(Runnable task, Duration delay) {
                fail("schedule");
                return time.schedule(task, delay);
            }

            @Override
            public Work begin(String what) {
                fail("begin");
                return time.begin(what);
            }

            private void fail(String what) {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("this time is over: " + what);
                }
            }
        };
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> {
                    sink = given;
                    return new Scripted();
                },
                EngineSettings.DEFAULT.withTime(failing));
        OfflineManager manager = provider.open("a profile");
        manager.advise(notification -> told.add(text(notification)));
        failures.set(1);
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK))
                .withMessageContaining("this time is over")
                .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
        failures.set(1);
        sink.changed(OFFLINE); // cannot be told of now
        sink.changed(ONLINE);
        assertThat(told()).containsExactly(triples(OFFLINE, ONLINE));
        manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
        assertThat(told()).containsExactly(triple(OFFLINE));
        failures.set(2);
        sink.changeStarting(ONLINE); // nor can its limit be set
        sink.changed(ONLINE);
        assertThat(told()).containsExactly(triple(ONLINE));
    }

    private static String[] triples(ConnectionState... states) {
        return Stream.of(states).flatMap(state -> Stream.of(triple(state))).toArray(String[]::new);
    }

    @Test
    void aRequestThatIsNotAnsweredFailsWhenItsTimeIsOver() throws Exception {
        OfflineManager manager = open();
        answer = target -> new CompletableFuture<>();
        CompletableFuture<Void> call =
                CompletableFuture.runAsync(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK));
        await().until(() -> {
            try {
                manager.setCurrentState(OFFLINE, SetFlag.DEFAULT);
                return false;
            } catch (OfflineStateException e) {
                return e.result().equals(HResult.E_PENDING);
            }
        });
        time.advance(Duration.ofSeconds(59));
        assertThat(call).isNotDone();
        time.advance(Duration.ofSeconds(1));
        assertThat(call)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("within PT1M");
        answer = target -> CompletableFuture.completedFuture(null);
        manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
        assertThat(told()).containsExactly(triple(OFFLINE));
    }

    @Test
    void theLimitOfAStartEndsItNotBeforeItsTimeAndNothingAfterIt() {
        OfflineManager manager = open();
        sink.changeStarting(OFFLINE);
        time.advance(Duration.ofSeconds(59));
        assertThat(told()).containsExactly("START ONLINE>OFFLINE");
        time.advance(Duration.ofSeconds(1));
        assertThat(told()).containsExactly("ABORT ONLINE");
        assertThat(manager.currentState()).isEqualTo(ONLINE);
        sink.changeStarting(OFFLINE);
        sink.changeCancelled();
        sink.changeCancelled();
        report(OFFLINE);
        assertThat(told()).endsWith(triple(OFFLINE));
        time.advance(Duration.ofSeconds(120));
        assertThat(told()).isEmpty();
    }

    @Test
    void noTimePassesBetweenTheLimitOfARequestAndItsAsking() {
        TimeSource hasty = new TimeSource() {
            @Override
            public long nanoTime() {
                return time.nanoTime();
            }

            @Override
            public Instant instant() {
                return time.instant();
            }

            @Override
            public Scheduled schedule(Runnable task, Duration delay) {
                Scheduled scheduled = time.schedule(task, delay);
                if (time.isIdle()) {
                    time.advance(delay); // somebody has waited for it to come to rest
                }
                return scheduled;
            }

            @Override
            public Work begin(String what) {
                return time.begin(what);
            }
        };
        BackendProvider provider = BackendProvider.of(
                "careless", (profile, given) -> new Scripted(), EngineSettings.DEFAULT.withTime(hasty));
        OfflineManager manager = provider.open("a profile");
        manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
        assertThat(manager.currentState()).isEqualTo(OFFLINE);
    }

    @Test
    void aTimeThatRingsAfterItWasCalledOffEndsNothing() {
        List<Runnable> rings = new ArrayList<>();
        TimeSource deaf = new TimeSource() {
            private int schedules;

            @Override
            public long nanoTime() {
                return time.nanoTime();
            }

            @Override
            public Instant instant() {
                return time.instant();
            }

            @Override
            public Scheduled schedule(Runnable task, Duration delay) {
                rings.add(task);
                if (schedules++ == 0) {
                    report(OFFLINE); // faster than the limit of its START is set
                }
                return () -> {};
            }

            @Override
            public Work begin(String what) {
                return time.begin(what);
            }
        };
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> {
                    sink = given;
                    return new Scripted();
                },
                EngineSettings.DEFAULT.withTime(deaf));
        OfflineManager manager = provider.open("a profile");
        manager.advise(notification -> told.add(text(notification)));
        sink.changeStarting(OFFLINE);
        assertThat(told()).containsExactly(triple(OFFLINE));
        rings.forEach(Runnable::run);
        sink.changeStarting(ONLINE);
        assertThat(told()).containsExactly("START OFFLINE>ONLINE");
        rings.get(0).run();
        sink.backendLost(new IllegalStateException("gone"));
        rings.forEach(Runnable::run);
        assertThat(told()).containsExactly("BACKEND_LOST");
        sink.backendRestored(ONLINE);
        assertThat(told()).containsExactly("BACKEND_RESTORED", "CHANGE OFFLINE>ONLINE", "DONE OFFLINE>ONLINE");
        manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
        rings.forEach(Runnable::run); // the request's too
        assertThat(told()).containsExactly(triple(OFFLINE));
        assertThat(manager.currentState()).isEqualTo(OFFLINE);
    }

    @Test
    void CLOSE_1_closingEndsWhoWaitsAndWhatTheSourceSaysLaterIsNothing() {
        OfflineManager manager = open();
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        answer = target -> outcome;
        CompletableFuture<Void> call =
                CompletableFuture.runAsync(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK));
        await().until(() -> outcome.getNumberOfDependents() > 0);
        manager.close();
        assertThat(call)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("MAPI_E_NOT_INITIALIZED");
        outcome.complete(null);
        time.advance(Duration.ofSeconds(120));
        assertThat(told()).isEmpty();
        assertThat(time.scheduled()).as("nothing is left to ring").isZero();
    }

    @Test
    void aBackendThatHangsInAChangeDoesNotHoldUpClosingForEver() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> new Scripted() {
                    @Override
                    public CompletionStage<Void> beginChange(ConnectionState target) {
                        asked.countDown();
                        assertThatCode(end::await).doesNotThrowAnyException();
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public void close() {
                        closed.countDown();
                    }
                },
                EngineSettings.DEFAULT.withCloseLimit(Duration.ofMillis(50)));
        OfflineManager manager = provider.open("a profile");
        manager.setCurrentState(OFFLINE, SetFlag.DEFAULT);
        assertThatCode(asked::await).doesNotThrowAnyException();
        manager.close();
        await().until(() -> closed.getCount() == 0);
        end.countDown();
        await().untilAsserted(() -> provider.open("a profile").close());
    }

    @Test
    void anOpenStartWaitsForTheBackendAndIsClosedAfterItsReturn() {
        for (ConnectionState back : ConnectionState.values()) {
            source = ONLINE;
            OfflineManager manager = open();
            sink.changeStarting(OFFLINE);
            assertThat(told()).containsExactly("START ONLINE>OFFLINE");
            sink.backendLost(new IllegalStateException("gone"));
            sink.backendLost(new IllegalStateException("gone twice"));
            report(OFFLINE);
            sink.changeStarting(OFFLINE);
            sink.changeCancelled();
            sink.otherNotification(9, 9, 9, 9);
            time.advance(Duration.ofSeconds(300));
            assertThat(told()).containsExactly("BACKEND_LOST");
            sink.backendRestored(back);
            assertThat(told())
                    .containsExactlyElementsOf(
                            back == OFFLINE
                                    ? List.of("BACKEND_RESTORED", "CHANGE ONLINE>OFFLINE", "DONE ONLINE>OFFLINE")
                                    : List.of("BACKEND_RESTORED", "ABORT ONLINE"));
            manager.close();
        }
    }

    @Test
    void LOST_4_aLossThatIsReportedTwiceIsToldOnce() {
        open();
        sink.backendLost(new IllegalStateException("gone"));
        sink.backendLost(new IllegalStateException("gone, said another thread"));
        sink.backendRestored(ONLINE);
        sink.backendRestored(ONLINE);
        assertThat(told()).containsExactly("BACKEND_LOST", "BACKEND_RESTORED");
    }

    @Test
    void aRestoringWithoutALossIsAReport() {
        open();
        sink.backendRestored(ONLINE);
        assertThat(told()).isEmpty();
        sink.backendRestored(OFFLINE);
        assertThat(told()).containsExactly(triple(OFFLINE));
    }

    @Test
    void notificationsThatLookLikeTheEnginesOwnAreNotPassedOn() {
        open();
        sink.otherNotification(2, 3, 2, 1);
        sink.otherNotification(0x4F53_0001, 0, 0, 0);
        sink.otherNotification(2, 7, 2, 1);
        sink.otherNotification(99, 3, 2, 1);
        assertThat(told()).containsExactly("STATECHANGE", "0x00000063");
    }

    @Test
    @SuppressWarnings("NullAway") // a backend without null checking
    void nullsAreIgnored() {
        open();
        sink.changed(null);
        sink.changeStarting(null);
        sink.backendLost(null);
        sink.backendRestored(null);
        report(OFFLINE);
        assertThat(told()).containsExactly(triple(OFFLINE));
    }

    @Test
    void reportsAfterClosingAreIgnored() {
        OfflineManager manager = open();
        manager.close();
        sink.changed(OFFLINE);
        sink.backendLost(new IllegalStateException("gone"));
        sink.otherNotification(99, 3, 2, 1);
        assertThat(told()).isEmpty();
    }

    @Test
    void reportsFromManyThreadsAreOneChain() throws Exception {
        open();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ConnectionState mine = i % 2 == 0 ? ONLINE : OFFLINE;
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (int n = 0; n < 200; n++) {
                    sink.changed(mine);
                }
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> all = told();
        ConnectionState state = ONLINE;
        for (int i = 0; i < all.size(); i += 3) {
            state = state.opposite();
            assertThat(all.subList(i, i + 3)).containsExactly(triple(state));
        }
    }

    @Test
    void whatGoesWrongAtOpeningIsToldAndLeavesNothingOpen() {
        List<BackendFactory> wrong = List.of(
                (profile, given) -> {
                    throw new IOException("no route");
                },
                (profile, given) -> null,
                (profile, given) -> {
                    throw new InterruptedException("while opening");
                });
        for (BackendFactory each : wrong) {
            BackendProvider provider = BackendProvider.of("careless", each, EngineSettings.DEFAULT);
            assertThatExceptionOfType(OfflineStateException.class)
                    .isThrownBy(() -> provider.open("a profile"))
                    .withMessageContaining("a profile")
                    .withMessageContaining("careless")
                    .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
        }
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }

    @Test
    void OPEN_2_whatTheBackendSaysOfAProfileIsToldOnceWithItsCode() {
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> {
                    throw new OfflineStateException(HResult.MAPI_E_NOT_FOUND, "no such mailbox");
                },
                EngineSettings.DEFAULT);
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(() -> provider.open("a profile"))
                .withMessage("opening profile \"a profile\" of provider \"careless\": no such mailbox"
                        + " [MAPI_E_NOT_FOUND (0x8004010F)]")
                .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NOT_FOUND));
    }

    @Test
    @SuppressWarnings("NullAway") // a backend without null checking
    void aBackendThatCannotTellItsStateAtOpeningIsClosed() {
        for (int which = 0; which < 3; which++) {
            int wrong = which;
            CountDownLatch closed = new CountDownLatch(1);
            BackendProvider provider = BackendProvider.of(
                    "careless",
                    (profile, given) -> new Backend() {
                        @Override
                        public Capabilities capabilities() {
                            return wrong == 0 ? null : Capabilities.BOTH;
                        }

                        @Override
                        public ConnectionState currentState() {
                            if (wrong == 1) {
                                throw new IllegalStateException("no answer");
                            }
                            return wrong == 2 ? null : ONLINE;
                        }

                        @Override
                        public void close() {
                            closed.countDown();
                            throw new IllegalStateException("nor to closing");
                        }
                    },
                    EngineSettings.DEFAULT);
            assertThatExceptionOfType(OfflineStateException.class).isThrownBy(() -> provider.open("a profile"));
            assertThat(closed.getCount()).isZero();
        }
    }

    @Test
    void whatIsReportedDuringOpeningIsNotLost() {
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> {
                    sink = given;
                    given.changeStarting(OFFLINE);
                    given.changeCancelled();
                    given.otherNotification(99, 3, 2, 1);
                    given.backendLost(new IllegalStateException("for a moment"));
                    given.backendRestored(ONLINE);
                    return new Scripted() {
                        private int readings;

                        @Override
                        public ConnectionState currentState() {
                            if (readings++ == 0) {
                                given.changed(OFFLINE); // while the state is being read
                                return ONLINE;
                            }
                            return OFFLINE;
                        }
                    };
                },
                EngineSettings.DEFAULT);
        assertThat(provider.open("a profile").currentState()).isEqualTo(OFFLINE);
    }

    @Test
    void aSourceThatFlapsFasterThanItIsReadOpensAllTheSame() {
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> new Scripted() {
                    @Override
                    public ConnectionState currentState() {
                        given.changed(OFFLINE);
                        return ONLINE;
                    }
                },
                EngineSettings.DEFAULT);
        assertThat(provider.open("a profile").currentState()).isEqualTo(OFFLINE);
    }

    @Test
    void aBackendThatIsLostWhileItOpensIsAway() {
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> {
                    given.backendLost(new IllegalStateException("gone"));
                    return new Scripted();
                },
                EngineSettings.DEFAULT);
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(() -> provider.open("a profile"))
                .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
    }

    @Test
    void aBackendThatCannotBeAskedFailsTheReading() {
        capabilities = Capabilities.NONE;
        OfflineManager manager = open();
        source = OFFLINE;
        assertThat(manager.currentState()).isEqualTo(OFFLINE);
        for (RuntimeException each : List.of(
                new IllegalStateException("no answer"), new OfflineStateException(HResult.E_PENDING, "not now"))) {
            unreadable = each;
            assertThatExceptionOfType(OfflineStateException.class)
                    .isThrownBy(manager::currentState)
                    .withStackTraceContaining(each.getMessage());
        }
        unreadable = null;
        assertThat(manager.currentState()).isEqualTo(OFFLINE);
    }

    @Test
    @SuppressWarnings("NullAway") // a backend without null checking
    void aBackendThatGivesNoStateFailsTheReading() {
        for (Capabilities each : List.of(Capabilities.NONE, Capabilities.OFFLINE_ONLY, Capabilities.ONLINE_ONLY)) {
            capabilities = each;
            source = ONLINE;
            OfflineManager manager = open();
            source = null;
            assertThatExceptionOfType(OfflineStateException.class)
                    .as("%s", each)
                    .isThrownBy(manager::currentState)
                    .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
            source = ONLINE;
            assertThat(manager.currentState()).isEqualTo(ONLINE);
        }
    }

    @Test
    void closingWaitsForWhoReadsTheBackend() throws Exception {
        capabilities = Capabilities.NONE;
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        BackendProvider provider = BackendProvider.of(
                "closing",
                (profile, given) -> new Scripted() {
                    @Override
                    public ConnectionState currentState() {
                        if (Thread.currentThread().getName().equals("reader")) {
                            reading.countDown();
                            assertThatCode(read::await).doesNotThrowAnyException();
                        }
                        return source;
                    }

                    @Override
                    public void close() {
                        closed.countDown();
                    }
                },
                EngineSettings.DEFAULT);
        OfflineManager manager = provider.open("a profile");
        Thread reader = new Thread(manager::currentState, "reader");
        reader.start();
        reading.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(manager::close);
        await().until(() -> closed.getCount() == 0 || isWaiting("offline-state-closing-1"));
        assertThat(closed.getCount()).as("not closed while it is read").isEqualTo(1);
        read.countDown();
        assertThat(closing).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(closed.getCount()).isZero();
        reader.join();
    }

    @Test
    void whatIsReportedWhileTheStateIsReadIsNewerThanTheAnswer() {
        capabilities = Capabilities.OFFLINE_ONLY;
        source = OFFLINE;
        List<Runnable> meanwhile = new ArrayList<>();
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> {
                    sink = given;
                    return new Scripted() {
                        @Override
                        public ConnectionState currentState() {
                            ConnectionState before = source;
                            List.copyOf(meanwhile).forEach(Runnable::run);
                            meanwhile.clear();
                            return before;
                        }
                    };
                },
                EngineSettings.DEFAULT.withTime(time).withCloseLimit(Duration.ofMillis(50)));
        OfflineManager manager = provider.open("a profile");
        manager.advise(notification -> told.add(text(notification)));
        source = ONLINE;
        meanwhile.add(
                () -> { // it came back, and that was told, before the answer arrived
                    report(OFFLINE);
                    time.settle();
                });
        assertThat(manager.currentState()).isEqualTo(OFFLINE);
        assertThat(told()).containsExactly(triple(OFFLINE));
        source = ONLINE;
        meanwhile.add(() -> sink.changeStarting(OFFLINE));
        assertThat(manager.currentState()).isEqualTo(OFFLINE);
        source = ONLINE;
        meanwhile.add(() -> sink.backendLost(new IllegalStateException("gone")));
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(manager::currentState)
                .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
        sink.backendRestored(ONLINE);
        time.settle();
        assertThat(manager.currentState()).isEqualTo(ONLINE);
        source = OFFLINE;
        meanwhile.add(manager::close); // waits for this reading no longer than the limit
        assertThat(manager.currentState()).isEqualTo(ONLINE);
    }

    private static boolean isWaiting(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals(thread) && each.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void CAP_4_capabilitiesDoNotChangeWhileOpen() {
        OfflineManager manager = open();
        capabilities = Capabilities.NONE;
        assertThat(manager.capabilities()).isEqualTo(Capabilities.BOTH);
        report(OFFLINE);
        assertThat(told()).containsExactly(triple(OFFLINE));
    }

    @Test
    void aBackendThatHangsInItsCloseIsNotWaitedForForEver() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        BackendProvider provider = BackendProvider.of(
                "careless",
                (profile, given) -> new Scripted() {
                    @Override
                    public void close() {
                        boolean interrupted = false;
                        while (end.getCount() > 0) {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                interrupted = true;
                            }
                        }
                        assertThat(interrupted).isFalse();
                    }
                },
                EngineSettings.DEFAULT.withCloseLimit(Duration.ofMillis(50)));
        OfflineManager manager = provider.open("a profile");
        Thread.currentThread().interrupt();
        manager.close();
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(() -> provider.open("a profile"))
                .withMessageContaining("closing")
                .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        end.countDown();
        await().untilAsserted(() -> provider.open("a profile").close());
    }
}
