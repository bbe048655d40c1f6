package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.backend;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.tck.model.Rule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Backends that do not do what they owe to the engine. */
final class CarelessBackends {
    static final List<CatalogueEntry> ENTRIES = List.of(
            backend(
                    "asks-over-the-network",
                    "the state is asked for anew at each reading, which takes a while",
                    Map.of(Rule.BACKEND_1, "expected that currentState() returns promptly"),
                    source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                        @Override
                        public ConnectionState currentState() {
                            takeAWhile();
                            return super.currentState();
                        }
                    }),
            backend(
                    "asks-who-is-away",
                    "the state is asked for anew where the source is away, until that is given up",
                    Map.of(Rule.BACKEND_1, "expected that currentState() while the source is away returns promptly"),
                    source -> (profile, sink) -> {
                        KnowingSink knowing = new KnowingSink(sink);
                        return new Careless(source.openBackend(profile, knowing)) {
                            @Override
                            public ConnectionState currentState() {
                                if (knowing.isAway()) {
                                    takeAWhile();
                                }
                                return super.currentState();
                            }
                        };
                    }),
            backend(
                            "state-of-the-opening",
                            "the state is the one that was read at opening, or asked for since",
                            Map.of(Rule.BACKEND_1B, "expected that currentState() is OFFLINE when changed("),
                            source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                                private volatile ConnectionState known = super.currentState();

                                @Override
                                public CompletionStage<Void> beginChange(ConnectionState target) {
                                    return super.beginChange(target).thenRun(() -> known = target);
                                }

                                @Override
                                public ConnectionState currentState() {
                                    return known;
                                }
                            })
                    .alongside(Rule.BACKEND_4),
            backend(
                    "nothing-to-do-for-ever",
                    "the stage of a change into the state that holds is never completed",
                    Map.of(Rule.BACKEND_2, "expected that the stage of beginChange(OFFLINE) completes"),
                    source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                        @Override
                        public CompletionStage<Void> beginChange(ConnectionState target) {
                            return currentState() == target ? new CompletableFuture<>() : super.beginChange(target);
                        }
                    }),
            backend(
                    "success-taken-back",
                    "the stage of a change that was made fails when the next change is asked for",
                    Map.of(Rule.BACKEND_2, "stays as it has completed, a success; it became a failure"),
                    source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                        private CompletableFuture<Void> last = new CompletableFuture<>();

                        @Override
                        public CompletionStage<Void> beginChange(ConnectionState target) {
                            last.obtrudeException(new IllegalStateException("another change was asked for"));
                            last = super.beginChange(target).toCompletableFuture();
                            return last;
                        }
                    }),
            backend(
                    "answers-twice",
                    "who waits for the stage of a change is told of its end twice",
                    Map.of(Rule.BACKEND_2, "completes once; it completed 2 times"),
                    source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                        @Override
                        public CompletionStage<Void> beginChange(ConnectionState target) {
                            return new Twice(super.beginChange(target));
                        }
                    }),
            backend(
                            "changes-before-it-returns",
                            "a change is made, slowly, before beginChange returns",
                            Map.of(Rule.BACKEND_2, "expected that beginChange(OFFLINE) returns promptly"),
                            source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                                @Override
                                public CompletionStage<Void> beginChange(ConnectionState target) {
                                    takeAWhile();
                                    return super.beginChange(target);
                                }
                            })
                    .alongside(Rule.BACKEND_1, Rule.BACKEND_1B, Rule.BACKEND_2B, Rule.BACKEND_7),
            backend(
                    "success-by-habit",
                    "the stage is completed with success whatever the source has said",
                    Map.of(
                            Rule.BACKEND_2B,
                            "expected that the stage fails where the source refuses the change",
                            Rule.BACKEND_7,
                            "expected that the failure says what went wrong"),
                    source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                        @Override
                        public CompletionStage<Void> beginChange(ConnectionState target) {
                            return super.beginChange(target).exceptionally(refused -> null);
                        }
                    }),
            backend(
                    "refusal-forgotten",
                    "the stage of a change that the source refuses is never completed",
                    Map.of(
                            Rule.BACKEND_2B,
                            "expected that the stage of beginChange(OFFLINE) completes",
                            Rule.BACKEND_7,
                            "expected that a source that fails within a change ends the request or the session"),
                    source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                        @Override
                        public CompletionStage<Void> beginChange(ConnectionState target) {
                            CompletableFuture<Void> outcome = new CompletableFuture<>();
                            super.beginChange(target).thenRun(() -> outcome.complete(null));
                            return outcome;
                        }
                    }),
            backend(
                            "reports-its-own-changes-alone",
                            "a change that somebody else makes is not reported",
                            Map.of(Rule.BACKEND_3, "are reported, in this order"),
                            source -> (profile, sink) -> {
                                boolean[] asked = new boolean[1];
                                BackendSink deaf = new PassingSink(sink) {
                                    @Override
                                    public void changed(ConnectionState now) {
                                        if (asked[0]) {
                                            super.changed(now);
                                        }
                                    }
                                };
                                return new Careless(source.openBackend(profile, deaf)) {
                                    @Override
                                    public CompletionStage<Void> beginChange(ConnectionState target) {
                                        asked[0] = true;
                                        return super.beginChange(target)
                                                .whenComplete((done, refused) -> asked[0] = false);
                                    }
                                };
                            })
                    .alongside(Rule.BACKEND_1B),
            backend(
                    "reports-out-of-order",
                    "each report is made by a thread of its own, so a later one may come first",
                    Map.of(Rule.BACKEND_3, "are reported, in this order"),
                    source -> (profile, sink) -> source.openBackend(profile, new PassingSink(sink) {
                        private boolean late;

                        @Override
                        public void changed(ConnectionState now) {
                            late = !late;
                            boolean slow = late;
                            Thread reporter = new Thread(() -> {
                                if (slow) {
                                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                                }
                                super.changed(now);
                            });
                            reporter.setDaemon(true);
                            reporter.start();
                        }
                    })),
            backend(
                            "away-is-offline",
                            "a source that cannot be asked any more is reported as OFFLINE",
                            Map.of(
                                    Rule.BACKEND_4,
                                    "expected that backendLost is reported",
                                    Rule.BACKEND_7,
                                    "expected that a source that goes away ends the session, with its cause"),
                            source -> (profile, sink) -> source.openBackend(profile, new PassingSink(sink) {
                                @Override
                                public void backendLost(Throwable cause) {
                                    super.changed(ConnectionState.OFFLINE);
                                }

                                @Override
                                public void backendRestored(ConnectionState now) {
                                    super.changed(now);
                                }
                            }))
                    .alongside(Rule.BACKEND_1, Rule.BACKEND_2B),
            backend(
                    "restored-as-it-was",
                    "a source that is back is reported in the state that it had when it went away",
                    Map.of(Rule.BACKEND_4, "expected backendRestored(OFFLINE), the state that the source is in"),
                    source -> (profile, sink) -> source.openBackend(profile, new PassingSink(sink) {
                        private volatile ConnectionState before = ConnectionState.ONLINE;

                        @Override
                        public void changed(ConnectionState now) {
                            before = now;
                            super.changed(now);
                        }

                        @Override
                        public void backendRestored(ConnectionState now) {
                            super.backendRestored(before);
                        }
                    })),
            backend(
                    "listens-after-close",
                    "the source's listener is not removed by close",
                    Map.of(Rule.BACKEND_5, "expected that nothing is reported after close() has returned"),
                    source -> (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                        @Override
                        public void close() {}
                    }),
            backend(
                    "reports-what-waits",
                    "the source's listener is not removed by close, and reports wait a little before they are made",
                    Map.of(Rule.BACKEND_5, "expected that nothing is reported after close() has returned"),
                    source -> (profile, sink) -> {
                        Executor soon = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, Runnable::run);
                        BackendSink waiting = new PassingSink(sink) {
                            @Override
                            public void changed(ConnectionState now) {
                                soon.execute(() -> super.changed(now));
                            }
                        };
                        return new Careless(source.openBackend(profile, waiting)) {
                            @Override
                            public void close() {}
                        };
                    }),
            backend(
                    "a-thread-now-and-then",
                    "every fifth backend leaves a thread when it is closed",
                    Map.of(Rule.BACKEND_5, "backends that were opened and closed leave no threads"),
                    source -> {
                        AtomicInteger closed = new AtomicInteger();
                        return (profile, sink) -> new Careless(source.openBackend(profile, sink)) {
                            @Override
                            public void close() {
                                super.close();
                                if (closed.incrementAndGet() % 5 == 0) {
                                    leaveAThread();
                                }
                            }
                        };
                    }),
            backend(
                    "unknown-profile-is-a-failure",
                    "a profile that the source does not know fails with MAPI_E_CALL_FAILED",
                    Map.of(
                            Rule.BACKEND_6,
                            "expected that openBackend(\"no profile of this name \u2013 asked for by the compatibility kit\")"),
                    source -> (profile, sink) -> {
                        if (!source.profileNames().contains(profile)) {
                            throw new OfflineStateException(HResult.MAPI_E_CALL_FAILED, "the source said 17");
                        }
                        return source.openBackend(profile, sink);
                    }),
            backend(
                            "waits-for-the-source",
                            "opening waits without a limit for a source that is away",
                            Map.of(
                                    Rule.BACKEND_6B,
                                    "expected that openBackend(\"main\") fails with MAPI_E_END_OF_SESSION"),
                            source -> (profile, sink) -> {
                                try {
                                    return source.openBackend(profile, sink);
                                } catch (OfflineStateException away) {
                                    if (away.result().equals(HResult.MAPI_E_END_OF_SESSION)) {
                                        new CountDownLatch(1).await();
                                    }
                                    throw away;
                                }
                            })
                    .alongside(Rule.BACKEND_7),
            backend(
                    "away-without-a-word",
                    "opening says that the source is away, and not why",
                    Map.of(Rule.BACKEND_7, "while the source is away fails and says what went wrong"),
                    source -> (profile, sink) -> {
                        try {
                            return source.openBackend(profile, sink);
                        } catch (OfflineStateException failure) {
                            throw new OfflineStateException(failure.result(), "");
                        }
                    }),
            backend(
                            "loss-unreported",
                            "that the source has gone away is not reported at all",
                            Map.of(
                                    Rule.BACKEND_4,
                                    "expected that backendLost is reported",
                                    Rule.BACKEND_7,
                                    "expected that a source that goes away ends the session, with its cause"),
                            source -> (profile, sink) -> source.openBackend(profile, new PassingSink(sink) {
                                @Override
                                public void backendLost(Throwable cause) {}

                                @Override
                                public void backendRestored(ConnectionState now) {}
                            }))
                    .alongside(Rule.BACKEND_1, Rule.BACKEND_2B));

    private CarelessBackends() {}

    private static void takeAWhile() {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }

    /** One that ends some time, longer than any test waits, so that a run of many entries is not slow in the end. */
    private static void leaveAThread() {
        Thread left = new Thread(() -> LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1)), "left by a backend");
        left.setDaemon(true);
        left.start();
    }

    /** What is between the source and the engine: right, but for what is overridden. */
    static class Careless implements Backend {
        private final Backend right;

        Careless(Backend right) {
            this.right = right;
        }

        @Override
        public Capabilities capabilities() {
            return right.capabilities();
        }

        @Override
        public ConnectionState currentState() {
            return right.currentState();
        }

        @Override
        public boolean canSet() {
            return right.canSet();
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            return right.beginChange(target);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    /** A stage that tells twice what another tells once. */
    private static final class Twice extends CompletableFuture<Void> {
        Twice(CompletionStage<Void> once) {
            once.whenComplete((done, refused) -> {
                if (refused == null) {
                    complete(null);
                } else {
                    completeExceptionally(refused);
                }
            });
        }

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            return super.whenComplete(action).whenComplete(action);
        }
    }

    /** What is between the source's reports and the engine: passed on, but for what is overridden. */
    static class PassingSink implements BackendSink {
        private final BackendSink engine;

        PassingSink(BackendSink engine) {
            this.engine = engine;
        }

        @Override
        public void changed(ConnectionState now) {
            engine.changed(now);
        }

        @Override
        public void backendLost(Throwable cause) {
            engine.backendLost(cause);
        }

        @Override
        public void backendRestored(ConnectionState now) {
            engine.backendRestored(now);
        }

        @Override
        public void changeStarting(ConnectionState target) {
            engine.changeStarting(target);
        }

        @Override
        public void changeCancelled() {
            engine.changeCancelled();
        }

        @Override
        public void otherNotification(int type, int mask, int oldState, int newState) {
            engine.otherNotification(type, mask, oldState, newState);
        }
    }

    /** Knows of the source whether it is away. */
    static final class KnowingSink extends PassingSink {
        private volatile boolean away;

        KnowingSink(BackendSink engine) {
            super(engine);
        }

        boolean isAway() {
            return away;
        }

        @Override
        public void backendLost(Throwable cause) {
            away = true;
            super.backendLost(cause);
        }

        @Override
        public void backendRestored(ConnectionState now) {
            away = false;
            super.backendRestored(now);
        }
    }
}
