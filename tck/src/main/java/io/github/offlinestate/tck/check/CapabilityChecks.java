package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.tck.model.Rule;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CAP: capabilities. */
final class CapabilityChecks {
    @Checks(Rule.CAP_1)
    void announcedCapabilitiesAreHonoured(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        scene.there();
        awaitAnyPhase(trial, client, scene.to());
        scene.back();
        if (scene.capabilities().notifies(scene.from())) {
            awaitAnyPhase(trial, client, scene.from());
        }
    }

    @Checks(Rule.CAP_1)
    void theMaskSaysWhatTheBackendCan(ProviderTrial trial) {
        for (OneSided profile : OneSided.profiles(trial)) {
            Capabilities seen = trial.open(profile.name()).capabilities();
            trial.expect(
                    seen.notifiesOffline() == profile.capabilities().notifiesOffline()
                            && seen.notifiesOnline() == profile.capabilities().notifiesOnline(),
                    "expected that a profile which was made with the capabilities " + profile.capabilities()
                            + " says so; it says " + seen);
        }
    }

    private static void awaitAnyPhase(ProviderTrial trial, Client client, ConnectionState state) {
        trial.await(
                "an object with the capability for " + state + " notifies a transition into it",
                () -> client.changes().stream().anyMatch(change -> change.newState() == state));
    }

    private static Client advisedBeforeAChange(ProviderTrial trial, Scene scene) {
        Client client = trial.client("A");
        scene.manager().advise(client);
        scene.there();
        return client;
    }

    @Checks(Rule.CAP_2)
    void oneCapabilityAlone(ProviderTrial trial) {
        for (OneSided profile : OneSided.telling(trial)) {
            Scene scene = trial.scene(profile.name());
            Client client = advisedBeforeAChange(trial, scene);
            awaitAnyPhase(trial, client, scene.to());
        }
    }

    /** What the source cannot tell has gone between, so the same state is another transition. */
    @Checks(Rule.CAP_2)
    void oneCapabilityTellsEachTransition(ProviderTrial trial) {
        for (OneSided profile : OneSided.telling(trial)) {
            Scene scene = trial.scene(profile.name());
            Client client = advisedBeforeAChange(trial, scene);
            client.forget();
            trial.countChange();
            trial.control().changeUntold(profile.name(), scene.from());
            trial.countChange();
            trial.control().change(profile.name(), scene.to());
            awaitAnyPhase(trial, client, scene.to());
        }
    }

    @Checks(Rule.CAP_3)
    void silentWithoutTheCapability(ProviderTrial trial) {
        for (OneSided profile : OneSided.profiles(trial)) {
            OfflineManager manager = trial.open(profile.name());
            Client client = trial.client("A");
            manager.advise(client);
            ConnectionState begin = manager.currentState();
            for (int turn = 0; turn < 4; turn++) {
                trial.change(manager, profile.name(), turn % 2 == 0 ? begin.opposite() : begin);
            }
            // The told transition of a one-sided profile is the fence for the silent ones before it.
            for (ConnectionState state : ConnectionState.values()) {
                if (profile.capabilities().notifies(state)) {
                    trial.change(manager, profile.name(), state.opposite());
                    client.forget();
                    trial.change(manager, profile.name(), state);
                    awaitAnyPhase(trial, client, state);
                }
                trial.expect(
                        profile.capabilities().notifies(state)
                                || client.changes().stream()
                                        .noneMatch(change -> change.newState() == state && !change.isAbort()),
                        "expected that an object of capabilities " + profile.capabilities()
                                + " notifies no transition into " + state + "; it was told " + client.told());
            }
        }
    }

    @Checks(Rule.CAP_3B)
    void adviseWorksWithoutCapabilities(ProviderTrial trial) {
        for (OneSided profile : OneSided.profiles(trial)) {
            OfflineManager manager = trial.open(profile.name());
            AdviseToken token = manager.advise(trial.client("A"));
            manager.unadvise(token);
        }
    }

    @Checks(Rule.CAP_3C)
    void settingWithoutTheCapability(ProviderTrial trial) {
        trial.settable().close();
        for (OneSided profile : OneSided.profiles(trial)) {
            OfflineManager manager = trial.open(profile.name());
            manager.advise(trial.client("A"));
            for (ConnectionState state : ConnectionState.values()) {
                if (!profile.capabilities().notifies(state)) {
                    trial.change(manager, profile.name(), state.opposite());
                    trial.countChange();
                    trial.run(
                                    "setter",
                                    "setCurrentState(" + state + ", BLOCK)",
                                    () -> trial.setPatiently(manager, state, SetFlag.BLOCK))
                            .value();
                    ConnectionState seen = manager.currentState();
                    trial.expect(seen == state, "expected that the state is " + state + " then; it was " + seen);
                }
            }
        }
    }

    @Checks(Rule.CAP_4)
    void capabilitiesDoNotChange(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        Set<Capabilities> seen = Collections.synchronizedSet(new HashSet<>());
        seen.add(manager.capabilities());
        Client client = trial.client("A")
                .onAnything(told -> seen.add(ProviderTrial.real(manager).capabilities()));
        AdviseToken token = manager.advise(client);
        ConnectionState begin = manager.currentState();
        for (ConnectionState state : List.of(begin.opposite(), begin)) {
            trial.change(manager, trial.profile(), state);
            seen.add(manager.capabilities());
        }
        manager.unadvise(token);
        seen.add(manager.capabilities());
        seen.add(trial.open().capabilities());
        trial.expect(seen.size() == 1, "expected that the capabilities stay as they are; there were " + seen);
    }
}
