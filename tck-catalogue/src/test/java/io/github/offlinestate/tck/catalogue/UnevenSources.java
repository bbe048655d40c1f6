package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.tck.catalogue.MemoryFixture.ProviderMaker;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Rule;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Backends that owe the engine nothing, and each make it do another part of its work. */
enum UnevenSources {
    /** The simulated provider, asked on its own threads. */
    SIMULATED(EnumSet.allOf(Rule.class), SimulatedFixture::new),

    /** Reports each change once, and before the request for it has succeeded. */
    PLAIN(rulesOf("CAP", "STATE", "SET", "NOTIFY", "LOST"), inMemory(source -> source)),

    /** Tells of the begin of each change, more than once, and that it is taken back before it says why. */
    PHASES(
            EnumSet.of(
                    Rule.CAP_3,
                    Rule.STATE_2,
                    Rule.STATE_2B,
                    Rule.SET_1B,
                    Rule.SET_3,
                    Rule.SET_4,
                    Rule.SET_5,
                    Rule.SET_6,
                    Rule.SET_6C,
                    Rule.SET_6D,
                    Rule.ADVISE_10,
                    Rule.NOTIFY_1,
                    Rule.NOTIFY_3,
                    Rule.NOTIFY_4,
                    Rule.NOTIFY_10,
                    Rule.NOTIFY_11,
                    Rule.NOTIFY_11B,
                    Rule.LOST_2B,
                    Rule.LOST_3,
                    Rule.LOST_4),
            inMemory(source -> (profile, sink) -> {
                Told phases = new Told(sink) {
                    @Override
                    public void changed(ConnectionState now) {
                        super.changeStarting(now.opposite());
                        super.changeStarting(now);
                        super.changeStarting(now);
                        super.changed(now);
                        super.changeCancelled(); // there is nothing to be cancelled any more
                    }
                };
                return new Made(source.openBackend(profile, phases), phases) {
                    @Override
                    public CompletionStage<Void> beginChange(ConnectionState target) {
                        CompletableFuture<Void> outcome = new CompletableFuture<>();
                        super.beginChange(target).whenComplete((done, refused) -> {
                            if (refused == null) {
                                outcome.complete(null);
                            } else {
                                sink.changeCancelled();
                                outcome.completeExceptionally(refused);
                            }
                        });
                        return outcome;
                    }
                };
            })),

    /** Says everything twice, and does not throw what it fails with in the same way each time. */
    REPEATS(
            EnumSet.of(
                    Rule.SET_1B,
                    Rule.SET_4,
                    Rule.SET_6,
                    Rule.SET_6B,
                    Rule.SET_6D,
                    Rule.NOTIFY_1,
                    Rule.NOTIFY_4,
                    Rule.NOTIFY_10,
                    Rule.LOST_1,
                    Rule.LOST_2,
                    Rule.LOST_3,
                    Rule.LOST_3B,
                    Rule.LOST_4),
            inMemory(source -> (profile, sink) -> {
                Told twice = new Told(sink) {
                    @Override
                    public void changed(ConnectionState now) {
                        super.changed(now);
                        if (isTwofold()) {
                            super.changed(now);
                        }
                        passOn(NotifyType.STATECHANGE, MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK);
                    }

                    @Override
                    public void backendLost(Throwable cause) {
                        super.backendLost(cause);
                        passOn(NotifyType.BACKEND_LOST, 0);
                        super.backendLost(new IllegalStateException("said again"));
                    }

                    /** As if it were none of the documented ones. */
                    private void passOn(NotifyType type, int mask) {
                        super.otherNotification(type.code(), mask, 1, 2);
                    }

                    @Override
                    public void backendRestored(ConnectionState now) {
                        super.changed(now.opposite()); // a last word of the session that is gone
                        super.backendRestored(now);
                        super.backendRestored(now);
                    }
                };
                return new Made(source.openBackend(profile, twice), twice) {
                    @Override
                    public CompletionStage<Void> beginChange(ConnectionState target) {
                        CompletionStage<Void> outcome = super.beginChange(target);
                        try {
                            outcome.toCompletableFuture().getNow(null);
                        } catch (CompletionException refused) {
                            throw refused; // not by the stage
                        }
                        return outcome;
                    }
                };
            })),

    /** Does not report what it was asked for: that the request has succeeded is the change. */
    ANSWERS_ALONE(
            EnumSet.of(
                    Rule.CAP_3C,
                    Rule.STATE_2B,
                    Rule.SET_1,
                    Rule.SET_1B,
                    Rule.SET_3,
                    Rule.SET_4,
                    Rule.SET_5,
                    Rule.NOTIFY_1,
                    Rule.NOTIFY_3,
                    Rule.NOTIFY_4),
            inMemory(source -> (profile, sink) -> {
                Told quiet = new Told(sink);
                return new Made(source.openBackend(profile, quiet), quiet) {
                    @Override
                    public CompletionStage<Void> beginChange(ConnectionState target) {
                        if (!capabilities().notifiesBoth()) {
                            return super.beginChange(target); // what is left out here could not be discovered
                        }
                        quiet.isQuiet.set(true);
                        try {
                            return super.beginChange(target);
                        } finally {
                            quiet.isQuiet.remove();
                        }
                    }
                };
            })),

    /** Answers on a thread of its own, and reports the change after that. */
    ANSWERS_FIRST(
            EnumSet.of(
                    Rule.CAP_1,
                    Rule.CAP_3,
                    Rule.CAP_3C,
                    Rule.STATE_4,
                    Rule.STATE_4B,
                    Rule.SET_1B,
                    Rule.SET_4,
                    Rule.SET_6,
                    Rule.NOTIFY_1,
                    Rule.NOTIFY_4),
            inMemory(source -> (profile, sink) -> {
                Told quiet = new Told(sink);
                ExecutorService answering = Executors.newSingleThreadExecutor();
                return new Made(source.openBackend(profile, quiet), quiet) {
                    @Override
                    public CompletionStage<Void> beginChange(ConnectionState target) {
                        CompletableFuture<Void> outcome = new CompletableFuture<>();
                        answering.execute(() -> answer(target, outcome));
                        return outcome;
                    }

                    private void answer(ConnectionState target, CompletableFuture<Void> outcome) {
                        boolean reports = capabilities().notifies(target) && currentState() != target;
                        quiet.isQuiet.set(true);
                        super.beginChange(target).whenComplete((done, refused) -> {
                            if (refused == null) {
                                outcome.complete(null);
                                if (reports) {
                                    sink.changed(target);
                                }
                            } else {
                                outcome.completeExceptionally(new CompletionException(refused));
                            }
                        });
                        quiet.isQuiet.remove();
                    }

                    @Override
                    public void close() {
                        super.close();
                        answering.shutdown();
                    }
                };
            })),

    /** Reports from within the opening, and fails to close. */
    RUDE(
            EnumSet.of(
                    Rule.OPEN_1,
                    Rule.OPEN_4,
                    Rule.OPEN_7,
                    Rule.STATE_1,
                    Rule.NOTIFY_1,
                    Rule.CLOSE_4,
                    Rule.CLOSE_4B,
                    Rule.CLOSE_4C),
            inMemory(source -> (profile, sink) -> {
                Backend backend = source.openBackend(profile, sink);
                sink.changed(backend.currentState());
                sink.otherNotification(0x7001, 0x30, 0, 1);
                sink.backendLost(new IllegalStateException("a hiccup while it was opened"));
                sink.backendRestored(backend.currentState());
                return new Made(backend, new Told(sink)) {
                    @Override
                    public void close() {
                        super.close();
                        throw new IllegalStateException("closed, and rude about it");
                    }
                };
            })),

    /** Has changed by the time that it has been read. */
    RESTLESS(
            EnumSet.of(Rule.OPEN_1, Rule.NOTIFY_1),
            inMemory(source -> (profile, sink) -> new CarelessBackends.Careless(source.openBackend(profile, sink)) {
                @Override
                public ConnectionState currentState() {
                    ConnectionState read = super.currentState();
                    source.flip(profile);
                    return read;
                }
            })),

    /** Goes away while it is read for the first time, and is back in the other state. */
    BLINKING(
            EnumSet.of(Rule.NOTIFY_1),
            inMemory(source -> (profile, sink) -> new CarelessBackends.Careless(source.openBackend(profile, sink)) {
                private boolean restored;

                @Override
                public ConnectionState currentState() {
                    ConnectionState read = super.currentState();
                    if (!restored) {
                        restored = true;
                        sink.backendLost(new IllegalStateException("a hiccup while it is opened"));
                        source.changeUntold(profile, read.opposite());
                        sink.backendRestored(read.opposite());
                    }
                    return read;
                }
            })),

    /** Opens although it is away, and says so then; gives nothing to wait for where it refuses. */
    HASTY(EnumSet.of(Rule.OPEN_7, Rule.SET_6, Rule.SET_6D), inMemory(source -> (profile, sink) -> {
        try {
            return new CarelessBackends.Careless(source.openBackend(profile, sink)) {
                @Override
                @SuppressWarnings("NullAway") // that is what is wrong with it
                public CompletionStage<Void> beginChange(ConnectionState target) {
                    CompletionStage<Void> outcome = super.beginChange(target);
                    return outcome.toCompletableFuture().isCompletedExceptionally() ? null : outcome;
                }
            };
        } catch (OfflineStateException away) {
            sink.backendLost(away);
            return new Nowhere();
        }
    })),

    /** Never says that it has refused. */
    FORGETFUL(
            EnumSet.of(Rule.SET_6, Rule.SET_6B),
            inMemory(
                    source -> (profile, sink) -> new CarelessBackends.Careless(source.openBackend(profile, sink)) {
                        @Override
                        public CompletionStage<Void> beginChange(ConnectionState target) {
                            CompletableFuture<Void> outcome = new CompletableFuture<>();
                            super.beginChange(target).thenRun(() -> outcome.complete(null));
                            return outcome;
                        }
                    },
                    settings -> settings.withRequestLimit(Duration.ofMillis(700)))),

    /** Takes its time to close, and cannot be opened again before that. */
    EXCLUSIVE(
            EnumSet.of(Rule.OPEN_4, Rule.CLOSE_1C, Rule.CLOSE_4, Rule.CLOSE_4B), inMemory(source -> (profile, sink) -> {
                if (source.openSessions(profile) > 0) {
                    throw new IllegalStateException("there is a session, and there can be one only");
                }
                return new CarelessBackends.Careless(source.openBackend(profile, sink)) {
                    @Override
                    public void close() {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                        super.close();
                    }
                };
            })),

    /** Is still being asked when the object is closed, and never answers. */
    SILENT(EnumSet.of(Rule.CLOSE_4C), inMemory(HeldSources::silent)),

    /** Is asked until it is closed. */
    STUCK(
            EnumSet.of(Rule.CLOSE_4C),
            inMemory(HeldSources::stuck, settings -> settings.withCloseLimit(HeldSources.BRIEF))),

    /** Does not come to the end of its close before the test is over, and cannot be opened again till then. */
    CLINGING(
            EnumSet.of(Rule.LOST_1),
            watch -> new HeldSources.ClingingFixture(closed(
                    behindTheEngine(
                            watch, HeldSources::clinging, settings -> settings.withCloseLimit(HeldSources.BRIEF)),
                    (manager, provider, profile) -> {
                        manager.close();
                        HeldSources.expectClosing(watch, provider, profile);
                    }))),

    /** Tells of going offline alone, and is being read when it is closed. */
    READ_TO_THE_LAST(
            EnumSet.of(Rule.OPEN_1, Rule.CLOSE_1C),
            watch -> new MemoryFixture(
                    () -> new MemorySource(Capabilities.OFFLINE_ONLY, true),
                    closed(
                            behindTheEngine(watch, HeldSources::slowToRead, settings -> settings),
                            ClosedBySomebody::whileRead))),

    /** Begins a change as soon as it is back. */
    EAGER(
            EnumSet.of(Rule.LOST_1B),
            inMemory(source -> (profile, sink) -> source.openBackend(profile, new CarelessBackends.PassingSink(sink) {
                @Override
                public void backendRestored(ConnectionState now) {
                    super.backendRestored(now);
                    super.changeStarting(now.opposite());
                }
            }))),

    /** Passes on something foreign behind each beginning of a change. */
    CHATTY(
            EnumSet.of(Rule.LOST_2D),
            inMemory(source -> (profile, sink) -> source.openBackend(profile, new CarelessBackends.PassingSink(sink) {
                @Override
                public void changeStarting(ConnectionState target) {
                    super.changeStarting(target);
                    super.otherNotification(0x7001, 0x30, 0, 1);
                }
            }))),

    /** Overrides nothing that need not be, and has no cause for what it fails with. */
    BARE(EnumSet.of(Rule.SET_6, Rule.SET_12), inMemory(source -> (profile, sink) -> {
        Backend right = source.openBackend(profile, sink);
        return new Backend() {
            @Override
            public Capabilities capabilities() {
                return right.capabilities();
            }

            @Override
            public ConnectionState currentState() {
                return right.currentState();
            }

            @Override
            public CompletionStage<Void> beginChange(ConnectionState target) {
                CompletableFuture<Void> outcome = new CompletableFuture<>();
                right.beginChange(target).whenComplete((done, refused) -> {
                    if (refused == null) {
                        outcome.complete(null);
                    } else {
                        outcome.completeExceptionally(new CompletionException("refused", null));
                    }
                });
                return outcome;
            }

            @Override
            public void close() {
                right.close();
            }
        };
    })),

    /** Takes back by itself what it began, long before the engine would give it up. */
    FICKLE(
            EnumSet.of(Rule.NOTIFY_10B),
            inMemory(UnevenSources::fickle, settings -> settings.withStartLimit(Duration.ofSeconds(60)))),

    /** Tells of going offline alone, cannot be asked while it is away, nor for the state that it is in. */
    ONE_SIDED(
            EnumSet.of(Rule.STATE_4, Rule.STATE_4B, Rule.NOTIFY_1, Rule.LOST_1B, Rule.LOST_3, Rule.LOST_4),
            inMemory(
                    () -> new MemorySource(Capabilities.OFFLINE_ONLY, true),
                    UnevenSources::oneSided,
                    settings -> settings)),

    /** Can be watched only. */
    READ_ONLY(
            EnumSet.of(Rule.SET_12),
            watch -> new ReadOnlyFixture(behindTheEngine(watch, source -> source, settings -> settings)));

    private final Set<Rule> shown;
    private final Function<EngineWatch, ProviderFixture> fixtures;

    UnevenSources(Set<Rule> shown, Function<EngineWatch, ProviderFixture> fixtures) {
        this.shown = shown;
        this.fixtures = fixtures;
    }

    private static Set<Rule> rulesOf(String... areas) {
        return Arrays.stream(Rule.values())
                .filter(rule -> Arrays.stream(areas).anyMatch(area -> rule.id().startsWith(area + "-")))
                .filter(rule -> rule != Rule.NOTIFY_12) // it takes seconds, and one source is enough for it
                .collect(Collectors.toSet());
    }

    private static Function<EngineWatch, ProviderFixture> inMemory(Function<MemorySource, BackendFactory> maker) {
        return inMemory(MemorySource::new, maker, settings -> settings);
    }

    private static Function<EngineWatch, ProviderFixture> inMemory(
            Function<MemorySource, BackendFactory> maker, UnaryOperator<EngineSettings> settings) {
        return inMemory(MemorySource::new, maker, settings);
    }

    private static Function<EngineWatch, ProviderFixture> inMemory(
            Supplier<MemorySource> sources,
            Function<MemorySource, BackendFactory> maker,
            UnaryOperator<EngineSettings> settings) {
        return watch -> new MemoryFixture(sources, behindTheEngine(watch, maker, settings));
    }

    /** The settings are made for each provider, so that it is the engine of this moment that makes them. */
    private static ProviderMaker behindTheEngine(
            EngineWatch watch, Function<MemorySource, BackendFactory> maker, UnaryOperator<EngineSettings> settings) {
        return (source, startLimit, callbackLimit) -> {
            EngineSettings made =
                    settings.apply(watch.settings().withStartLimit(startLimit).withCallbackLimit(callbackLimit));
            return BackendProvider.of(watch.provider(), watch.before(maker.apply(source), made), made);
        };
    }

    private static ProviderMaker closed(ProviderMaker maker, ClosedBySomebody.Closer closer) {
        return (source, startLimit, callbackLimit) ->
                new ClosedBySomebody(maker.make(source, startLimit, callbackLimit), closer);
    }

    /** Whether a rule has another part of the engine do something here than elsewhere. */
    boolean shows(Rule rule) {
        return shown.contains(rule);
    }

    ProviderFixture fixture(EngineWatch watch) {
        return fixtures.apply(watch);
    }

    private static BackendFactory oneSided(MemorySource source) {
        return (profile, sink) -> {
            CarelessBackends.KnowingSink knowing = new CarelessBackends.KnowingSink(sink);
            return new CarelessBackends.Careless(source.openBackend(profile, knowing)) {
                @Override
                public ConnectionState currentState() {
                    if (knowing.isAway()) {
                        throw new IllegalStateException("there is nobody to be asked");
                    }
                    return super.currentState();
                }

                @Override
                public CompletionStage<Void> beginChange(ConnectionState target) {
                    if (super.currentState() == target) {
                        throw new IllegalStateException("it is " + target + " already");
                    }
                    return super.beginChange(target);
                }
            };
        };
    }

    private static BackendFactory fickle(MemorySource source) {
        return (profile, sink) -> source.openBackend(profile, new CarelessBackends.PassingSink(sink) {
            @Override
            @SuppressWarnings("NullAway") // that is what is wrong with it
            public void changeStarting(ConnectionState target) {
                super.changeStarting(target);
                super.changed(null); // says nothing
                TimeSource.system().schedule(super::changeCancelled, Duration.ofMillis(100));
            }
        });
    }

    /** Passes on to the engine. */
    private static class Told extends CarelessBackends.PassingSink {
        final ThreadLocal<Boolean> isQuiet = ThreadLocal.withInitial(() -> false);
        private volatile boolean twofold;

        Told(BackendSink engine) {
            super(engine);
        }

        void knows(Capabilities capabilities) {
            twofold = capabilities.notifiesBoth();
        }

        /** Whether a change may be reported twice: where a capability is missing, that would say something else. */
        boolean isTwofold() {
            return twofold;
        }

        @Override
        public void changed(ConnectionState now) {
            if (!isQuiet.get()) {
                super.changed(now);
            }
        }
    }

    /** What stands before the source: right, but for what is overridden. */
    private static class Made extends CarelessBackends.Careless {
        Made(Backend right, Told told) {
            super(right);
            told.knows(right.capabilities());
        }
    }

    /** The session with a source that is away. */
    private static final class Nowhere implements Backend {
        @Override
        public Capabilities capabilities() {
            return Capabilities.BOTH;
        }

        @Override
        public ConnectionState currentState() {
            return ConnectionState.ONLINE;
        }

        @Override
        public void close() {}
    }
}
