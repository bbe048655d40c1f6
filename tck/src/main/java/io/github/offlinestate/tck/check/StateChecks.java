package io.github.offlinestate.tck.check;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.Rule;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** STATE: the current state. */
final class StateChecks {
    private record Reading(Client client, StateChange change, ConnectionState state) {}

    @Checks(Rule.STATE_1)
    void alwaysOneOfTheTwo(ProviderTrial trial) throws Exception {
        OfflineManager manager = trial.open();
        OfflineManager real = ProviderTrial.real(manager);
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong nothing = new AtomicLong();
        Call<?> reader = trial.run("reader", "read the state again and again", () -> {
            while (!over.get() && !trial.isAbandoned()) {
                if (real.currentState() == null) {
                    nothing.incrementAndGet();
                }
            }
        });
        manager.advise(trial.client("A").onAnything(told -> {
            if (real.currentState() == null) {
                nothing.incrementAndGet();
            }
        }));
        ConnectionState begin = manager.currentState();
        trial.repeat(10, index -> {
            trial.change(manager, trial.profile(), begin.opposite());
            trial.change(manager, trial.profile(), begin);
        });
        over.set(true);
        reader.value();
        trial.expect(
                nothing.get() == 0,
                "expected that every reading gives ONLINE or OFFLINE; " + nothing.get() + " gave null");
    }

    @Checks(Rule.STATE_2)
    void startIsToldInTheOldState(ProviderTrial trial) throws Exception {
        readInCallbacks(trial, List.of(Phase.START));
    }

    @Checks(Rule.STATE_2B)
    void changeAndDoneAreToldInTheNewState(ProviderTrial trial) throws Exception {
        readInCallbacks(trial, List.of(Phase.CHANGE, Phase.DONE));
    }

    /** Every registration of two objects reads the state in its callbacks; so does a thread while the last is held. */
    private static void readInCallbacks(ProviderTrial trial, List<Phase> phases) throws Exception {
        Scene scene = trial.scene();
        OfflineManager other = trial.open();
        ConcurrentLinkedQueue<Reading> readings = new ConcurrentLinkedQueue<>();
        Client held = trial.client("D");
        for (Client client : List.of(trial.client("A"), trial.client("B"), trial.client("C"), held)) {
            OfflineManager manager = client.lane().equals("B") ? other : scene.manager();
            client.onAnything(told -> read(readings, client, told, manager, phases));
            manager.advise(client);
        }
        trial.repeat(5, index -> {
            scene.there();
            judge(trial, readings, phases);
            scene.back();
            judge(trial, readings, phases);
        });
        for (Phase phase : phases) {
            Gate gate = held.holdAt(phase);
            scene.observer().forget();
            Call<?> change = scene.begin();
            gate.awaitEntered();
            ConnectionState expected = phase == Phase.START ? scene.from() : scene.to();
            ConnectionState seen = trial.call("reader", "read the state in " + phase, other::currentState)
                    .value();
            trial.expect(
                    seen == expected,
                    "expected that the state is " + expected + " while STATECHANGE"
                            + (phase == Phase.CHANGE ? "" : "_" + phase) + " is being delivered; it was " + seen);
            gate.open();
            change.value();
            scene.awaitDone();
            scene.back();
        }
        judge(trial, readings, phases);
    }

    @Checks(Rule.STATE_2)
    void startIsToldInTheOldStateThatNobodyWasToldOf(ProviderTrial trial) {
        readAfterAnUntoldChange(trial, List.of(Phase.START));
    }

    @Checks(Rule.STATE_2B)
    void changeAndDoneAreToldInTheNewStateThatWasTheLastTold(ProviderTrial trial) {
        readAfterAnUntoldChange(trial, List.of(Phase.CHANGE, Phase.DONE));
    }

    /** With one capability: what was told last comes again, and what was between nobody could tell. */
    private static void readAfterAnUntoldChange(ProviderTrial trial, List<Phase> phases) {
        for (OneSided profile : OneSided.telling(trial)) {
            Scene scene = trial.scene(profile.name());
            scene.there();
            ConcurrentLinkedQueue<Reading> readings = new ConcurrentLinkedQueue<>();
            Client client = trial.client("A");
            client.onAnything(told -> read(readings, client, told, scene.manager(), phases));
            scene.manager().advise(client);
            trial.countChange();
            trial.control().changeUntold(profile.name(), scene.from());
            trial.countChange();
            trial.control().change(profile.name(), scene.to());
            client.awaitTold(Phase.DONE, scene.to());
            judge(trial, readings, phases);
        }
    }

    private static void read(
            ConcurrentLinkedQueue<Reading> readings,
            Client client,
            OfflineNotification told,
            OfflineManager manager,
            List<Phase> phases) {
        told.stateChange()
                .filter(change -> phases.contains(change.phase()))
                .ifPresent(change -> readings.add(
                        new Reading(client, change, ProviderTrial.real(manager).currentState())));
    }

    private static void judge(ProviderTrial trial, ConcurrentLinkedQueue<Reading> readings, List<Phase> phases) {
        for (Reading reading = readings.poll(); reading != null; reading = readings.poll()) {
            StateChange change = reading.change();
            ConnectionState expected = change.phase() == Phase.START ? change.oldState() : change.newState();
            trial.expect(
                    reading.state() == expected,
                    "expected that " + reading.client() + " reads " + expected + " in its callback of " + change
                            + "; it read " + reading.state() + " (judged: " + phases + ")");
        }
    }

    @Checks(Rule.STATE_3)
    void readingNeverWaits(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        OfflineManager other = trial.open();
        scene.manager().advise(client);
        for (Phase phase : Phase.values()) {
            Gate gate = client.holdAt(phase);
            scene.observer().forget();
            Call<?> change = scene.begin();
            gate.awaitEntered();
            for (OfflineManager manager : List.of(scene.manager(), other)) {
                trial.call("reader", "read the state while " + phase + " is held", manager::currentState)
                        .value();
            }
            gate.open();
            change.value();
            scene.awaitDone();
            scene.back();
        }
    }

    @Checks(Rule.STATE_3)
    void readingNeverWaitsForTheBackend(ProviderTrial trial) {
        OfflineManager manager = trial.settable();
        Runnable release = trial.control().holdNextChange(trial.profile());
        ConnectionState before = manager.currentState();
        Call<?> setter =
                trial.run("setter", "set the state", () -> manager.setCurrentState(before.opposite(), SetFlag.DEFAULT));
        setter.value();
        trial.call("reader", "read the state while the backend is held", manager::currentState)
                .value();
        release.run();
        trial.await("the state becomes " + before.opposite(), () -> manager.currentState() != before);
    }

    @Checks(Rule.STATE_4)
    void silentChangesKeepTheOrder(ProviderTrial trial) {
        for (OneSided profile : OneSided.profiles(trial)) {
            if (profile.capabilities().notifiesOffline()
                    || profile.capabilities().notifiesOnline()) {
                silentAfterTold(trial, profile.name());
            } else {
                OfflineManager manager = trial.open(profile.name());
                ConnectionState before = manager.currentState();
                trial.change(manager, profile.name(), before.opposite());
                ConnectionState after = manager.currentState();
                trial.expect(after != before, "expected that a silent change takes effect; the state is " + after);
            }
        }
    }

    private static void silentAfterTold(ProviderTrial trial, String profile) {
        Scene scene = trial.scene(profile);
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.DONE);
        scene.manager().advise(client);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        change.value();
        // While the told transition is under way, the source goes back silently.
        trial.countChange();
        Call<?> silent = trial.run(
                "source",
                "silent change to " + scene.from(),
                () -> trial.control().change(profile, scene.from()));
        silent.value();
        for (int reading = 0; reading < 50; reading++) {
            ConnectionState seen = scene.manager().currentState();
            trial.expect(
                    seen == scene.to(),
                    "expected that the silent change to " + scene.from() + " takes effect after the transition that it"
                            + " follows; it did while DONE was being delivered");
        }
        gate.open();
        trial.await(
                "the silent change to " + scene.from() + " takes effect after the told one",
                () -> scene.manager().currentState() == scene.from());
        trial.expect(
                client.changes().size() == 3,
                "expected that the silent change is told to nobody; told was " + client.changes());
    }

    @Checks(Rule.STATE_4B)
    void unreportedChangesAreDiscovered(ProviderTrial trial) {
        for (OneSided profile : OneSided.profiles(trial)) {
            OfflineManager manager = trial.open(profile.name());
            Client client = trial.client("A");
            manager.advise(client);
            for (ConnectionState state : ConnectionState.values()) {
                if (!profile.capabilities().notifies(state)) {
                    trial.change(manager, profile.name(), state.opposite());
                    client.forget();
                    trial.countChange();
                    trial.control().changeUntold(profile.name(), state);
                    trial.await("reading discovers the change to " + state, () -> manager.currentState() == state);
                    if (manager.canSet()) {
                        setToWhatTheSourceBecame(trial, manager, profile.name(), state);
                    }
                    trial.expect(
                            client.changes().stream().noneMatch(change -> change.newState() == state),
                            "expected that nobody is told of a change to " + state + "; told was " + client.told());
                }
            }
        }
    }

    private static void setToWhatTheSourceBecame(
            ProviderTrial trial, OfflineManager manager, String profile, ConnectionState state) {
        trial.change(manager, profile, state.opposite());
        trial.control().changeUntold(profile, state);
        trial.setPatiently(manager, state, SetFlag.BLOCK);
        ConnectionState seen = manager.currentState();
        trial.expect(seen == state, "expected that the state is " + state + "; it was " + seen);
    }

    @Checks(Rule.STATE_4C)
    void readingDoesNotAnticipate(ProviderTrial trial) {
        doesNotAnticipate(trial, trial.profile());
    }

    @Checks(Rule.STATE_4C)
    void readingDoesNotAnticipateWithOneCapability(ProviderTrial trial) {
        for (OneSided profile : OneSided.profiles(trial)) {
            if (profile.capabilities().notifiesOffline()
                    || profile.capabilities().notifiesOnline()) {
                doesNotAnticipate(trial, profile.name());
            }
        }
    }

    private static void doesNotAnticipate(ProviderTrial trial, String profile) {
        Scene scene = trial.scene(profile);
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        OfflineManager other = trial.open(profile);
        OfflineManager real = ProviderTrial.real(other);
        for (int reading = 0; reading < 200; reading++) {
            ConnectionState seen = real.currentState();
            trial.expect(
                    seen == scene.from(),
                    "expected that the state is " + scene.from() + " until STATECHANGE is due; it was " + seen
                            + " while START was still being delivered");
        }
        gate.open();
        change.value();
        scene.awaitDone();
    }
}
