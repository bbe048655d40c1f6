package io.github.offlinestate.tck.check;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** NOTIFY-12: callbacks that do not return. */
final class HungChecks {
    @Checks(Rule.NOTIFY_12)
    void aHungCallbackIsNotWaitedFor(ProviderTrial trial) {
        Duration limit = Hanging.limit(trial);
        Scene scene = trial.scene();
        Client hung = trial.client("hung");
        Client after = trial.client("after it");
        Gate gate = hung.holdAt(Phase.START);
        scene.manager().advise(hung);
        scene.manager().advise(after);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        trial.awaitWithin(
                limit.plus(Hanging.grace(trial, limit)),
                "the others go on without a callback that has hung for " + Trial.inWords(limit),
                () -> after.wasTold(Phase.DONE, scene.to()));
        change.value();
        trial.expect(
                hung.count() == 1,
                "expected that what is for a callback that hangs is kept until it returns; it was told "
                        + hung.changes());
        gate.open();
        hung.awaitTold(Phase.DONE, scene.to());
        List<Phase> told = hung.changes().stream().map(StateChange::phase).toList();
        trial.expect(
                told.equals(Arrays.asList(Phase.values())),
                "expected that what was kept for it comes in order when it returns; told was " + told);
        scene.back();
        hung.forget();
        scene.there();
        hung.awaitTold(Phase.DONE, scene.to());
    }

    @Checks(Rule.NOTIFY_12)
    void hungCallbacksAreToldAllThatTheyMissed(ProviderTrial trial) {
        Hanging hanging = new Hanging(trial, trial::sceneOfBoth, 2, 400);
        hanging.sendForeign(1);
        hanging.flip(2);
        hanging.loseAndRestore(1);
        hanging.flip(2);
        hanging.letGo();
        List<String> missed = new ArrayList<>(List.of(Hanging.foreign(Course.FOREIGN)));
        for (int turn = 0; turn < 2; turn++) {
            missed.addAll(List.of("START", "CHANGE", "DONE", "START", "CHANGE", "DONE"));
            missed.addAll(turn == 0 ? List.of("BACKEND_LOST", "BACKEND_RESTORED") : List.of(Hanging.marker()));
        }
        for (Client client : hanging.hung) {
            List<String> told = hanging.missed(client);
            trial.expect(
                    told.equals(missed),
                    "expected that " + client + ", whose callback hung, is told in order what it missed, " + missed
                            + "; it was told " + told);
        }
        hanging.expectOthersTold();
        hanging.hung.forEach(Client::forget);
        hanging.flip(1);
        hanging.hung.forEach(client -> client.awaitTold(Phase.DONE, hanging.last()));
    }

    @Checks(Rule.NOTIFY_12)
    void oneThatStillHangsIsNotToldWhenAnotherHasReturned(ProviderTrial trial) {
        Hanging hanging = new Hanging(trial, trial::sceneOfBoth, 2, 0);
        hanging.openGate(0);
        Client back = hanging.hung.get(0);
        back.awaitTold(Phase.DONE, hanging.last());
        hanging.flip(2);
        trial.await(back + ", which is back, is told what comes now", () -> back.starts() == 3);
        Client hung = hanging.hung.get(1);
        trial.expect(
                hung.count() == 1,
                "expected that " + hung + " is told nothing while it hangs, although another has returned; it was told "
                        + hung.changes());
        hanging.letGo();
        hanging.kept.get(1).expectOldest(hanging.changes(), true);
    }

    /** It is told a part of a transition from what was kept while the others are told the rest. */
    @Checks(Rule.NOTIFY_12)
    void oneThatIsBackWithinATransitionIsToldTheRestOfIt(ProviderTrial trial) {
        Hanging hanging = new Hanging(trial, trial::sceneOfBoth, 1, 0);
        Client hung = hanging.hung.get(0);
        Client behind = trial.client("behind it");
        Gate held = behind.holdAt(Phase.START);
        hanging.scene.manager().advise(behind);
        hanging.change();
        held.awaitEntered();
        Gate again = hung.holdAt(Phase.START);
        hanging.openGate(0);
        again.awaitEntered();
        held.open();
        behind.awaitTold(Phase.DONE, hanging.last());
        again.open();
        hung.awaitTold(Phase.DONE, hanging.last());
        List<Phase> twice = Stream.concat(Arrays.stream(Phase.values()), Arrays.stream(Phase.values()))
                .toList();
        List<Phase> told = hung.changes().stream().map(StateChange::phase).toList();
        trial.expect(
                told.equals(twice),
                "expected that " + hung + ", which is back while the others are told a transition, is told each phase"
                        + " once; told was " + told);
    }

    @Checks(Rule.NOTIFY_12)
    void aHungCallbackMissesWholePairsOnly(ProviderTrial trial) {
        Hanging hanging = new Hanging(trial, trial::sceneOfBoth, 1, 0);
        hanging.flip(1100);
        hanging.loseAndRestore(1);
        // What is between two foreign notifications has to come to something whole by itself.
        for (int turn = 1; turn <= 6; turn++) {
            hanging.flip(turn);
            hanging.sendForeign(1);
        }
        hanging.letGo();
        hanging.kept.get(0).expectOldest(hanging.changes(), true);
    }

    @Checks(Rule.NOTIFY_12)
    void noMoreTransitionsAreKeptForAHungCallbackThanTheLimit(ProviderTrial trial) {
        int limit = Kept.limit(trial);
        Hanging hanging = new Hanging(trial, trial::sceneOfBoth, 1, 0);
        for (int turn = 0; turn < 3; turn++) {
            hanging.flip(7);
            hanging.abort();
        }
        hanging.flip(1100);
        for (int turn = 0; turn < 10; turn++) {
            hanging.abort();
            hanging.flip(turn % 3);
        }
        hanging.loseAndRestore(2);
        hanging.flip(1100);
        expectBounded(hanging, limit);
    }

    @Checks(Rule.NOTIFY_12)
    void noMoreTransitionsAreKeptForAHungCallbackThanTheLimitWithOneCapability(ProviderTrial trial) {
        int limit = Kept.limit(trial);
        Hanging hanging = new Hanging(trial, () -> OneSided.scene(trial), 1, 0);
        hanging.flip(1100);
        expectBounded(hanging, limit);
    }

    private static void expectBounded(Hanging hanging, int limit) {
        hanging.letGo();
        Kept kept = hanging.kept.get(0);
        kept.expectOldest(hanging.changes(), hanging.scene.capabilities().notifiesBoth());
        kept.expectAtMost(limit, 0);
    }

    @Checks(Rule.NOTIFY_12)
    void noMoreOfAnythingElseIsKeptForAHungCallbackThanTheLimit(ProviderTrial trial) {
        int limit = Kept.limit(trial);
        Hanging hanging = new Hanging(trial, trial::sceneOfBoth, 1, 0);
        hanging.flip(100);
        hanging.loseAndRestore(1300);
        for (int batch = 0; batch < 3; batch++) {
            hanging.sendForeign(450);
            hanging.flip(1); // so that the others have been told
        }
        hanging.openGates();
        Client client = hanging.hung.get(0);
        Kept kept = hanging.kept.get(0);
        hanging.trial.await(
                client + " is told of all " + hanging.changes() + " transitions",
                () -> kept.transitions() == hanging.changes());
        kept.expectOldest(hanging.changes(), true);
        kept.expectAtMost(limit, 0);
    }

    @Checks(Rule.NOTIFY_12)
    void aHungCallbackIsLoggedWithItsStack(ProviderTrial trial) {
        Duration limit = Hanging.limit(trial);
        try (LogWatch watch = LogWatch.open()) {
            Scene scene = trial.scene();
            Client hung = trial.client("hung");
            Gate gate = hung.holdAt(Phase.START);
            scene.manager().advise(hung);
            Call<?> change = scene.begin();
            gate.awaitEntered();
            trial.awaitWithin(
                    limit.plus(Hanging.grace(trial, limit)),
                    "a callback that has hung for " + Trial.inWords(limit)
                            + " is logged with the stack in which it hangs",
                    () -> watch.showsFrameOf(Gate.class));
            gate.open();
            change.value();
        }
    }

    /** Nobody is behind it to be told START when the others go on. */
    @Checks(Rule.NOTIFY_12)
    void theLastThatHangsIsToldStartOnce(ProviderTrial trial) {
        Duration limit = Hanging.limit(trial);
        Scene scene = trial.scene();
        Client hung = trial.client("hung");
        Gate gate = hung.holdAt(Phase.START);
        scene.manager().advise(hung);
        trial.countChange();
        trial.control().startChange(scene.profile(), scene.to());
        gate.awaitEntered();
        trial.control().change(scene.profile(), scene.to());
        trial.awaitWithin(
                limit.plus(Hanging.grace(trial, limit)),
                "the others go on without a callback that has hung for " + Trial.inWords(limit),
                () -> scene.observer().wasTold(Phase.DONE, scene.to()));
        gate.open();
        hung.awaitTold(Phase.DONE, scene.to());
        List<Phase> told = hung.changes().stream().map(StateChange::phase).toList();
        trial.expect(
                told.equals(Arrays.asList(Phase.values())),
                "expected that a callback that hung is told each phase once; told was " + told);
    }

    /** Whether a START was told to nobody is to be known at its end: it was kept. */
    @Checks(Rule.NOTIFY_12)
    void aHungCallbackThatIsAloneIsToldTheEndOfWhatWasKept(ProviderTrial trial) {
        Duration limit = Hanging.limit(trial);
        Scene scene = trial.sceneOfBoth();
        ConnectionState from = scene.from();
        OfflineManager manager = trial.settable();
        OfflineManager real = ProviderTrial.real(manager);
        scene.manager().close(); // with the observer
        Client hung = trial.client("hung");
        Gate gate = hung.holdAt(Phase.START);
        manager.advise(hung);
        trial.countChange();
        trial.setPatiently(real, from.opposite(), SetFlag.DEFAULT);
        gate.awaitEntered();
        trial.awaitWithin(
                limit.plus(Hanging.grace(trial, limit)),
                "the change goes on without a callback that has hung for " + Trial.inWords(limit),
                () -> real.currentState() == from.opposite());
        Runnable fail = trial.control().failNextChangeAfterStart(trial.profile(), trial.onPurpose());
        trial.countChange();
        trial.setPatiently(real, from, SetFlag.DEFAULT);
        trial.letOthersRun();
        fail.run();
        gate.open();
        hung.awaitTold(Phase.DONE, from.opposite());
        trial.countChange();
        trial.setPatiently(real, from, SetFlag.BLOCK);
        hung.awaitTold(Phase.DONE, from);
        Optional<String> mistake = Triples.of(hung.changes()).mistake();
        trial.expect(
                mistake.isEmpty(),
                "expected that a callback that hung alone is told each START with its end; " + mistake.orElse(""));
    }

    @Checks(Rule.NOTIFY_12)
    void aCallbackThatReturnsInTimeIsWaitedFor(ProviderTrial trial) {
        Duration limit = Hanging.limit(trial);
        Scene scene = trial.scene();
        Unhurried unhurried = new Unhurried(trial, scene, trial.client("unhurried"), limit);
        for (int turn = 0; turn < Unhurried.MOST && !unhurried.isEnough(); turn++) {
            scene.there();
            scene.back();
        }
        unhurried.expectWaitedFor(trial);
    }

    /** One delivery may tell all of them. */
    @Checks(Rule.NOTIFY_12)
    void callbacksThatReturnInTimeAreWaitedForWhereMoreWaits(ProviderTrial trial) {
        Duration limit = Hanging.limit(trial);
        Scene scene = trial.scene();
        Client client = trial.client("unhurried");
        Unhurried unhurried = new Unhurried(trial, scene, client, limit);
        Course course = new Course(trial, scene);
        course.change();
        trial.await(client + " is told START", () -> client.starts() == 1);
        course.change(Unhurried.ENOUGH);
        for (int told = 1; told <= course.changes(); told++) {
            int due = told;
            trial.await(
                    client + " is told " + due + " of " + course.changes() + " transitions",
                    () -> client.starts() >= due);
        }
        trial.await(client + " is told the last DONE", () -> client.endsWithTransition(course.last()));
        unhurried.expectWaitedFor(trial);
    }

    /**
     * A client whose callback of START takes a part of the time that it has, and then looks whether it was waited for:
     * the state is the old one until it returns.
     */
    private static final class Unhurried {
        /** A callback takes one part of so many of its time. */
        private static final int PARTS = 4;
        /** So many callbacks take more than three times the time that one has. */
        static final int ENOUGH = 3 * PARTS + 1;
        /** So many are tried where the machine stands still. */
        static final int MOST = 2 * ENOUGH;

        private final OfflineManager real;
        private final Client client;
        private final long limit;

        // Guarded by this: a provider that is wrong calls from two threads.
        private int starts;
        private int judged;
        private long since = System.nanoTime();
        private @Nullable OfflineNotification start;
        private @Nullable ConnectionState seen;
        private @Nullable String mistake;

        Unhurried(ProviderTrial trial, Scene scene, Client client, Duration limit) {
            Duration all = limit.multipliedBy(MOST).dividedBy(PARTS);
            if (all.compareTo(trial.settings().inTime().multipliedBy(2)) > 0) {
                throw NotJudged.notVerified("callbacks that each take a part of " + Trial.inWords(limit)
                        + " are too long to wait for; the fixture would have to give"
                        + " ProviderFixture.prepareWithLimits(...)");
            }
            this.real = ProviderTrial.real(scene.manager());
            this.client = client;
            this.limit = limit.toNanos();
            client.onAnything(this::told);
            scene.manager().advise(client);
        }

        private synchronized void told(OfflineNotification told) {
            judgeTheOneBefore();
            if (Client.isPhase(told, Phase.START)) {
                linger();
                start = told;
                seen = real.currentState();
                starts++;
                return; // measured from the callback before it on
            }
            since = System.nanoTime();
        }

        /**
         * From the end of what was told before START to the beginning of what is told after it: where that is short, the
         * provider cannot have seen the callback for longer, whatever the machine does.
         */
        private void judgeTheOneBefore() {
            OfflineNotification before = start;
            start = null;
            if (before == null || System.nanoTime() - since >= limit / 2) {
                return;
            }
            judged++;
            if (seen == null || seen.code() != before.oldState()) {
                mistake = "its callback of " + before + " read " + seen + " at its end";
            }
        }

        private void linger() {
            long until = System.nanoTime() + limit / PARTS;
            for (long left = limit / PARTS; left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }

        synchronized boolean isEnough() {
            return starts >= ENOUGH;
        }

        synchronized void expectWaitedFor(ProviderTrial trial) {
            trial.expect(
                    mistake == null,
                    "expected that " + client + ", whose callbacks each take a part of the time that they have, is"
                            + " waited for; " + mistake);
            if (judged == 0) {
                throw NotJudged.notVerified("each of " + starts + " callbacks took longer than it was to");
            }
        }
    }

    @Checks(Rule.NOTIFY_12)
    void aHungCallbackThatIsRemovedIsToldNothingMore(ProviderTrial trial) {
        Hanging hanging = new Hanging(trial, trial::sceneOfBoth, 1, 0);
        hanging.flip(2);
        Client client = hanging.hung.get(0);
        Call<?> removing = trial.run(
                "unadviser",
                "unadvise() of a registration whose callback hangs",
                () -> ProviderTrial.real(hanging.scene.manager()).unadvise(hanging.tokens.get(0)));
        removing.awaitWaiting();
        trial.letOthersRun();
        hanging.openGates();
        removing.value();
        int told = client.count();
        hanging.flip(2);
        trial.expect(
                told == 1 && client.count() == 1,
                "expected that a callback that hung is told nothing more once it is removed; told was "
                        + client.told());
    }
}
