package io.github.offlinestate.tck.check.backend;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.tck.check.Call;
import io.github.offlinestate.tck.check.Check;
import io.github.offlinestate.tck.check.CheckFailure;
import io.github.offlinestate.tck.check.Checks;
import io.github.offlinestate.tck.check.Garbage;
import io.github.offlinestate.tck.check.NewThreads;
import io.github.offlinestate.tck.check.NotJudged;
import io.github.offlinestate.tck.check.backend.BackendTrial.Outcome;
import io.github.offlinestate.tck.check.backend.BackendTrial.Session;
import io.github.offlinestate.tck.check.backend.RecordingSink.Kind;
import io.github.offlinestate.tck.check.backend.RecordingSink.Report;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.TckEvent;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** BACKEND: what a backend owes to the engine. */
public final class BackendChecks {
    private static final List<Check> ALL = Check.in(BackendChecks.class);
    private static final int MANY = 50;

    BackendChecks() {}

    /**
     * All tests of backends.
     *
     * @return in the contract's order
     */
    public static List<Check> all() {
        return ALL;
    }

    @Checks(Rule.BACKEND_1)
    void readingIsPrompt(BackendTrial trial) {
        Session session = trial.open();
        readPromptly(trial, session, "");
        if (session.backend().canSet()) {
            ConnectionState target = session.backend().currentState().opposite();
            Outcome outcome = trial.ask(session, target);
            readPromptly(trial, session, " while a change is under way");
            @Nullable Throwable ignored = outcome.await();
        }
    }

    @Checks(Rule.BACKEND_1)
    void readingIsPromptWhileTheSourceIsAway(BackendTrial trial) {
        requireLosable(trial);
        Session session = trial.open();
        trial.source("the source goes away", control -> control.takeAway());
        trial.await(
                "backendLost is reported",
                () -> !session.sink().reports(Kind.LOST).isEmpty());
        trial.promptly("capabilities() while the source is away", session.backend()::capabilities);
        trial.promptly("currentState() while the source is away", () -> stateOrAway(session.backend()));
        trial.source("the source is back", control -> control.bringBack(ConnectionState.ONLINE));
    }

    /** The last one that was told, or that nobody can tell: the engine takes neither for an answer then. */
    private static Object stateOrAway(Backend backend) {
        try {
            return backend.currentState();
        } catch (OfflineStateException away) {
            if (away.result().equals(HResult.MAPI_E_END_OF_SESSION)) {
                return away.result();
            }
            throw away;
        }
    }

    private static void readPromptly(BackendTrial trial, Session session, String when) {
        List<Call<?>> calls = new ArrayList<>();
        for (int reader = 0; reader < 4; reader++) {
            calls.add(trial.run("reader" + reader, "currentState() and capabilities()" + when, () -> {
                for (int reading = 0; reading < 50; reading++) {
                    if (session.backend().currentState() == null
                            || session.backend().capabilities() == null) {
                        throw CheckFailure.seen("expected a state and capabilities" + when + "; one was null");
                    }
                }
            }));
        }
        trial.promptly("currentState()" + when, session.backend()::currentState);
        trial.promptly("capabilities()" + when, session.backend()::capabilities);
        calls.forEach(Call::value);
    }

    @Checks(Rule.BACKEND_1B)
    void readingTellsTheTruth(BackendTrial trial) {
        Session session = trial.open();
        Backend backend = session.backend();
        Capabilities capabilities = backend.capabilities();
        if (!backend.canSet()) {
            throw NotJudged.notApplicable("the backend cannot be set; what it says after a change of the source is"
                    + " judged where the fixture can make one");
        }
        for (int turn = 0; turn < 2; turn++) {
            ConnectionState target = backend.currentState().opposite();
            Throwable thrown = trial.ask(session, target).await();
            ConnectionState seen = backend.currentState();
            trial.expect(
                    thrown != null || seen == target,
                    "expected that currentState() is " + target + " when beginChange has succeeded; it was " + seen);
        }
        expectSame(trial, capabilities, backend);
    }

    @Checks(Rule.BACKEND_1B)
    void readingTellsTheTruthAfterAReport(BackendTrial trial) {
        Session session = trial.open();
        Backend backend = session.backend();
        Capabilities capabilities = backend.capabilities();
        ConnectionState begin = backend.currentState();
        for (ConnectionState state : List.of(begin.opposite(), begin)) {
            session.sink().forget();
            trial.change(state);
            if (capabilities.notifies(state)) {
                awaitChanged(trial, session, state);
            } else {
                trial.await("currentState() becomes " + state, () -> backend.currentState() == state);
            }
            ConnectionState seen = backend.currentState();
            trial.expect(
                    seen == state,
                    "expected that currentState() is " + state + " when changed(" + state
                            + ") has been reported; it was " + seen);
        }
        expectSame(trial, capabilities, backend);
    }

    private static void expectSame(BackendTrial trial, Capabilities before, Backend backend) {
        Capabilities now = backend.capabilities();
        trial.expect(now.equals(before), "expected that the capabilities stay " + before + "; they became " + now);
    }

    private static void awaitChanged(BackendTrial trial, Session session, ConnectionState state) {
        trial.await(
                "changed(" + state + ") is reported",
                () -> session.sink()
                        .hasReport(report ->
                                report.kind() == Kind.CHANGED && report.state().equals(Optional.of(state))));
    }

    @Checks(Rule.BACKEND_2)
    void aRequestSucceedsOnce(BackendTrial trial) {
        Session session = settable(trial);
        ConnectionState begin = session.backend().currentState();
        List<Outcome> outcomes = new ArrayList<>();
        for (ConnectionState target : List.of(begin.opposite(), begin.opposite(), begin, begin)) {
            Outcome outcome = trial.ask(session, target);
            outcomes.add(outcome);
            Throwable thrown = outcome.await();
            trial.expect(
                    thrown == null,
                    "expected that beginChange(" + target + ") succeeds, also where the state is " + target
                            + " already; it failed: " + thrown);
        }
        trial.letOthersRun();
        outcomes.forEach(Outcome::expectFinal);
    }

    private static Session settable(BackendTrial trial) {
        Session session = trial.open();
        if (!session.backend().canSet()) {
            throw NotJudged.notApplicable("the backend says that it cannot be set, so it is never asked");
        }
        return session;
    }

    @Checks(Rule.BACKEND_2B)
    void aRequestThatTheSourceRefusesFails(BackendTrial trial) {
        Session session = settable(trial);
        ConnectionState before = session.backend().currentState();
        trial.source("the next change fails", control -> control.failNextChange(trial.onPurpose()));
        Throwable thrown = trial.ask(session, before.opposite()).await();
        trial.expect(
                thrown != null,
                "expected that the stage fails where the source refuses the change; it succeeded, and currentState() is "
                        + session.backend().currentState());
        Throwable next = trial.ask(session, before.opposite()).await();
        trial.expect(next == null, "expected that the next request works again; it failed: " + next);
    }

    @Checks(Rule.BACKEND_2B)
    void aRequestToASourceThatIsAwayEnds(BackendTrial trial) {
        requireLosable(trial);
        Session session = settable(trial);
        ConnectionState before = session.backend().currentState();
        trial.source("the source goes away", control -> control.takeAway());
        trial.await(
                "backendLost is reported",
                () -> !session.sink().reports(Kind.LOST).isEmpty());
        Throwable thrown = trial.ask(session, before.opposite()).await();
        trial.expect(thrown != null, "expected that a request fails while the source is away; it succeeded");
        trial.source("the source is back", control -> control.bringBack(before));
    }

    @Checks(Rule.BACKEND_3)
    void everyChangeIsReportedInOrder(BackendTrial trial) {
        Session session = trial.open();
        Capabilities capabilities = session.backend().capabilities();
        ConnectionState state = session.backend().currentState();
        List<ConnectionState> expected = new ArrayList<>();
        for (int change = 0; change < 20; change++) {
            state = state.opposite();
            trial.change(state);
            if (capabilities.notifies(state)) {
                expected.add(state);
            }
        }
        trial.await(
                "the changes " + expected + " are reported, in this order",
                () -> reported(session, capabilities).size() >= expected.size());
        trial.letOthersRun();
        List<ConnectionState> seen = reported(session, capabilities);
        trial.expect(seen.equals(expected), "expected the reports " + expected + "; they were " + seen);
    }

    /** The changes that were reported; with both capabilities one that is reported twice counts once. */
    private static List<ConnectionState> reported(Session session, Capabilities capabilities) {
        List<ConnectionState> states = new ArrayList<>();
        for (Report report : session.sink().reports(Kind.CHANGED)) {
            ConnectionState state = report.state().orElseThrow();
            boolean again = capabilities.notifiesBoth() && !states.isEmpty() && states.get(states.size() - 1) == state;
            if (!again) {
                states.add(state);
            }
        }
        return states;
    }

    private static void requireLosable(BackendTrial trial) {
        if (!trial.fixture().sourceCanGoAway()) {
            throw NotJudged.notApplicable("the fixture says that the source cannot go away");
        }
    }

    @Checks(Rule.BACKEND_4)
    void lostAndRestored(BackendTrial trial) {
        requireLosable(trial);
        Session session = trial.open();
        ConnectionState before = session.backend().currentState();
        for (ConnectionState back : List.of(before, before.opposite())) {
            session.sink().forget();
            trial.source("the source goes away", control -> control.takeAway());
            trial.await(
                    "backendLost is reported",
                    () -> !session.sink().reports(Kind.LOST).isEmpty());
            Report lost = session.sink().reports(Kind.LOST).get(0);
            trial.expect(lost.cause().isPresent(), "expected that backendLost has a cause; it had none");
            List<Report> changes = session.sink().reports(Kind.CHANGED);
            trial.expect(
                    changes.isEmpty(),
                    "expected that a source which cannot be asked is lost, and not in another state; reported was "
                            + changes);
            trial.source("the source is back in state " + back, control -> control.bringBack(back));
            trial.await(
                    "backendRestored is reported",
                    () -> !session.sink().reports(Kind.RESTORED).isEmpty());
            Report restored = session.sink().reports(Kind.RESTORED).get(0);
            trial.expect(
                    restored.state().equals(Optional.of(back)),
                    "expected backendRestored(" + back + "), the state that the source is in; reported was "
                            + restored);
            ConnectionState seen = session.backend().currentState();
            trial.expect(seen == back, "expected that currentState() is " + back + " then; it was " + seen);
        }
    }

    @Checks(Rule.BACKEND_5)
    void nothingIsLeftAfterClose(BackendTrial trial) throws Exception {
        for (int warm = 0; warm < 2; warm++) {
            openAndClose(trial);
        }
        NewThreads.expectNone(
                trial,
                MANY,
                cycles -> cycles + " backends that were opened and closed leave no threads",
                index -> openAndClose(trial));
    }

    private static void openAndClose(BackendTrial trial) {
        trial.run("opener", "open and close a backend", () -> {
                    Session session = trial.openQuietly(trial.profile());
                    session.close();
                })
                .value();
    }

    @Checks(Rule.BACKEND_5)
    void nothingIsReportedAfterClose(BackendTrial trial) throws Exception {
        Session session = trial.call("opener", "open a backend", () -> trial.openQuietly(trial.profile()))
                .value();
        ConnectionState state = session.backend().currentState();
        trial.run("closer", "close()", session::close).value();
        changeThereAndBack(trial, state);
        awaitToldAnother(trial, state);
        trial.letOthersRun();
        List<Report> late =
                session.sink().reports().stream().filter(Report::closed).toList();
        trial.expect(
                late.isEmpty(), "expected that nothing is reported after close() has returned; reported was " + late);
    }

    private static void changeThereAndBack(BackendTrial trial, ConnectionState state) {
        trial.change(state.opposite());
        trial.change(state);
    }

    /** When one that is open has been told of changes, a closed one that still listens has been told of them as well. */
    private static void awaitToldAnother(BackendTrial trial, ConnectionState state) {
        Session open = trial.open();
        changeThereAndBack(trial, state);
        Capabilities capabilities = open.backend().capabilities();
        long told = Arrays.stream(ConnectionState.values())
                .filter(capabilities::notifies)
                .count();
        // BACKEND-3 alone judges whether it has been told.
        boolean ignored = trial.waitFor(
                trial.settings().inTime(),
                () -> open.sink().reports(Kind.CHANGED).size() >= told);
    }

    @Checks(Rule.BACKEND_5)
    void theSinkIsReleased(BackendTrial trial) {
        WeakReference<RecordingSink> sink = sinkOfAClosedBackend(trial);
        Garbage.awaitCollected(trial, "the sink of a closed backend", sink);
    }

    /** On a thread of its own, so that no frame of this one holds it. */
    private static WeakReference<RecordingSink> sinkOfAClosedBackend(BackendTrial trial) {
        return trial.call("opener", "open and close a backend", () -> {
                    Session session = trial.openQuietly(trial.profile());
                    session.close();
                    return new WeakReference<>(session.sink());
                })
                .value();
    }

    @Checks(Rule.BACKEND_6)
    void anUnknownProfile(BackendTrial trial) throws Exception {
        String unknown = trial.fixture()
                .unknownProfile()
                .orElseThrow(() ->
                        NotJudged.notApplicable("the fixture says that the source takes every name for a profile"));
        failsToOpen(trial, unknown, HResult.MAPI_E_NOT_FOUND);
    }

    @Checks(Rule.BACKEND_6B)
    void aSourceThatIsAway(BackendTrial trial) throws Exception {
        requireLosable(trial);
        trial.source("the source goes away", control -> control.takeAway());
        OfflineStateException failure = failsToOpen(trial, trial.profile(), HResult.MAPI_E_END_OF_SESSION);
        trial.record("kit", TckEvent.Kind.NOTE, String.valueOf(failure.getMessage()));
        trial.source("the source is back", control -> control.bringBack(ConnectionState.ONLINE));
    }

    private static OfflineStateException failsToOpen(BackendTrial trial, String profile, HResult expected)
            throws Exception {
        OfflineStateException failure = trial.call(
                        "opener", "openBackend(\"" + profile + "\")", () -> trial.openQuietly(profile))
                .failsWith(expected);
        NewThreads.expectNone(
                trial,
                MANY,
                times -> times + " openings that failed leave no threads",
                again -> trial.call("opener", "openBackend(\"" + profile + "\")", () -> trial.openQuietly(profile))
                        .failsWith(expected));
        return failure;
    }

    @Checks(Rule.BACKEND_7)
    void whatGoesWrongIsTold(BackendTrial trial) {
        Session session = settable(trial);
        ConnectionState target = session.backend().currentState().opposite();
        trial.source("the next change fails", control -> control.failNextChange(trial.onPurpose()));
        Outcome outcome = trial.ask(session, target);
        trial.await(
                "a source that fails within a change ends the request or the session",
                () -> outcome.isComplete() || !session.sink().reports(Kind.LOST).isEmpty());
        List<Report> lost = session.sink().reports(Kind.LOST);
        Throwable cause = lost.isEmpty() ? outcome.await() : lost.get(0).cause().orElse(null);
        trial.expect(
                cause != null && (cause.getMessage() != null || cause.getCause() != null),
                "expected that the failure says what went wrong; it was " + cause);
    }

    @Checks(Rule.BACKEND_7)
    void anOpeningThatFailsSaysWhy(BackendTrial trial) {
        requireLosable(trial);
        trial.source("the source goes away", control -> control.takeAway());
        String open = "openBackend(\"" + trial.profile() + "\") while the source is away";
        Throwable failure = trial.call("opener", open, () -> trial.openQuietly(trial.profile()))
                .outcome();
        trial.expect(
                failure != null && saysWhy(failure),
                "expected that " + open + " fails and says what went wrong; it gave " + failure);
        trial.source("the source is back", control -> control.bringBack(ConnectionState.ONLINE));
    }

    /** By a cause or in words of its own: a result alone does not tell what happened in the source. */
    private static boolean saysWhy(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        String words = failure instanceof OfflineStateException told
                ? message.replace("[" + told.result() + "]", "")
                : message;
        return failure.getCause() != null || !words.isBlank();
    }

    @Checks(Rule.BACKEND_7)
    void aLossEndsTheRequestOrTheSession(BackendTrial trial) {
        requireLosable(trial);
        Session session = trial.open();
        trial.source("the source goes away", control -> control.takeAway());
        trial.await(
                "a source that goes away ends the session, with its cause",
                () -> session.sink()
                        .hasReport(report ->
                                report.kind() == Kind.LOST && report.cause().isPresent()));
        trial.source("the source is back", control -> control.bringBack(ConnectionState.ONLINE));
    }
}
