package io.github.offlinestate.tck.check;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** SET: changing the state. */
final class SetChecks {
    private static final String RETURNED = "it returned";

    @Checks(Rule.SET_1)
    void blockReturnsInTheNewState(ProviderTrial trial) throws Exception {
        OfflineManager manager = trial.settable();
        manager.advise(trial.client("A"));
        OfflineManager real = ProviderTrial.real(manager);
        ConnectionState begin = manager.currentState();
        trial.repeat(60, index -> {
            for (ConnectionState state : List.of(begin.opposite(), begin)) {
                trial.countChange();
                trial.setPatiently(real, state, SetFlag.BLOCK);
                ConnectionState seen = real.currentState();
                trial.expect(
                        seen == state,
                        "expected that the state is " + state + " when setCurrentState(" + state
                                + ", BLOCK) returns; it was " + seen);
            }
        });
    }

    @Checks(Rule.SET_1)
    void blockWaitsForTheChange(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        Call<?> setter = scene.beginBlocking(scene.manager());
        gate.awaitEntered();
        trial.letOthersRun();
        trial.expect(
                !setter.isDone(),
                "expected that setCurrentState(" + scene.to() + ", BLOCK) waits; it was over while START was being"
                        + " delivered");
        gate.open();
        setter.value();
        ConnectionState seen = scene.manager().currentState();
        trial.expect(seen == scene.to(), "expected that the state is " + scene.to() + "; it was " + seen);
    }

    @Checks(Rule.SET_1B)
    void blockWaitsForEveryDone(ProviderTrial trial) throws Exception {
        Scene scene = trial.settableScene();
        List<Client> clients = new ArrayList<>();
        for (String lane : List.of("A", "B", "C")) {
            Client client = trial.client(lane);
            clients.add(client);
            scene.manager().advise(client);
        }
        for (Client held : clients) {
            Gate gate = held.holdAt(Phase.DONE);
            Call<?> setter = scene.beginBlocking(scene.manager());
            gate.awaitEntered();
            trial.letOthersRun();
            trial.expect(
                    !setter.isDone(),
                    "expected that setCurrentState(" + scene.to() + ", BLOCK) waits until DONE has been delivered to "
                            + held + "; it was over before");
            gate.open();
            setter.value();
            scene.back();
        }
        OfflineManager real = ProviderTrial.real(scene.manager());
        trial.repeat(30, index -> {
            clients.forEach(Client::forget);
            trial.countChange();
            trial.setPatiently(real, scene.to(), SetFlag.BLOCK);
            for (Client client : clients) {
                trial.expect(
                        client.wasTold(Phase.DONE, scene.to()),
                        "expected that " + client + " has been told DONE when the call with BLOCK returns; it has been"
                                + " told " + client.changes());
            }
            scene.back();
        });
    }

    @Checks(Rule.SET_2)
    void defaultDoesNotWait(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        for (Phase phase : Phase.values()) {
            Client client = trial.client("held in " + phase);
            Gate gate = client.holdAt(phase);
            scene.manager().advise(client);
            scene.observer().forget();
            Call<?> change = scene.begin();
            gate.awaitEntered();
            change.value();
            gate.open();
            scene.awaitDone();
            scene.back();
        }
    }

    @Checks(Rule.SET_2)
    void defaultDoesNotWaitForTheBackend(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        ConnectionState target = manager.currentState().opposite();
        Runnable release = trial.control().holdNextChange(trial.profile());
        trial.run(
                        "setter",
                        "setCurrentState(" + target + ", DEFAULT)",
                        () -> manager.setCurrentState(target, SetFlag.DEFAULT))
                .value();
        release.run();
        trial.await("the state becomes " + target, () -> manager.currentState() == target);
    }

    /** No change is under way there, so there is nothing to be pending for, though another may wait to be told. */
    @Checks(Rule.SET_2)
    void defaultWorksInACallbackOfAForeignNotification(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        OfflineManager real = ProviderTrial.real(manager);
        ConnectionState target = manager.currentState().opposite();
        sendForeign(trial); // to nobody: whether there is a way
        Gate gate = trial.gate("the callback of the first foreign notification");
        AtomicReference<@Nullable String> ended = new AtomicReference<>();
        manager.advise(trial.client("A").onForeign(told -> {
            if (!gate.isEntered()) {
                gate.pass();
                trial.countChange();
                ended.set(outcome(() -> real.setCurrentState(target, SetFlag.DEFAULT))
                        .getMessage());
            }
        }));
        Call<?> sender = trial.run("sender", "two foreign notifications", () -> {
            sendForeign(trial);
            sendForeign(trial);
        });
        gate.awaitEntered();
        trial.letOthersRun();
        gate.open();
        trial.await("the callback's call comes to an end", () -> ended.get() != null);
        trial.expect(
                RETURNED.equals(ended.get()),
                "expected that setCurrentState(" + target + ", DEFAULT) inside a foreign notification's callback"
                        + " returns; it failed with " + ended.get());
        sender.value();
        trial.await("the state becomes " + target, () -> manager.currentState() == target);
    }

    private static void sendForeign(ProviderTrial trial) {
        trial.control().sendForeign(trial.profile(), 0x7001, 0x30, 0, 1);
    }

    @Checks(Rule.SET_3)
    void pendingWhileUnderWay(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        OfflineManager other = trial.open();
        Client client = trial.client("A");
        scene.manager().advise(client);
        for (Phase phase : Phase.values()) {
            Gate gate = client.holdAt(phase);
            client.forget();
            scene.observer().forget();
            Call<?> change = scene.begin();
            gate.awaitEntered();
            change.value();
            everySetIsPending(trial, List.of(scene.manager(), other));
            gate.open();
            scene.awaitDone();
            client.awaitTold(Phase.DONE, scene.to());
            trial.expect(
                    client.changes().size() == 3 && scene.manager().currentState() == scene.to(),
                    "expected that the refused calls change nothing: one transition to " + scene.to() + "; told was "
                            + client.changes());
            scene.back();
        }
    }

    @Checks(Rule.SET_3)
    void pendingWhileTheBackendIsAtIt(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        OfflineManager other = trial.open();
        ConnectionState target = manager.currentState().opposite();
        Runnable release = trial.control().holdNextChange(trial.profile());
        manager.setCurrentState(target, SetFlag.DEFAULT);
        everySetIsPending(trial, List.of(manager, other));
        release.run();
        trial.await("the state becomes " + target, () -> manager.currentState() == target);
    }

    private static void everySetIsPending(ProviderTrial trial, List<OfflineManager> managers) {
        for (OfflineManager manager : managers) {
            for (ConnectionState state : ConnectionState.values()) {
                for (SetFlag flag : SetFlag.values()) {
                    trial.run(
                                    "second setter",
                                    manager + ".setCurrentState(" + state + ", " + flag
                                            + ") while a change is under way",
                                    () -> ProviderTrial.real(manager).setCurrentState(state, flag))
                            .failsWith(HResult.E_PENDING);
                }
            }
        }
    }

    @Checks(Rule.SET_4)
    void worksAgainAtOnce(ProviderTrial trial) throws Exception {
        OfflineManager manager = trial.settable();
        for (String lane : List.of("A", "B", "C")) {
            manager.advise(trial.client(lane));
        }
        OfflineManager real = ProviderTrial.real(manager);
        ConnectionState begin = manager.currentState();
        trial.change(manager, trial.profile(), begin.opposite());
        trial.change(manager, trial.profile(), begin);
        trial.repeat(300, index -> {
            for (ConnectionState state : List.of(begin.opposite(), begin)) {
                trial.countChange();
                try {
                    real.setCurrentState(state, SetFlag.BLOCK);
                } catch (OfflineStateException failure) {
                    throw CheckFailure.thrown(
                            "expected that setCurrentState(" + state + ", BLOCK) works right after the call before it"
                                    + " returned; it failed with " + failure.getMessage(),
                            failure);
                }
            }
        });
    }

    @Checks(Rule.SET_5)
    void theStateThatHoldsAlready(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        OfflineManager other = trial.open();
        Client client = trial.client("A");
        scene.manager().advise(client);
        for (OfflineManager manager : List.of(scene.manager(), other)) {
            for (SetFlag flag : SetFlag.values()) {
                trial.run(
                                "setter",
                                manager + ".setCurrentState(" + scene.from() + ", " + flag + ")",
                                () -> trial.setPatiently(ProviderTrial.real(manager), scene.from(), flag))
                        .value();
            }
        }
        scene.there();
        client.awaitTold(Phase.DONE, scene.to());
        trial.expect(
                client.changes().size() == 3,
                "expected that setting the state that holds notifies nobody; before the transition to " + scene.to()
                        + " ended, told was " + client.changes());
    }

    @Checks(Rule.SET_6)
    void blockFailsWithTheCause(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        ConnectionState target = manager.currentState().opposite();
        trial.control().failNextChange(trial.profile(), trial.onPurpose());
        blockFails(trial, manager, target);
    }

    @Checks(Rule.SET_6)
    void blockFailsWithTheCauseAfterStart(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        ConnectionState target = manager.currentState().opposite();
        Client client = trial.client("A");
        manager.advise(client);
        Runnable fail = trial.control().failNextChangeAfterStart(trial.profile(), trial.onPurpose());
        Call<?> setter = trial.run(
                "setter",
                "setCurrentState(" + target + ", BLOCK), which the backend fails to do,",
                () -> manager.setCurrentState(target, SetFlag.BLOCK));
        awaitStart(trial, client, target);
        fail.run();
        expectCause(trial, setter.failsWith(HResult.MAPI_E_CALL_FAILED));
    }

    private static void blockFails(ProviderTrial trial, OfflineManager manager, ConnectionState target) {
        OfflineStateException failure = trial.run(
                        "setter",
                        "setCurrentState(" + target + ", BLOCK), which the backend refuses,",
                        () -> manager.setCurrentState(target, SetFlag.BLOCK))
                .failsWith(HResult.MAPI_E_CALL_FAILED);
        expectCause(trial, failure);
    }

    private static void expectCause(ProviderTrial trial, OfflineStateException failure) {
        Throwable cause = failure.getCause();
        trial.expect(cause != null, "expected that the failure has the backend's cause; it has none");
        if (cause instanceof CompletionException || cause instanceof ExecutionException) {
            trial.expect(
                    cause.getCause() == null,
                    "expected that the failure has the backend's cause; it has one that only wraps it, " + cause);
        }
    }

    /** START is told where the object can tell of the change; else there is nothing to wait for. */
    private static void awaitStart(ProviderTrial trial, Client client, ConnectionState target) {
        try (OfflineManager manager = trial.openQuietly(trial.profile())) {
            if (manager.capabilities().notifies(target)) {
                client.awaitTold(Phase.START, target);
            }
        }
    }

    @Checks(Rule.SET_6B)
    void defaultDoesNotFail(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        ConnectionState target = manager.currentState().opposite();
        trial.control().failNextChange(trial.profile(), trial.onPurpose());
        trial.run(
                        "setter",
                        "setCurrentState(" + target + ", DEFAULT), which the backend refuses,",
                        () -> manager.setCurrentState(target, SetFlag.DEFAULT))
                .value();
        trial.change(manager, trial.profile(), target);
    }

    @Checks(Rule.SET_6B)
    void whatNobodyWaitsForIsLoggedWhereItFails(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        OfflineManager real = ProviderTrial.real(manager);
        ConnectionState target = manager.currentState().opposite();
        // A source may fail in words of its own; how a call with BLOCK fails is judged by SET-6.
        IOException first = trial.onPurpose();
        trial.control().failNextChange(trial.profile(), first);
        Throwable told = trial.run(
                        "setter",
                        "setCurrentState(" + target + ", BLOCK), which the backend refuses,",
                        () -> trial.setPatiently(real, target, SetFlag.BLOCK))
                .outcome();
        Throwable own = told == null || LogWatch.causes(told).contains(first) ? null : told.getCause();
        trial.letOthersRun(); // what is logged of that has been logged
        IOException given = new IOException("made to happen by the compatibility kit while nobody waits, "
                + trial.random().nextLong());
        try (LogWatch watch = LogWatch.open()) {
            trial.control().failNextChange(trial.profile(), given);
            trial.run(
                            "setter",
                            "setCurrentState(" + target + ", DEFAULT), which the backend refuses,",
                            () -> trial.setPatiently(real, target, SetFlag.DEFAULT))
                    .value();
            trial.await(
                    "it is logged that a change failed which nobody waited for, with the cause",
                    () -> watch.carries(given) || (own != null && (watch.carries(own) || watch.carriesOneLike(own))));
        }
    }

    @Checks(Rule.SET_6C)
    void nothingHasChangedAfterAFailure(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        trial.control().failNextChange(trial.profile(), trial.onPurpose());
        failQuietly(scene);
        nothingHasChanged(trial, scene, client);
    }

    @Checks(Rule.SET_6C)
    void nothingHasChangedAfterAFailureAfterStart(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        Runnable fail = trial.control().failNextChangeAfterStart(trial.profile(), trial.onPurpose());
        Call<?> setter = scene.beginBlocking(scene.manager());
        client.awaitTold(Phase.START, scene.to());
        fail.run();
        @Nullable Throwable ignored = setter.outcome();
        nothingHasChanged(trial, scene, client);
    }

    /** How the call fails is judged by SET-6. */
    private static void failQuietly(Scene scene) {
        @Nullable Throwable ignored = scene.beginBlocking(scene.manager()).outcome();
    }

    private static void nothingHasChanged(ProviderTrial trial, Scene scene, Client client) {
        ConnectionState seen = scene.manager().currentState();
        trial.expect(
                seen == scene.from(),
                "expected that the state is " + scene.from() + " after the change has failed; it was " + seen);
        // The next transition is the fence.
        int before = client.count();
        scene.there();
        client.awaitTold(Phase.DONE, scene.to());
        List<StateChange> told =
                client.changes().subList(0, Math.min(before, client.changes().size()));
        trial.expect(
                told.stream().noneMatch(change -> change.phase() == Phase.CHANGE),
                "expected that no STATECHANGE is sent for a change that fails; told was " + told);
    }

    @Checks(Rule.SET_6D)
    void usableAtOnceAfterAFailure(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        manager.advise(trial.client("A"));
        ConnectionState target = manager.currentState().opposite();
        for (int turn = 0; turn < 3; turn++) {
            trial.control().failNextChange(trial.profile(), trial.onPurpose());
            @Nullable
            Throwable ignored = trial.run(
                            "setter",
                            "setCurrentState(" + target + ", BLOCK), which the backend refuses,",
                            () -> manager.setCurrentState(target, SetFlag.BLOCK))
                    .outcome();
        }
        worksAtOnce(trial, manager, target);
    }

    @Checks(Rule.SET_6D)
    void usableAtOnceAfterAFailureAfterStart(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        Client client = trial.client("A");
        manager.advise(client);
        ConnectionState target = manager.currentState().opposite();
        Runnable fail = trial.control().failNextChangeAfterStart(trial.profile(), trial.onPurpose());
        Call<?> setter = trial.run(
                "setter",
                "setCurrentState(" + target + ", BLOCK), which the backend fails to do,",
                () -> manager.setCurrentState(target, SetFlag.BLOCK));
        awaitStart(trial, client, target);
        fail.run();
        @Nullable Throwable ignored = setter.outcome();
        worksAtOnce(trial, manager, target);
    }

    private static void worksAtOnce(ProviderTrial trial, OfflineManager manager, ConnectionState target) {
        trial.run(
                        "setter",
                        "setCurrentState(" + target + ", BLOCK) right after one that failed",
                        () -> manager.setCurrentState(target, SetFlag.BLOCK))
                .value();
        trial.await("the state becomes " + target, () -> manager.currentState() == target);
    }

    @Checks(Rule.SET_7)
    @SuppressWarnings("NullAway") // The nulls are what is tried.
    void nullIsNoStateAndNoFlag(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        ConnectionState state = manager.currentState();
        Failures.expectResult(
                "setCurrentState(null, BLOCK)",
                HResult.E_INVALIDARG,
                () -> manager.setCurrentState(null, SetFlag.BLOCK));
        Failures.expectResult(
                "setCurrentState(" + state + ", null)",
                HResult.E_INVALIDARG,
                () -> manager.setCurrentState(state, null));
        Failures.expectResult(
                "setCurrentState(null, null)", HResult.E_INVALIDARG, () -> manager.setCurrentState(null, null));
    }

    @Checks(Rule.SET_8)
    void blockInACallbackOfItsOwnTransition(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        Map<Phase, Throwable> thrown = new ConcurrentHashMap<>();
        Client client = trial.client("A");
        for (Phase phase : Phase.values()) {
            client.on(phase, told -> {
                if (told.stateChange().orElseThrow().newState() == scene.to()) {
                    thrown.put(phase, outcome(() -> real.setCurrentState(scene.from(), SetFlag.BLOCK)));
                }
            });
        }
        scene.manager().advise(client);
        Call<?> change = scene.begin();
        change.value();
        client.awaitTold(Phase.DONE, scene.to());
        trial.await("the callback's call comes to an end", () -> thrown.size() == 3);
        thrown.forEach((phase, failure) -> Failures.expectResult(
                "setCurrentState(" + scene.from() + ", BLOCK) inside the callback of " + phase,
                HResult.E_PENDING,
                failure));
        trial.letOthersRun();
        ConnectionState seen = scene.manager().currentState();
        trial.expect(seen == scene.to(), "expected that nothing is changed by it; the state is " + seen);
    }

    @Checks(Rule.SET_8)
    void blockInACallbackOfAnotherProfile(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        OfflineManager second = trial.open(trial.secondProfile());
        OfflineManager real = ProviderTrial.real(second);
        ConnectionState before = second.currentState();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Client client = trial.client("A")
                .on(
                        Phase.CHANGE,
                        told -> thrown.compareAndSet(
                                null, outcome(() -> real.setCurrentState(before.opposite(), SetFlag.BLOCK))));
        scene.manager().advise(client);
        scene.begin().value();
        trial.await("the callback's call comes to an end", () -> thrown.get() != null);
        Failures.expectResult(
                "setCurrentState of another profile with BLOCK inside a callback", HResult.E_PENDING, thrown.get());
        scene.awaitDone();
        ConnectionState seen = second.currentState();
        trial.expect(seen == before, "expected that the other profile stays " + before + "; it became " + seen);
    }

    @Checks(Rule.SET_8)
    void blockInACallbackOfAForeignNotification(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        OfflineManager real = ProviderTrial.real(manager);
        ConnectionState before = manager.currentState();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Client client = trial.client("A")
                .onForeign(told -> thrown.compareAndSet(
                        null, outcome(() -> real.setCurrentState(before.opposite(), SetFlag.BLOCK))));
        manager.advise(client);
        sendForeign(trial);
        trial.await("the callback's call comes to an end", () -> thrown.get() != null);
        Failures.expectResult(
                "setCurrentState with BLOCK inside a foreign notification's callback", HResult.E_PENDING, thrown.get());
        ConnectionState seen = manager.currentState();
        trial.expect(seen == before, "expected that the state stays " + before + "; it became " + seen);
    }

    /** What something throws; a value that says so where it does not. */
    static Throwable outcome(Trial.Task body) {
        try {
            body.run();
            return new IllegalStateException(RETURNED);
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    @Checks(Rule.SET_9)
    void interruptedWhileWaiting(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        AtomicBoolean kept = new AtomicBoolean();
        Call<?> setter = interruptible(trial, scene, kept, false);
        gate.awaitEntered();
        setter.awaitWaiting();
        setter.thread().interrupt();
        setter.failsWith(HResult.MAPI_E_USER_CANCEL);
        trial.expect(kept.get(), "expected that the thread's interrupt flag is kept; it was cleared");
        gate.open();
        scene.awaitDone();
    }

    @Checks(Rule.SET_9)
    void interruptedBeforehand(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        AtomicBoolean kept = new AtomicBoolean();
        Call<?> setter = interruptible(trial, scene, kept, true);
        setter.failsWith(HResult.MAPI_E_USER_CANCEL);
        trial.expect(kept.get(), "expected that the thread's interrupt flag is kept; it was cleared");
        gate.open();
        scene.awaitDone();
    }

    @Checks(Rule.SET_9B)
    void theChangeGoesOnWithoutTheCaller(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        Call<?> setter = interruptible(trial, scene, new AtomicBoolean(), false);
        gate.awaitEntered();
        setter.awaitWaiting();
        setter.thread().interrupt();
        // Whether the call ends now is judged by SET-9.
        boolean ignored = trial.waitFor(trial.settings().inTime().dividedBy(10), setter::isDone);
        gate.open();
        client.awaitTold(Phase.DONE, scene.to());
        trial.await("the state becomes " + scene.to(), () -> scene.manager().currentState() == scene.to());
        trial.expect(
                client.changes().size() == 3,
                "expected one whole transition to " + scene.to() + "; told was " + client.changes());
    }

    private static Call<?> interruptible(ProviderTrial trial, Scene scene, AtomicBoolean kept, boolean beforehand) {
        trial.countChange();
        OfflineManager real = ProviderTrial.real(scene.manager());
        return trial.run("setter", "setCurrentState(" + scene.to() + ", BLOCK) of an interrupted thread", () -> {
            if (beforehand) {
                Thread.currentThread().interrupt();
            }
            try {
                real.setCurrentState(scene.to(), SetFlag.BLOCK);
            } finally {
                kept.set(Thread.interrupted());
            }
        });
    }

    @Checks(Rule.SET_10)
    @SuppressWarnings("NullAway") // The null is what is tried.
    void theFirstOfSeveralReasons(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        OfflineManager closed = trial.open();
        closed.close();
        Failures.expectResult(
                "setCurrentState(null, BLOCK) of a closed object",
                HResult.E_INVALIDARG,
                () -> closed.setCurrentState(null, SetFlag.BLOCK));
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        AtomicReference<@Nullable Throwable> inside = new AtomicReference<>();
        OfflineManager real = ProviderTrial.real(scene.manager());
        client.on(
                Phase.DONE,
                told -> inside.compareAndSet(null, outcome(() -> real.setCurrentState(scene.to(), SetFlag.BLOCK))));
        scene.manager().advise(client);
        scene.begin();
        gate.awaitEntered();
        Failures.expectResult(
                "setCurrentState of a closed object while a change is under way",
                HResult.MAPI_E_NOT_INITIALIZED,
                () -> closed.setCurrentState(scene.from(), SetFlag.DEFAULT));
        trial.run(
                        "setter",
                        "setting the state that holds while a change is under way",
                        () -> real.setCurrentState(scene.from(), SetFlag.DEFAULT))
                .failsWith(HResult.E_PENDING);
        trial.run("setter", "setCurrentState of an interrupted thread while a change is under way", () -> {
                    Thread.currentThread().interrupt();
                    try {
                        real.setCurrentState(scene.from(), SetFlag.BLOCK);
                    } finally {
                        boolean ignored = Thread.interrupted();
                    }
                })
                .failsWith(HResult.E_PENDING);
        gate.open();
        scene.awaitDone();
        trial.await("the callback's call comes to an end", () -> inside.get() != null);
        Failures.expectResult(
                "setting the state that holds with BLOCK inside a callback", HResult.E_PENDING, inside.get());
        AtomicBoolean kept = new AtomicBoolean();
        trial.run("setter", "setting the state that holds with BLOCK, interrupted,", () -> {
                    Thread.currentThread().interrupt();
                    try {
                        trial.setPatiently(real, scene.to(), SetFlag.BLOCK);
                    } finally {
                        kept.set(Thread.interrupted());
                    }
                })
                .value();
        trial.expect(kept.get(), "expected that the thread's interrupt flag is kept; it was cleared");
    }

    @Checks(Rule.SET_10)
    void lostComesBeforePending(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        scene.begin();
        gate.awaitEntered();
        trial.control().takeAway(trial.profile(), trial.onPurpose());
        Lost.awaitAway(trial, scene.manager());
        trial.run(
                        "setter",
                        "setCurrentState while away and a change is under way",
                        () -> scene.manager().setCurrentState(scene.from(), SetFlag.DEFAULT))
                .failsWith(HResult.MAPI_E_END_OF_SESSION);
        gate.open();
    }

    @Checks(Rule.SET_12)
    @SuppressWarnings("NullAway") // The null is what is tried.
    void readOnlySaysSoAndRefuses(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        boolean readOnly = trial.fixture().readOnly();
        trial.expect(
                manager.canSet() != readOnly,
                "expected that canSet() is " + !readOnly + ", for the fixture's readOnly() is " + readOnly + "; it was "
                        + readOnly);
        ConnectionState before = manager.currentState();
        if (!readOnly) {
            trial.setPatiently(manager, before, SetFlag.DEFAULT);
            return;
        }
        for (ConnectionState state : ConnectionState.values()) {
            for (SetFlag flag : SetFlag.values()) {
                trial.run(
                                "setter",
                                "setCurrentState(" + state + ", " + flag + ") of an object that cannot be set",
                                () -> manager.setCurrentState(state, flag))
                        .failsWith(HResult.MAPI_E_NO_SUPPORT);
            }
        }
        Failures.expectResult(
                "setCurrentState(null, BLOCK)",
                HResult.E_INVALIDARG,
                () -> manager.setCurrentState(null, SetFlag.BLOCK));
        manager.close();
        Failures.expectResult(
                "setCurrentState of a closed object",
                HResult.MAPI_E_NOT_INITIALIZED,
                () -> manager.setCurrentState(before, SetFlag.BLOCK));
    }
}
