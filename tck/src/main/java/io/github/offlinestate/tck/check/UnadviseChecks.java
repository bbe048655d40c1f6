package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.Rule;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** UNADVISE: removing a registration. */
final class UnadviseChecks {
    private static final int MANY = 200;
    private static final int FEW = 50;

    @Checks(Rule.UNADVISE_1)
    void alwaysSucceeds(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager other = trial.open();
        Client client = trial.client("A");
        Client others = trial.client("B");
        scene.manager().advise(client);
        AdviseToken ofOther = other.advise(others);
        AdviseToken removed = scene.manager().advise(trial.client("removed"));
        scene.manager().unadvise(removed);
        List<AdviseToken> strange = new ArrayList<>(List.of(removed, ofOther, new AdviseToken(0), new AdviseToken(-1)));
        for (int index = 0; index < 20; index++) {
            strange.add(new AdviseToken(trial.random().nextLong()));
        }
        for (AdviseToken token : strange) {
            trial.run(
                            "unadviser",
                            "unadvise(" + token + ")",
                            () -> scene.manager().unadvise(token))
                    .value();
        }
        scene.there();
        for (Client left : List.of(client, others)) {
            left.awaitTold(Phase.DONE, scene.to());
        }
        other.close();
        trial.run("unadviser", "unadvise() of a closed object", () -> other.unadvise(ofOther))
                .value();
    }

    @Checks(Rule.UNADVISE_1)
    void nothingIsRemovedTwice(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        AdviseToken first = manager.advise(trial.client("first"));
        Scene scene = trial.scene();
        for (AdviseToken token : List.of(first, first, new AdviseToken(0), first, new AdviseToken(0))) {
            manager.unadvise(token);
        }
        List<Client> clients = List.of(trial.client("A"), trial.client("B"), trial.client("C"));
        clients.forEach(manager::advise);
        scene.there();
        clients.forEach(client -> client.awaitTold(Phase.DONE, scene.to()));
    }

    /** A table in parts may give one back that is empty, with the places of those that were in it. */
    @Checks(Rule.UNADVISE_1)
    void manyAreRemovedTwice(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        Map<AdviseToken, LightClient> many = LightClient.advise(real, MANY);
        for (int time = 1; time <= 2; time++) {
            trial.run("unadviser", "unadvise() of each of " + MANY + ", time " + time, () -> {
                        for (AdviseToken token : many.keySet()) {
                            real.unadvise(token);
                        }
                    })
                    .value();
        }
        Client client = trial.client("A");
        scene.manager().advise(client);
        scene.there();
        client.awaitTold(Phase.DONE, scene.to());
    }

    /** A table in parts may take one that is empty for its end. */
    @Checks(Rule.UNADVISE_4)
    void thoseBehindARowThatIsRemovedStay(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        Map<AdviseToken, LightClient> many = LightClient.advise(real, MANY);
        List<AdviseToken> row =
                many.keySet().stream().skip(MANY / 6).limit(MANY / 2).toList();
        for (AdviseToken token : row) {
            real.unadvise(token);
            many.remove(token);
        }
        scene.there();
        many.values()
                .forEach(client -> trial.await(
                        "each of " + many.size() + " registrations before and behind " + row.size()
                                + " that were removed is told",
                        () -> client.wasTold(Phase.DONE)));
    }

    /** While one registration's callback is held, another that is due after it is removed: it is told nothing more. */
    @Checks(Rule.UNADVISE_2)
    void noneStartsAfterwards(ProviderTrial trial) {
        Scene scene = trial.scene();
        for (Phase phase : Phase.values()) {
            Client early = trial.client("early");
            Client holder = trial.client("holder");
            Client late = trial.client("late");
            AdviseToken first = scene.manager().advise(early);
            AdviseToken holding = scene.manager().advise(holder);
            AdviseToken last = scene.manager().advise(late);
            Gate gate = holder.holdAt(phase);
            scene.observer().forget();
            Call<?> change = scene.begin();
            gate.awaitEntered();
            for (AdviseToken token : List.of(first, last)) {
                trial.run(
                                "unadviser",
                                "unadvise(" + token + ") while another is being told",
                                () -> scene.manager().unadvise(token))
                        .value();
            }
            int toldEarly = early.count();
            int toldLate = late.count();
            gate.open();
            change.value();
            scene.awaitDone();
            scene.back();
            scene.there();
            scene.back();
            expectNoMore(trial, early, toldEarly);
            expectNoMore(trial, late, toldLate);
            scene.manager().unadvise(holding);
        }
    }

    private static void expectNoMore(ProviderTrial trial, Client client, int told) {
        trial.expect(
                client.count() == told,
                "expected that " + client + " is told nothing more after its Unadvise has returned; it was told "
                        + client.told().subList(told, client.count()));
    }

    @Checks(Rule.UNADVISE_2)
    void noneStartsAfterwardsInARace(ProviderTrial trial) throws Exception {
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        trial.repeat(60, index -> {
            List<LightClient> clients = new ArrayList<>();
            List<AdviseToken> tokens = new ArrayList<>();
            for (int count = 0; count < 40; count++) {
                LightClient client = new LightClient();
                clients.add(client);
                tokens.add(real.advise(client));
            }
            scene.observer().forget();
            Call<?> change = scene.begin();
            trial.spin(trial.random().nextInt(3000));
            for (int count = 0; count < clients.size(); count++) {
                real.unadvise(tokens.get(count));
                clients.get(count).gone();
            }
            change.value();
            scene.awaitDone();
            scene.back();
            for (LightClient client : clients) {
                trial.expect(
                        !client.wasToldAfterGone(),
                        "expected that no notification starts after Unadvise has returned; one did");
            }
        });
    }

    @Checks(Rule.UNADVISE_2B)
    void noneIsRunningAfterwards(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.CHANGE);
        AtomicBoolean ended = endOf(client);
        AdviseToken token = scene.manager().advise(client);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        List<Call<Boolean>> calls = new ArrayList<>();
        for (String actor : List.of("unadviser", "second unadviser", "third unadviser")) {
            Call<Boolean> call = trial.call(actor, "unadvise while the callback runs: had it ended?", () -> {
                ProviderTrial.real(scene.manager()).unadvise(token);
                return ended.get();
            });
            calls.add(call);
            call.awaitWaiting();
            trial.letOthersRun();
            trial.expect(
                    !call.isDone(),
                    "expected that Unadvise waits for the running callback; the " + actor + "'s call returned while it"
                            + " ran");
        }
        gate.open();
        for (Call<Boolean> call : calls) {
            trial.expect(call.value(), "expected that the callback has ended when Unadvise returns; it had not");
        }
        change.value();
    }

    /** Becomes true at the very end of the callback in which the client is held. */
    static AtomicBoolean endOf(Client client) {
        AtomicBoolean ended = new AtomicBoolean();
        client.misbehave(told -> {
            if (Client.isPhase(told, Phase.CHANGE)) {
                ended.set(true);
            }
        });
        return ended;
    }

    @Checks(Rule.UNADVISE_2C)
    void fromACallbackOfItsOwnItNeverWaits(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        AtomicReference<@Nullable AdviseToken> own = new AtomicReference<>();
        AtomicBoolean returned = new AtomicBoolean();
        Client client = trial.client("A").on(Phase.CHANGE, told -> {
            AdviseToken token = own.get();
            if (token != null) {
                real.unadvise(token);
                real.unadvise(token);
                returned.set(true);
            }
        });
        own.set(scene.manager().advise(client));
        scene.begin().value();
        trial.await("Unadvise of a registration from within its own callback returns", returned::get);
    }

    @Checks(Rule.UNADVISE_2C)
    void fromACallbackOfAnotherProfileItNeverWaits(ProviderTrial trial) {
        Scene second = trial.secondScene();
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        Client held = trial.client("held");
        Gate gate = held.holdAt(Phase.CHANGE);
        AdviseToken token = scene.manager().advise(held);
        scene.begin();
        gate.awaitEntered();
        AtomicBoolean returned = new AtomicBoolean();
        second.manager().advise(trial.client("of the other profile").on(Phase.CHANGE, told -> {
            real.unadvise(token);
            returned.set(true);
        }));
        second.begin();
        trial.await("Unadvise, from within a callback, of a registration whose callback runs returns", returned::get);
        gate.open();
    }

    @Checks(Rule.UNADVISE_2D)
    void anInterruptDoesNotShortenTheWait(ProviderTrial trial) {
        Interrupted unadvise = Interrupted.in(trial, "unadvise", OfflineManager::unadvise);
        trial.expect(!unadvise.early(), "expected that an interrupt does not shorten Unadvise's wait; it returned");
        trial.expect(unadvise.ended(), "expected that the callback has ended when Unadvise returns; it had not");
        trial.expect(unadvise.kept(), "expected that the thread's interrupt flag is kept; it was cleared");
    }

    /**
     * What a call did that waits for a running callback, and is interrupted.
     *
     * @param early whether it returned while the callback was held
     * @param ended whether the callback had ended when it returned
     * @param kept whether its thread's interrupt flag was kept
     */
    record Interrupted(boolean early, boolean ended, boolean kept) {
        static Interrupted in(ProviderTrial trial, String what, BiConsumer<OfflineManager, AdviseToken> waits) {
            Scene scene = trial.scene();
            Client client = trial.client("A");
            Gate gate = client.holdAt(Phase.CHANGE);
            AtomicBoolean ended = endOf(client);
            AdviseToken token = scene.manager().advise(client);
            scene.begin();
            gate.awaitEntered();
            AtomicBoolean kept = new AtomicBoolean();
            Call<Boolean> call = trial.call(what + "r", what + ", interrupted: had the callback ended?", () -> {
                waits.accept(ProviderTrial.real(scene.manager()), token);
                boolean over = ended.get();
                kept.set(Thread.interrupted());
                return over;
            });
            call.awaitWaiting();
            call.thread().interrupt();
            trial.letOthersRun();
            boolean early = call.isDone();
            gate.open();
            return new Interrupted(early, call.value(), kept.get());
        }
    }

    /** Remembers nothing of what it is told: what holds it is the provider. */
    private static final class Forgetful implements OfflineNotify {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void onNotify(OfflineNotification notification) {
            count.incrementAndGet();
        }
    }

    private record Registered(WeakReference<OfflineNotify> callback, AdviseToken token) {}

    private static Registered register(OfflineManager manager) {
        Forgetful callback = new Forgetful();
        return new Registered(new WeakReference<>(callback), manager.advise(callback));
    }

    @Checks(Rule.UNADVISE_3)
    void theCallbackIsReleased(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        Registered idle = register(real);
        Registered told = register(real);
        scene.there();
        scene.back();
        Registered within = register(real);
        Registered between = register(real);
        real.unadvise(idle.token());
        real.unadvise(told.token());
        // One more is removed while a transition is under way, and another from within a callback.
        AtomicBoolean removedWithin = new AtomicBoolean();
        Client holder = trial.client("holder").on(Phase.DONE, notification -> {
            real.unadvise(within.token());
            removedWithin.set(true);
        });
        Gate gate = holder.holdAt(Phase.START);
        AdviseToken holding = scene.manager().advise(holder);
        scene.observer().forget();
        Call<?> change = scene.begin();
        gate.awaitEntered();
        real.unadvise(between.token());
        gate.open();
        change.value();
        scene.awaitDone();
        trial.await("the holder is told DONE and unadvises another", removedWithin::get);
        real.unadvise(holding);
        Garbage.awaitCollected(trial, "a callback that was never told and is removed", idle.callback());
        Garbage.awaitCollected(trial, "a callback that was told and is removed", told.callback());
        Garbage.awaitCollected(trial, "a callback that was removed during a transition", between.callback());
        Garbage.awaitCollected(trial, "a callback that was removed from within a callback", within.callback());
    }

    @Checks(Rule.UNADVISE_4)
    void thatRegistrationOnly(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        AdviseToken first = scene.manager().advise(AdviseInfo.of(client, 7));
        scene.manager().advise(AdviseInfo.of(client, 7));
        Client other = trial.client("B");
        scene.manager().advise(AdviseInfo.of(other, 7));
        scene.manager().unadvise(first);
        scene.there();
        other.awaitTold(Phase.DONE, scene.to());
        client.awaitTold(Phase.DONE, scene.to());
        trial.expect(
                client.changes().size() == 3,
                "expected that the other registration of the same callback and client token is left and told 3"
                        + " notifications; it was told " + client.changes().size());
    }

    @Checks(Rule.UNADVISE_4)
    void aFewAreLeftOfMany(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        List<LightClient> left = new ArrayList<>();
        List<LightClient> removed = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            int number = 0;
            for (Map.Entry<AdviseToken, LightClient> one :
                    LightClient.advise(real, MANY).entrySet()) {
                if (number++ % FEW == 0) {
                    left.add(one.getValue());
                } else {
                    real.unadvise(one.getKey());
                    one.getValue().gone();
                    removed.add(one.getValue());
                }
            }
            left.forEach(client -> client.told().clear());
            scene.there();
            scene.awaitDone();
            for (LightClient client : left) {
                trial.await(
                        "each of " + left.size() + " registrations that are left of many is told START, STATECHANGE,"
                                + " DONE",
                        () -> client.wasTold(Phase.DONE));
                trial.expect(
                        client.told().size() == 3,
                        "expected that a registration which is left of many is told once; told was " + client.told());
            }
            scene.back();
        }
        trial.expect(
                removed.stream().noneMatch(LightClient::wasToldAfterGone),
                "expected that those which were removed are told nothing");
    }

    @Checks(Rule.UNADVISE_5)
    void noLockIsHeldWhileAClientIsCalled(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        AdviseToken other = scene.manager().advise(trial.client("B"));
        scene.manager().advise(client);
        boolean settable = scene.manager().canSet();
        for (Phase phase : Phase.values()) {
            Gate gate = client.holdAt(phase);
            scene.observer().forget();
            Call<?> change = scene.begin();
            gate.awaitEntered();
            String when = " while a client is being told " + phase;
            trial.call("caller", "currentState()" + when, scene.manager()::currentState)
                    .value();
            trial.call("caller", "capabilities()" + when, scene.manager()::capabilities)
                    .value();
            trial.call("caller", "advise()" + when, () -> scene.manager().advise(trial.client("late")))
                    .value();
            trial.run(
                            "caller",
                            "unadvise() of another" + when,
                            () -> scene.manager().unadvise(other))
                    .value();
            trial.run(
                            "caller",
                            "open() and close()" + when,
                            () -> trial.openQuietly(scene.profile()).close())
                    .value();
            if (settable) {
                // How it fails is judged by SET-3.
                @Nullable
                Throwable ignored = trial.run(
                                "caller",
                                "setCurrentState(" + scene.from() + ", DEFAULT)" + when,
                                () -> ProviderTrial.real(scene.manager())
                                        .setCurrentState(scene.from(), SetFlag.DEFAULT))
                        .outcome();
            }
            gate.open();
            change.value();
            trial.await(
                    "the transition ends",
                    () -> scene.observer().changes().stream().anyMatch(told -> told.phase() == Phase.DONE));
            scene.back();
        }
    }

    @Checks(Rule.UNADVISE_5)
    void callbacksThatUnadviseEachOther(ProviderTrial trial) throws Exception {
        Scene second = trial.secondScene();
        Scene scene = trial.scene();
        trial.repeat(20, index -> {
            AtomicReference<@Nullable AdviseToken> mine = new AtomicReference<>();
            AtomicReference<@Nullable AdviseToken> theirs = new AtomicReference<>();
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger returned = new AtomicInteger();
            Client one = eachOther(trial, "one", second, theirs, inside, returned);
            Client two = eachOther(trial, "two", scene, mine, inside, returned);
            mine.set(scene.manager().advise(one));
            theirs.set(second.manager().advise(two));
            scene.begin();
            second.begin();
            trial.await("two callbacks that unadvise each other return", () -> returned.get() == 2);
            one.excuse();
            two.excuse();
            scene.awaitDone();
            second.awaitDone();
            scene.back();
            second.back();
        });
    }

    private static Client eachOther(
            ProviderTrial trial,
            String lane,
            Scene other,
            AtomicReference<@Nullable AdviseToken> token,
            AtomicInteger inside,
            AtomicInteger returned) {
        return trial.client(lane).on(Phase.CHANGE, told -> {
            inside.incrementAndGet();
            // Both are inside before either calls. Where they do not come to be, as with callbacks of one profile that
            // wait for the other's, nothing is shown: who is removed before it is called would never return.
            boolean both = trial.waitFor(trial.settings().inTime().dividedBy(10), () -> inside.get() == 2);
            AdviseToken others = token.get();
            if (both && others != null) {
                ProviderTrial.real(other.manager()).unadvise(others);
            }
            returned.incrementAndGet();
        });
    }
}
