package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.fixture.HookMissingException;
import io.github.offlinestate.tck.model.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** OPEN: opening an offline object. */
final class OpenChecks {
    @Checks(Rule.OPEN_1)
    void everyOperationWorks(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        trial.expect(manager.capabilities() != null, "expected that capabilities() gives a mask; it gave null");
        ConnectionState state = manager.currentState();
        trial.expect(state != null, "expected that currentState() gives a state; it gave null");
        AdviseToken token = manager.advise(trial.client("A"));
        trial.expect(token != null, "expected that advise() gives a token; it gave null");
        if (manager.canSet()) {
            manager.setCurrentState(state, SetFlag.DEFAULT);
        }
        manager.unadvise(token);
        manager.close();
    }

    @Checks(Rule.OPEN_2)
    void unknownProfile(ProviderTrial trial) {
        openUnknown(trial);
        openUnknown(trial); // the first has left nothing behind that the second could meet
    }

    @Checks(Rule.OPEN_2B)
    void unknownProfileIsNamed(ProviderTrial trial) {
        OfflineStateException failure = openUnknown(trial);
        String unknown = trial.fixture().unknownProfile().orElseThrow();
        String message = String.valueOf(failure.getMessage());
        for (String name : List.of(unknown, trial.provider().name())) {
            trial.expect(message.contains(name), "expected that the message names \"" + name + "\"; it is: " + message);
        }
    }

    private static OfflineStateException openUnknown(ProviderTrial trial) {
        String unknown = trial.fixture()
                .unknownProfile()
                .orElseThrow(() ->
                        NotJudged.notApplicable("the fixture says that the source takes every name for a profile"));
        return trial.call("opener", "open(\"" + unknown + "\")", () -> trial.open(unknown))
                .failsWith(HResult.MAPI_E_NOT_FOUND);
    }

    @Checks(Rule.OPEN_3)
    void anyUnicodeName(ProviderTrial trial) {
        List<String> names = List.of(
                "\u0414\u043e\u043c\u0430\u0448\u043d\u0438\u0439",
                "\u6771\u4eac \u30aa\u30d5\u30a3\u30b9",
                "\ud83d\udce7 mail \ud83c\udf0d",
                " leading and trailing ",
                "e\u0301 is not \u00e9",
                "slash/back\\dot.percent%20quote'\"",
                "x".repeat(255));
        for (String name : names) {
            trial.control().addProfile(name);
        }
        for (String name : names) {
            OfflineManager manager = trial.open(name);
            ConnectionState state = manager.currentState();
            trial.expect(state != null, "expected that the profile \"" + name + "\" has a state");
        }
        for (String other : Arrays.asList("e\u0301 is not \u00e9".toUpperCase(Locale.ROOT), "leading and trailing")) {
            Failures.expectResult("open(\"" + other + "\")", HResult.MAPI_E_NOT_FOUND, () -> trial.open(other));
        }
    }

    @Checks(Rule.OPEN_4)
    void objectsOfOneProfileShareItsState(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager other = trial.open();
        Client client = trial.client("A");
        other.advise(client);
        scene.there();
        client.awaitTold(Phase.DONE, scene.to());
        ConnectionState seen = other.currentState();
        trial.expect(
                seen == scene.to(),
                "expected that the second object reads " + scene.to() + ", set through the first; it read " + seen);
    }

    @Checks(Rule.OPEN_4)
    void objectsOpenedAtATimeShareItsState(ProviderTrial trial) throws Exception {
        trial.repeat(20, index -> {
            List<Call<OfflineManager>> openers = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                openers.add(
                        trial.call("opener" + number, "open() with others", () -> trial.openQuietly(trial.profile())));
            }
            List<OfflineManager> opened = openers.stream().map(Call::value).toList();
            opened.forEach(trial::atEnd);
            int sessions = sessions(trial);
            trial.expect(sessions <= 1, "expected that they share one session of the backend; there are " + sessions);
            OfflineManager first = opened.get(0);
            ConnectionState target = first.currentState().opposite();
            if (first.canSet()) {
                trial.countChange();
                trial.setPatiently(first, target, SetFlag.BLOCK);
                trial.await(
                        "each of those opened at a time reads " + target + ", set through one of them",
                        () -> opened.stream().allMatch(other -> other.currentState() == target));
            }
            opened.forEach(OfflineManager::close);
        });
    }

    @Checks(Rule.OPEN_5)
    void profilesAreIndependent(ProviderTrial trial) {
        String second = trial.secondProfile();
        Scene scene = trial.scene();
        OfflineManager other = trial.open(second);
        Client client = trial.client("B");
        other.advise(client);
        ConnectionState before = other.currentState();
        scene.there();
        ConnectionState after = other.currentState();
        trial.expect(
                before == after,
                "expected that the profile \"" + second + "\" stays " + before + "; it became " + after);
        trial.change(other, second, after.opposite());
        trial.change(other, second, after);
        // The changes of its own are the fence: what was told before them belongs to the other profile.
        long foreign = client.changes().stream()
                .filter(change -> change.phase() == Phase.START)
                .count();
        int own = (other.capabilities().notifiesOffline() ? 1 : 0)
                + (other.capabilities().notifiesOnline() ? 1 : 0);
        trial.expect(
                foreign <= own,
                "expected that a client of the profile \"" + second + "\" is told of its own " + own
                        + " transitions alone; it was told of " + foreign);
    }

    @Checks(Rule.OPEN_6)
    @SuppressWarnings("NullAway") // The null is what is tried.
    void unusableNames(ProviderTrial trial) {
        int before = sessions(trial);
        for (String name : Arrays.asList(null, "", "a\0b", "\0")) {
            String text = name == null ? "open(null)" : "open(\"" + name.replace("\0", "\\0") + "\")";
            Failures.expectResult(
                    text, HResult.E_INVALIDARG, () -> trial.provider().open(name));
        }
        int after = sessions(trial);
        trial.expect(after == before, "expected that the backend is not asked; it has opened " + (after - before));
    }

    private static int sessions(ProviderTrial trial) {
        try {
            return trial.control().openSessions(trial.profile());
        } catch (HookMissingException missing) {
            return 0;
        }
    }

    @Checks(Rule.OPEN_7)
    void openingWhileTheBackendIsAway(ProviderTrial trial) {
        openUntilAway(trial);
        OfflineStateException failure =
                trial.call("opener", "open() while away", () -> trial.open()).failsWith(HResult.MAPI_E_END_OF_SESSION);
        trial.expect(failure.getCause() != null, "expected that the failure has the cause of the loss; it has none");
        expectOpenAgainWhenBack(trial);
    }

    @Checks(Rule.OPEN_7)
    void openingTheFirstObjectWhileTheBackendIsAway(ProviderTrial trial) {
        OfflineManager last = openUntilAway(trial);
        last.close();
        for (int turn = 0; turn < 2; turn++) {
            trial.call("opener", "open() while away, with no other object", () -> trial.open())
                    .failsWith(HResult.MAPI_E_END_OF_SESSION);
        }
        expectOpenAgainWhenBack(trial);
    }

    private static OfflineManager openUntilAway(ProviderTrial trial) {
        Lost.requireLosable(trial);
        OfflineManager manager = trial.open();
        trial.control().takeAway(trial.profile(), trial.onPurpose());
        Lost.awaitAway(trial, manager);
        return manager;
    }

    private static void expectOpenAgainWhenBack(ProviderTrial trial) {
        trial.control().bringBack(trial.profile(), ConnectionState.ONLINE);
        trial.await("the profile can be opened again", () -> opens(trial));
    }

    private static boolean opens(ProviderTrial trial) {
        try (OfflineManager manager = trial.openQuietly(trial.profile())) {
            return manager.currentState() != null;
        } catch (OfflineStateException stillAway) {
            return false;
        }
    }
}
