package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.fixture.HookMissingException;
import io.github.offlinestate.tck.model.Rule;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** CLOSE: giving the object back. */
final class CloseChecks {
    private static final int MANY = 50;

    @Checks(Rule.CLOSE_1)
    void itsRegistrationsAreRemoved(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client holder = trial.client("holder");
        Gate gate = holder.holdAt(Phase.START);
        OfflineManager early = trial.open();
        Client before = trial.client("before");
        early.advise(before);
        scene.manager().advise(holder);
        OfflineManager late = trial.open();
        Client after = trial.client("after");
        late.advise(after);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        for (OfflineManager closed : List.of(early, late)) {
            trial.run("closer", closed + ".close() while another is being told", closed::close)
                    .value();
        }
        int toldBefore = before.count();
        int toldAfter = after.count();
        gate.open();
        change.value();
        scene.awaitDone();
        scene.back();
        scene.there();
        trial.expect(
                before.count() == toldBefore && after.count() == toldAfter,
                "expected that no registration of a closed object is told anything more; told was " + before.told()
                        + " and " + after.told());
    }

    @Checks(Rule.CLOSE_1)
    void allOfManyAreRemoved(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager closed = ProviderTrial.real(trial.open());
        OfflineManager left = ProviderTrial.real(trial.open());
        List<LightClient> removed = new ArrayList<>();
        List<LightClient> staying = new ArrayList<>();
        for (int count = 0; count < MANY; count++) {
            removed.add(new LightClient());
            closed.advise(removed.get(count));
            staying.add(new LightClient());
            left.advise(staying.get(count));
        }
        closed.close();
        removed.forEach(LightClient::gone);
        scene.there();
        for (LightClient client : staying) {
            trial.await(
                    "each of " + MANY + " registrations of another object is told", () -> client.wasTold(Phase.DONE));
        }
        trial.expect(
                removed.stream().noneMatch(LightClient::wasToldAfterGone),
                "expected that none of " + MANY + " registrations of a closed object is told anything more");
        left.close();
    }

    @Checks(Rule.CLOSE_1)
    void itWaitsForARunningCallback(ProviderTrial trial) {
        closeWhileACallbackRuns(trial, 1);
    }

    /** The last of its profile: what the backend takes to be released is waited for too. */
    @Checks(Rule.CLOSE_1)
    void anInterruptDoesNotShortenTheWait(ProviderTrial trial) {
        UnadviseChecks.Interrupted close =
                UnadviseChecks.Interrupted.in(trial, "close", (manager, token) -> manager.close());
        trial.expect(!close.early(), "expected that close, interrupted, waits for the running callback; it returned");
        trial.expect(
                close.ended(), "expected that the callback has ended when close, interrupted, returns; it had not");
        trial.expect(close.kept(), "expected that the interrupt flag of a thread that closes is kept; it was cleared");
    }

    @Checks(Rule.CLOSE_2)
    void closingAgainWaitsToo(ProviderTrial trial) {
        closeWhileACallbackRuns(trial, 3);
    }

    private static void closeWhileACallbackRuns(ProviderTrial trial, int times) {
        Scene scene = trial.scene();
        OfflineManager other = trial.open();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.CHANGE);
        AtomicBoolean ended = UnadviseChecks.endOf(client);
        other.advise(client);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        List<Call<Boolean>> calls = new ArrayList<>();
        for (int number = 1; number <= times; number++) {
            Call<Boolean> call = trial.call("closer" + number, "close while the callback runs: had it ended?", () -> {
                ProviderTrial.real(other).close();
                return ended.get();
            });
            calls.add(call);
            call.awaitWaiting();
            trial.letOthersRun();
            // The first close is judged by CLOSE-1 alone.
            trial.expect(
                    !call.isDone() || number < times,
                    "expected that close number " + number + " waits for the running callback; it returned");
        }
        gate.open();
        boolean last = true;
        for (Call<Boolean> call : calls) {
            last = call.value();
        }
        trial.expect(last, "expected that the callback has ended when close number " + times + " returns; it had not");
        change.value();
    }

    @Checks(Rule.CLOSE_2)
    void closingAgainChangesNothing(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager other = trial.open();
        other.close();
        other.close();
        Client client = trial.client("A");
        scene.manager().advise(client);
        other.close();
        scene.there();
        client.awaitTold(Phase.DONE, scene.to());
    }

    @Checks(Rule.CLOSE_1B)
    void closingFromACallbackNeverWaits(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager own = trial.open();
        OfflineManager real = ProviderTrial.real(own);
        AtomicBoolean returned = new AtomicBoolean();
        own.advise(trial.client("A").on(Phase.CHANGE, told -> {
            real.close();
            real.close();
            returned.set(true);
        }));
        scene.begin();
        trial.await("close() from within a callback of the object returns", returned::get);
        scene.awaitDone();
    }

    @Checks(Rule.CLOSE_1B)
    void closingFromACallbackOfAnotherProfileNeverWaits(ProviderTrial trial) {
        Scene second = trial.secondScene();
        Scene scene = trial.scene();
        OfflineManager other = trial.open();
        OfflineManager real = ProviderTrial.real(other);
        Client held = trial.client("held");
        Gate gate = held.holdAt(Phase.CHANGE);
        other.advise(held);
        scene.begin();
        gate.awaitEntered();
        AtomicBoolean returned = new AtomicBoolean();
        second.manager().advise(trial.client("of the other profile").on(Phase.CHANGE, told -> {
            real.close();
            returned.set(true);
        }));
        second.begin();
        trial.await("close(), from within a callback, of an object whose callback runs returns", returned::get);
        gate.open();
    }

    @Checks(Rule.CLOSE_1C)
    void theLastReleasesTheBackend(ProviderTrial trial) throws Exception {
        String profile = trial.profile();
        int before = trial.control().openSessions(profile);
        OfflineManager one = trial.open();
        OfflineManager two = trial.open();
        int open = trial.control().openSessions(profile);
        trial.expect(
                open == before + 1,
                "expected that two objects of a profile share one session of the backend; there are "
                        + (open - before));
        one.close();
        int left = trial.control().openSessions(profile);
        trial.expect(left == before + 1, "expected that the session stays while an object is open; it was released");
        ConnectionState state = two.currentState();
        trial.expect(state != null, "expected that the object that is left has a state");
        two.close();
        expectReleased(trial, profile, before);
        trial.repeat(20, index -> {
            trial.openQuietly(profile).close();
            expectReleased(trial, profile, before);
        });
    }

    private static void expectReleased(ProviderTrial trial, String profile, int before) {
        int after = trial.control().openSessions(profile);
        trial.expect(
                after == before,
                "expected that the session is released when close() of the last object returns; it was not");
    }

    @Checks(Rule.CLOSE_1D)
    void aWaitingCallEndsWhenItsObjectIsClosed(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        OfflineManager other = trial.open();
        Call<?> setter = scene.beginBlocking(other);
        gate.awaitEntered();
        setter.awaitWaiting();
        trial.run("closer", other + ".close()", other::close).value();
        setter.failsWith(HResult.MAPI_E_NOT_INITIALIZED);
        gate.open();
        client.awaitTold(Phase.DONE, scene.to());
        trial.await("the state becomes " + scene.to(), () -> scene.manager().currentState() == scene.to());
    }

    @Checks(Rule.CLOSE_2B)
    void otherCallsFail(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        ConnectionState state = manager.currentState();
        AdviseToken token = manager.advise(trial.client("A"));
        manager.close();
        closed("capabilities()", manager::capabilities);
        closed("currentState()", manager::currentState);
        closed("canSet()", manager::canSet);
        closed("setCurrentState(" + state + ", DEFAULT)", () -> manager.setCurrentState(state, SetFlag.DEFAULT));
        closed(
                "setCurrentState(" + state.opposite() + ", BLOCK)",
                () -> manager.setCurrentState(state.opposite(), SetFlag.BLOCK));
        closed("advise()", () -> manager.advise(AdviseInfo.of(trial.client("B"))));
        manager.unadvise(token);
    }

    private static void closed(String call, Trial.Task body) {
        Failures.expectResult(call + " of a closed object", HResult.MAPI_E_NOT_INITIALIZED, body);
    }

    @Checks(Rule.CLOSE_3)
    void otherObjectsAreUntouched(ProviderTrial trial) {
        OfflineManager first = trial.open();
        Scene scene = trial.scene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        OfflineManager third = trial.open();
        first.advise(trial.client("of the first"));
        third.advise(trial.client("of the third"));
        first.close();
        third.close();
        closed("advise()", () -> first.advise(trial.client("of a closed one")));
        Client late = trial.client("B");
        trial.run(
                        "adviser",
                        "advise() of the object that is left",
                        () -> scene.manager().advise(late))
                .value();
        scene.there();
        late.awaitTold(Phase.DONE, scene.to());
        client.awaitTold(Phase.DONE, scene.to());
        ConnectionState seen = scene.manager().currentState();
        trial.expect(
                seen == scene.to() && client.changes().size() == 3,
                "expected that the object that is left is in state " + scene.to() + " and is told so; it is in " + seen
                        + " and told was " + client.changes());
    }

    @Checks(Rule.CLOSE_4)
    void noThreadIsLeft(ProviderTrial trial) throws Exception {
        for (int warm = 0; warm < 10; warm++) {
            openAndClose(trial);
        }
        NewThreads.expectNone(
                trial,
                150,
                cycles -> "opening and closing " + cycles + " times leaves no threads behind",
                index -> openAndClose(trial));
        int sessions = sessions(trial);
        trial.expect(sessions == 0, "expected that no session of the backend is left; there are " + sessions);
    }

    private static int sessions(ProviderTrial trial) {
        try {
            trial.await(
                    "no session of the backend is left", () -> trial.control().openSessions(trial.profile()) == 0);
            return 0;
        } catch (HookMissingException missing) {
            return 0;
        }
    }

    private static void openAndClose(ProviderTrial trial) {
        try (OfflineManager manager = trial.openQuietly(trial.profile())) {
            manager.advise(new LightClient());
            if (manager.canSet()) {
                trial.setPatiently(manager, manager.currentState().opposite(), SetFlag.BLOCK);
            }
        }
    }

    private record Opened(
            WeakReference<OfflineManager> manager, WeakReference<LightClient> callback, OfflineManager keptOpen) {}

    private static Opened openedAndClosed(ProviderTrial trial) {
        OfflineManager kept = trial.openQuietly(trial.profile());
        trial.atEnd(kept);
        OfflineManager manager = trial.openQuietly(trial.profile());
        LightClient callback = new LightClient();
        manager.advise(callback);
        manager.close();
        return new Opened(new WeakReference<>(manager), new WeakReference<>(callback), kept);
    }

    @Checks(Rule.CLOSE_4)
    void noReferenceIsLeft(ProviderTrial trial) {
        Opened opened = openedAndClosed(trial);
        Garbage.awaitCollected(
                trial, "the callback of a closed object, while another object is open,", opened.callback());
        Garbage.awaitCollected(trial, "a closed object, while another object is open,", opened.manager());
        opened.keptOpen().close();
    }

    @Checks(Rule.CLOSE_4B)
    void openingRacesWithTheLastClosing(ProviderTrial trial) throws Exception {
        trial.repeat(80, index -> {
            OfflineManager last = trial.openQuietly(trial.profile());
            int delay = trial.random().nextInt(2000);
            boolean closeLater = trial.random().nextBoolean();
            AtomicBoolean begun = new AtomicBoolean();
            Call<?> closing = trial.run("closer", "the last close()", () -> {
                trial.spin(closeLater ? delay : 0);
                begun.set(true);
                last.close();
            });
            if (!closeLater) {
                trial.await("the closing thread begins", begun::get);
                trial.spin(delay);
            }
            try (OfflineManager manager = trial.openQuietly(trial.profile())) {
                LightClient client = new LightClient();
                manager.advise(client);
                ConnectionState target = manager.currentState().opposite();
                if (manager.canSet()) {
                    trial.countChange();
                    trial.run(
                                    "setter",
                                    "setCurrentState(" + target + ", BLOCK) of an object opened in a race",
                                    () -> trial.setPatiently(manager, target, SetFlag.BLOCK))
                            .value();
                    ConnectionState seen = manager.currentState();
                    boolean told = !manager.capabilities().notifies(target) || client.wasTold(Phase.DONE);
                    trial.expect(
                            seen == target && told,
                            "expected that an object which is opened while the last one is closed works: set to "
                                    + target + " it reads " + seen + " and was told " + client.told());
                }
                closing.value();
                ConnectionState after = manager.currentState();
                trial.expect(after != null, "expected that it has a state after the other was closed");
            }
            closing.value();
        });
    }

    @Checks(Rule.CLOSE_4C)
    void noThreadKeepsTheVirtualMachineAlive(ProviderTrial trial) {
        NewThreads threads = new NewThreads();
        // Threads inherit from the one that makes them whether they are daemons: this one is not.
        Call<?> user = trial.runAsUser("user", "open, register, set", () -> {
            OfflineManager manager = trial.open();
            manager.advise(trial.client("A"));
            if (manager.canSet()) {
                trial.setPatiently(manager, manager.currentState().opposite(), SetFlag.DEFAULT);
            }
        });
        user.value();
        trial.letOthersRun();
        String alive = threads.now().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon())
                .map(Thread::getName)
                .collect(Collectors.joining(", "));
        trial.expect(
                alive.isEmpty(), "expected that every thread of the provider is a daemon; these are not: " + alive);
    }
}
