package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.fixture.Hook;
import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** LOST: the backend goes away under an open object. */
final class LostChecks {
    /** An object whose backend is away, in the state that it was left in. */
    private record Away(OfflineManager manager, ConnectionState state) {}

    private static Away away(ProviderTrial trial) {
        Lost.requireLosable(trial);
        OfflineManager manager = trial.open();
        ConnectionState state = manager.currentState();
        trial.control().takeAway(trial.profile(), trial.onPurpose());
        Lost.awaitAway(trial, manager);
        return new Away(manager, state);
    }

    @Checks(Rule.LOST_1)
    void theRestWorksAsEver(ProviderTrial trial) {
        Lost.requireLosable(trial);
        OfflineManager manager = trial.open();
        Capabilities before = manager.capabilities();
        ConnectionState state = manager.currentState();
        trial.control().takeAway(trial.profile(), trial.onPurpose());
        Lost.awaitAway(trial, manager);
        Capabilities now = trial.call("reader", "capabilities() while away", manager::capabilities)
                .value();
        trial.expect(
                now.equals(before), "expected the capabilities that were last known, " + before + "; they were " + now);
        AdviseToken token = trial.call("adviser", "advise() while away", () -> manager.advise(trial.client("A")))
                .value();
        trial.run("unadviser", "unadvise() while away", () -> manager.unadvise(token))
                .value();
        Client stays = trial.client("B");
        manager.advise(stays);
        trial.control().bringBack(trial.profile(), state);
        stays.awaitTold(NotifyType.BACKEND_RESTORED);
        trial.control().takeAway(trial.profile(), trial.onPurpose());
        trial.run("closer", "close() while away", manager::close).value();
    }

    @Checks(Rule.LOST_1B)
    void readingAndSettingFail(ProviderTrial trial) {
        Away away = away(trial);
        OfflineStateException reading = trial.call("reader", "currentState() while away", away.manager()::currentState)
                .failsWith(HResult.MAPI_E_END_OF_SESSION);
        expectCause(trial, reading);
        if (away.manager().canSet()) {
            for (SetFlag flag : SetFlag.values()) {
                for (ConnectionState state : ConnectionState.values()) {
                    OfflineStateException setting = trial.run(
                                    "setter",
                                    "setCurrentState(" + state + ", " + flag + ") while away",
                                    () -> away.manager().setCurrentState(state, flag))
                            .failsWith(HResult.MAPI_E_END_OF_SESSION);
                    expectCause(trial, setting);
                }
            }
        }
        trial.control().bringBack(trial.profile(), away.state());
        Lost.awaitBack(trial, away.manager());
    }

    private static void expectCause(ProviderTrial trial, OfflineStateException failure) {
        trial.expect(
                failure.getCause() != null,
                "expected that the failure has the cause of the loss; it has none: " + failure.getMessage());
    }

    @Checks(Rule.LOST_2)
    void aWaitingCallFailsAtOnce(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        Call<?> setter = scene.beginBlocking(scene.manager());
        gate.awaitEntered();
        setter.awaitWaiting();
        trial.control().takeAway(trial.profile(), trial.onPurpose());
        expectCause(trial, setter.failsWith(HResult.MAPI_E_END_OF_SESSION));
        gate.open();
    }

    @Checks(Rule.LOST_2)
    void aCallThatWaitsForTheBackendFailsAtOnce(ProviderTrial trial) {
        Lost.requireLosable(trial);
        OfflineManager manager = trial.settable();
        ConnectionState target = manager.currentState().opposite();
        Runnable ignored = trial.control().holdNextChange(trial.profile());
        Call<?> setter = trial.run(
                "setter",
                "setCurrentState(" + target + ", BLOCK)",
                () -> manager.setCurrentState(target, SetFlag.BLOCK));
        setter.awaitWaiting();
        trial.control().takeAway(trial.profile(), trial.onPurpose());
        setter.failsWith(HResult.MAPI_E_END_OF_SESSION);
    }

    @Checks(Rule.LOST_2B)
    void aReportedChangeIsDeliveredToItsEnd(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.scene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        trial.countChange();
        trial.control().change(scene.profile(), scene.to());
        gate.awaitEntered();
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        gate.open();
        client.awaitTold(NotifyType.BACKEND_LOST);
        trial.expect(
                client.told().size() == 4
                        && Triples.of(client.changes()).mistake().isEmpty(),
                "expected START, STATECHANGE, DONE to " + scene.to() + ", then BACKEND_LOST; told was "
                        + client.told());
        trial.control().bringBack(scene.profile(), scene.to());
    }

    @Checks(Rule.LOST_2B)
    void aQueuedChangeIsDeliveredToo(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.sceneOfBoth();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        twoChanges(trial, scene, gate);
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        gate.open();
        client.awaitTold(NotifyType.BACKEND_LOST);
        Triples triples = Triples.of(client.changes());
        trial.expect(
                client.told().size() == 7 && triples.transitions().size() == 2,
                "expected both transitions that were reported, whole, then BACKEND_LOST; told was " + client.told());
        trial.control().bringBack(scene.profile(), scene.from());
    }

    /** One change that is being told, and one behind it. */
    private static void twoChanges(ProviderTrial trial, Scene scene, Gate gate) {
        trial.countChange();
        trial.control().change(scene.profile(), scene.to());
        gate.awaitEntered();
        trial.countChange();
        trial.control().change(scene.profile(), scene.from());
    }

    @Checks(Rule.LOST_2C)
    void anOpenStartIsClosedByTheChangeWhenBack(ProviderTrial trial) {
        openStart(trial, true);
    }

    @Checks(Rule.LOST_2C)
    void anOpenStartIsAbortedWhenBackInTheOldState(ProviderTrial trial) {
        openStart(trial, false);
    }

    private static void openStart(ProviderTrial trial, boolean changed) {
        Lost.requireLosable(trial);
        Scene scene = trial.scene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        trial.control().startChange(scene.profile(), scene.to());
        client.awaitTold(Phase.START, scene.to());
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        client.awaitTold(NotifyType.BACKEND_LOST);
        trial.letOthersRun();
        trial.expect(
                client.changes().size() == 1,
                "expected that the transition stays open while the backend is away; told was " + client.told());
        ConnectionState end = changed ? scene.to() : scene.from();
        trial.control().bringBack(scene.profile(), end);
        client.awaitTold(Phase.DONE, end);
        List<String> expected = changed
                ? List.of("START", "BACKEND_LOST", "BACKEND_RESTORED", "CHANGE", "DONE")
                : List.of("START", "BACKEND_LOST", "BACKEND_RESTORED", "DONE");
        trial.expect(words(client).equals(expected), "expected " + expected + "; told was " + client.told());
    }

    /** What a client was told, in words. */
    private static List<String> words(Client client) {
        return client.told().stream()
                .map(told -> told.stateChange()
                        .map(change -> change.phase().name())
                        .orElseGet(() -> told.type().toString()))
                .toList();
    }

    @Checks(Rule.LOST_2D)
    void aTransitionThatNobodyWasToldOfIsForgotten(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        Runnable ignored = trial.control().holdNextChange(scene.profile());
        Call<?> setter = trial.run(
                "setter",
                "setCurrentState(" + scene.to() + ", DEFAULT)",
                () -> scene.manager().setCurrentState(scene.to(), SetFlag.DEFAULT));
        setter.value();
        trial.letOthersRun();
        if (!client.told().isEmpty()) {
            throw NotJudged.notVerified(
                    "START is told before the backend has made the change; told was " + client.told());
        }
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        client.awaitTold(NotifyType.BACKEND_LOST);
        trial.control().bringBack(scene.profile(), scene.from());
        client.awaitTold(NotifyType.BACKEND_RESTORED);
        trial.letOthersRun();
        List<StateChange> told = client.changes();
        trial.expect(told.isEmpty(), "expected that the request is forgotten; told was " + told);
        ConnectionState seen = scene.manager().currentState();
        trial.expect(seen == scene.from(), "expected that the state is " + scene.from() + "; it was " + seen);
    }

    @Checks(Rule.LOST_2D)
    void aQueuedStartIsForgotten(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.sceneOfBoth();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        trial.countChange();
        trial.control().change(scene.profile(), scene.to());
        gate.awaitEntered();
        trial.control().startChange(scene.profile(), scene.from());
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        gate.open();
        client.awaitTold(NotifyType.BACKEND_LOST);
        trial.control().bringBack(scene.profile(), scene.to());
        client.awaitTold(NotifyType.BACKEND_RESTORED);
        // The next transition is the fence.
        scene.back();
        client.awaitTold(Phase.DONE, scene.from());
        List<String> expected =
                List.of("START", "CHANGE", "DONE", "BACKEND_LOST", "BACKEND_RESTORED", "START", "CHANGE", "DONE");
        trial.expect(
                words(client).equals(expected),
                "expected that a START which was queued when the backend went is told to nobody; told was "
                        + client.told());
    }

    @Checks(Rule.LOST_3)
    void backInAnotherStateIsOneTransition(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.scene();
        List<Client> clients = List.of(trial.client("A"), trial.client("B"));
        clients.forEach(client -> scene.manager().advise(client));
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        clients.forEach(client -> client.awaitTold(NotifyType.BACKEND_LOST));
        trial.control().bringBack(scene.profile(), scene.to());
        List<String> expected = List.of("BACKEND_LOST", "BACKEND_RESTORED", "START", "CHANGE", "DONE");
        for (Client client : clients) {
            client.awaitTold(Phase.DONE, scene.to());
            trial.expect(words(client).equals(expected), "expected " + expected + "; told was " + client.told());
        }
        trial.await("the state is " + scene.to(), () -> scene.manager().currentState() == scene.to());
    }

    @Checks(Rule.LOST_3B)
    void backInTheSameStateIsNone(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.scene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        client.awaitTold(NotifyType.BACKEND_LOST);
        trial.control().bringBack(scene.profile(), scene.from());
        client.awaitTold(NotifyType.BACKEND_RESTORED);
        // The next transition is the fence.
        scene.there();
        client.awaitTold(Phase.DONE, scene.to());
        List<String> expected = List.of("BACKEND_LOST", "BACKEND_RESTORED", "START", "CHANGE", "DONE");
        trial.expect(
                words(client).equals(expected),
                "expected that coming back in the same state is no transition; told was " + client.told());
    }

    @Checks(Rule.LOST_4)
    void lostAndRestoredAlternateInOrder(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.scene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        List<String> expected = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            trial.control().takeAway(scene.profile(), trial.onPurpose());
            Client late = trial.client("late" + turn);
            Lost.awaitAway(trial, scene.manager());
            scene.manager().advise(late);
            trial.control().bringBack(scene.profile(), scene.from());
            late.awaitTold(NotifyType.BACKEND_RESTORED);
            Lost.awaitBack(trial, scene.manager());
            scene.there();
            client.awaitTold(Phase.DONE, scene.to());
            expected.addAll(List.of("BACKEND_LOST", "BACKEND_RESTORED", "START", "CHANGE", "DONE"));
            trial.await(
                    "registration A is told " + expected, () -> words(client).size() >= expected.size());
            trial.expect(words(client).equals(expected), "expected " + expected + "; told was " + client.told());
            // The way back is told or not, by the capabilities: not what is judged here.
            scene.back();
            int whole = scene.capabilities().notifies(scene.from()) ? expected.size() + 3 : expected.size();
            client.awaitCount(whole);
            client.forget();
            expected.clear();
        }
    }

    @Checks(Rule.LOST_4)
    void lostDoesNotOvertakeATransition(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.scene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        trial.countChange();
        trial.control().change(scene.profile(), scene.to());
        gate.awaitEntered();
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        trial.control().bringBack(scene.profile(), scene.to());
        gate.open();
        client.awaitTold(NotifyType.BACKEND_RESTORED);
        List<String> expected = List.of("START", "CHANGE", "DONE", "BACKEND_LOST", "BACKEND_RESTORED");
        trial.expect(words(client).equals(expected), "expected " + expected + "; told was " + client.told());
    }

    @Checks(Rule.LOST_4)
    void lostDoesNotOvertakeAQueuedTransition(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.sceneOfBoth();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        twoChanges(trial, scene, gate);
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        trial.control().bringBack(scene.profile(), scene.from());
        gate.open();
        client.awaitTold(NotifyType.BACKEND_RESTORED);
        List<String> expected =
                List.of("START", "CHANGE", "DONE", "START", "CHANGE", "DONE", "BACKEND_LOST", "BACKEND_RESTORED");
        trial.expect(words(client).equals(expected), "expected " + expected + "; told was " + client.told());
    }

    @Checks(Rule.LOST_4B)
    void awayEndsBeforeRestoredIsTold(ProviderTrial trial) throws Exception {
        Lost.requireLosable(trial);
        OfflineManager manager = trial.open();
        OfflineManager real = ProviderTrial.real(manager);
        ConnectionState state = manager.currentState();
        Map<String, String> failed = new ConcurrentHashMap<>();
        AtomicInteger read = new AtomicInteger();
        List<Client> clients = new ArrayList<>();
        for (String lane : List.of("A", "B", "C")) {
            Client client = trial.client(lane).onAnything(told -> {
                if (told.type().equals(NotifyType.BACKEND_RESTORED)) {
                    readInside(real, lane, failed);
                    read.incrementAndGet();
                }
            });
            clients.add(client);
            manager.advise(client);
        }
        trial.repeat(5, index -> {
            clients.forEach(Client::forget);
            trial.control().takeAway(trial.profile(), trial.onPurpose());
            clients.forEach(client -> client.awaitTold(NotifyType.BACKEND_LOST));
            trial.control().bringBack(trial.profile(), state);
            trial.await(
                    "every registration reads the state in BACKEND_RESTORED",
                    () -> read.get() == (index + 1) * clients.size());
            trial.expect(
                    failed.isEmpty(), "expected that the state can be read in BACKEND_RESTORED; it failed: " + failed);
        });
    }

    private static void readInside(OfflineManager manager, String lane, Map<String, String> failed) {
        try {
            if (manager.currentState() == null) {
                failed.put(lane, "null");
            }
        } catch (OfflineStateException failure) {
            failed.put(lane, String.valueOf(failure.getMessage()));
        }
    }

    @Checks(Rule.LOST_4C)
    void whoCouldNotReadIsToldRestored(ProviderTrial trial) throws Exception {
        Lost.requireLosable(trial);
        OfflineManager manager = trial.open();
        OfflineManager real = ProviderTrial.real(manager);
        ConnectionState state = manager.currentState();
        Client observer = trial.client("observer");
        manager.advise(observer);
        trial.repeat(40, index -> {
            observer.forget();
            trial.control().takeAway(trial.profile(), trial.onPurpose());
            Lost.awaitAway(trial, manager);
            Call<?> back = trial.run(
                    "source", "the backend is back", () -> trial.control().bringBack(trial.profile(), state));
            List<Waiting> waiting = new ArrayList<>();
            boolean away = true;
            while (away && waiting.size() < 2000) {
                Waiting one = new Waiting();
                AdviseToken token = real.advise(one);
                away = Lost.isAway(real);
                if (away) {
                    waiting.add(one);
                } else {
                    real.unadvise(token);
                }
            }
            back.value();
            observer.awaitTold(NotifyType.BACKEND_RESTORED);
            trial.await(
                    "every registration whose reading failed for being away is told BACKEND_RESTORED",
                    () -> waiting.stream().allMatch(Waiting::wasRestored));
        });
    }

    /** Waits for the backend to be back. */
    private static final class Waiting implements OfflineNotify {
        private volatile boolean restored;

        @Override
        public void onNotify(OfflineNotification notification) {
            if (notification.type().equals(NotifyType.BACKEND_RESTORED)) {
                restored = true;
            }
        }

        boolean wasRestored() {
            return restored;
        }
    }

    @Checks(Rule.LOST_5)
    void theProviderComesBackByItself(ProviderTrial trial) {
        Away away = away(trial);
        Client client = trial.client("A");
        away.manager().advise(client);
        trial.control().bringBack(trial.profile(), away.state());
        if (trial.control().means(Hook.BRING_BACK) == Means.INJECTED) {
            throw NotJudged.notVerified("that the backend is back was injected, so nothing had to be tried; needs "
                    + Hook.BRING_BACK.what() + ", in the real source");
        }
        client.awaitTold(NotifyType.BACKEND_RESTORED);
        Lost.awaitBack(trial, away.manager());
    }
}
