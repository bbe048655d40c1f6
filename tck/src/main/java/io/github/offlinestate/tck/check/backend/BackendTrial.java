package io.github.offlinestate.tck.check.backend;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.tck.backend.BackendControl;
import io.github.offlinestate.tck.backend.BackendFixture;
import io.github.offlinestate.tck.backend.PreparedBackend;
import io.github.offlinestate.tck.check.Call;
import io.github.offlinestate.tck.check.CheckFailure;
import io.github.offlinestate.tck.check.FixtureFailure;
import io.github.offlinestate.tck.check.RunSettings;
import io.github.offlinestate.tck.check.Trial;
import io.github.offlinestate.tck.fixture.HookMissingException;
import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.TckEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A trial of a backend, with the kit in the engine's place. */
public final class BackendTrial extends Trial {
    private final BackendFixture fixture;
    private final AtomicInteger sessions = new AtomicInteger();
    private @Nullable PreparedBackend prepared;

    /**
     * A trial.
     *
     * @param rule what is tried
     * @param settings what all trials of the run have in common
     * @param fixture makes the backend ready
     */
    public BackendTrial(Rule rule, RunSettings settings, BackendFixture fixture) {
        super(rule, settings);
        this.fixture = fixture;
    }

    /** A backend and where it reports. */
    record Session(Backend backend, RecordingSink sink) {
        /** Closes it the way the engine does, and takes note of the moment. */
        void close() {
            backend.close();
            sink.closed();
        }
    }

    @Override
    protected void prepare() {
        PreparedBackend ready = asked("prepare()", fixture::prepare);
        prepared = ready;
        atEnd(ready.cleanup());
    }

    private <T> T asked(String what, Callable<T> question) {
        try {
            return Objects.requireNonNull(question.call(), "it gave null");
        } catch (Exception | LinkageError | AssertionError broken) {
            throw new FixtureFailure(what, broken);
        }
    }

    BackendFixture fixture() {
        return fixture;
    }

    private PreparedBackend prepared() {
        if (prepared == null) {
            throw new IllegalStateException("the trial is not prepared");
        }
        return prepared;
    }

    String profile() {
        return prepared().profile();
    }

    /** Opens the profile; the backend is closed after the test. */
    Session open() {
        Session session = call("opener", "openBackend(\"" + profile() + "\")", () -> openQuietly(profile()))
                .value();
        atEnd(session.backend());
        return session;
    }

    /** Opens a profile; the caller closes it. */
    Session openQuietly(String profile) throws Exception {
        RecordingSink sink = new RecordingSink(this, "sink" + sessions.incrementAndGet());
        Backend backend = prepared().factory().openBackend(profile, sink);
        if (backend == null) {
            throw CheckFailure.seen("expected that openBackend gives a backend or throws; it gave null");
        }
        return new Session(backend, sink);
    }

    /** What the source is made to do; what the fixture does not give is not verified. */
    void source(String what, SourceTask task) {
        record("fixture", TckEvent.Kind.HOOK, what);
        try {
            task.run(prepared().control());
            used(Means.REAL_SOURCE);
        } catch (HookMissingException missing) {
            throw missing;
        } catch (Exception | LinkageError | AssertionError broken) {
            throw new FixtureFailure(what, broken);
        }
    }

    /** Something that a control does. */
    @FunctionalInterface
    interface SourceTask {
        void run(BackendControl control) throws Exception;
    }

    void change(ConnectionState state) {
        source("the source changes to " + state, control -> control.change(state));
    }

    /** What the source fails with. */
    IOException onPurpose() {
        return new IOException("made to happen by the compatibility kit");
    }

    /** Does something that has to be prompt. */
    <T> T promptly(String what, Callable<T> body) {
        Call<T> call = call("caller", what, body);
        Duration limit = Duration.ofNanos((long) (fixture.promptly().toNanos() * patience()));
        awaitWithin(limit, what + " returns promptly", call::isDone);
        return call.value();
    }

    private double patience() {
        return (double) settings().inTime().toNanos() / fixture.inTime().toNanos();
    }

    /** Asks for a change as the engine does, and gives how it ends. */
    Outcome ask(Session session, ConnectionState target) {
        CompletionStage<Void> stage =
                promptly("beginChange(" + target + ")", () -> session.backend().beginChange(target));
        if (stage == null) {
            throw CheckFailure.seen("expected that beginChange(" + target + ") gives a stage; it gave null");
        }
        return Outcome.of(this, target, stage);
    }

    /** How a request ends. */
    static final class Outcome {
        private final BackendTrial trial;
        private final ConnectionState target;
        private final CompletionStage<Void> stage;
        private final AtomicInteger completions = new AtomicInteger();
        private volatile @Nullable Throwable thrown;

        private Outcome(BackendTrial trial, ConnectionState target, CompletionStage<Void> stage) {
            this.trial = trial;
            this.target = target;
            this.stage = stage;
        }

        static Outcome of(BackendTrial trial, ConnectionState target, CompletionStage<Void> stage) {
            Outcome outcome = new Outcome(trial, target, stage);
            stage.whenComplete((done, thrown) -> outcome.complete(thrown));
            return outcome;
        }

        private void complete(@Nullable Throwable failure) {
            thrown = failure;
            completions.incrementAndGet();
            trial.record(
                    "kit",
                    TckEvent.Kind.NOTE,
                    "the stage of beginChange(" + target + ") "
                            + (failure == null ? "succeeded" : "failed: " + failure));
        }

        boolean isComplete() {
            return completions.get() > 0;
        }

        /** Waits for the end, and gives what it failed with, or nothing. */
        @Nullable
        Throwable await() {
            trial.await("the stage of beginChange(" + target + ") completes", this::isComplete);
            return thrown;
        }

        /** Fails where the stage has completed again since, or says something else to who asks it now. */
        void expectFinal() {
            Throwable first = await();
            trial.expect(
                    completions.get() == 1,
                    "expected that the stage of beginChange(" + target + ") completes once; it completed "
                            + completions.get() + " times");
            Throwable now = of(trial, target, stage).await();
            trial.expect(
                    now == first,
                    "expected that the stage of beginChange(" + target + ") stays as it has completed, "
                            + inWords(first) + "; it became " + inWords(now));
        }

        private static String inWords(@Nullable Throwable thrown) {
            return thrown == null ? "a success" : "a failure: " + thrown;
        }
    }
}
