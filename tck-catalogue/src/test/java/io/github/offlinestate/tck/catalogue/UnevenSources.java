package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.tck.model.Rule;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Backends that owe the engine nothing, and each make it do another part of its work. */
enum UnevenSources {
    /** Reports each change once, and before the request for it has succeeded. */
    PLAIN(EnumSet.allOf(Rule.class), source -> source),

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
            source -> (profile, sink) -> {
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
            }),

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
            source -> (profile, sink) -> {
                Told twice = new Told(sink) {
                    @Override
                    public void changed(ConnectionState now) {
                        super.changed(now);
                        if (isTwofold()) {
                            super.changed(now);
                        }
                    }

                    @Override
                    public void backendLost(Throwable cause) {
                        super.backendLost(cause);
                        super.backendLost(new IllegalStateException("said again"));
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
            }),

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
            source -> (profile, sink) -> {
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
            }),

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
            source -> (profile, sink) -> {
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
            }),

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
            source -> (profile, sink) -> {
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
            });

    private final Set<Rule> shown;
    private final Function<MemorySource, BackendFactory> maker;

    UnevenSources(Set<Rule> shown, Function<MemorySource, BackendFactory> maker) {
        this.shown = shown;
        this.maker = maker;
    }

    /** Whether a rule has another part of the engine do something here than elsewhere. */
    boolean shows(Rule rule) {
        return shown.contains(rule);
    }

    Function<MemorySource, BackendFactory> make() {
        return maker;
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
}
