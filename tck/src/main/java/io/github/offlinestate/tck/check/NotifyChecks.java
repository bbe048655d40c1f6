package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** NOTIFY: notifications. */
final class NotifyChecks {
    @Checks(Rule.NOTIFY_1)
    void everyRegistrationIsToldEachTransition(ProviderTrial trial) throws Exception {
        Scene scene = trial.scene();
        List<Client> clients = register(trial, scene);
        trial.repeat(5, index -> {
            clients.forEach(Client::forget);
            scene.there();
            expectWholeTransition(trial, clients, scene.to());
            scene.back();
            if (scene.capabilities().notifies(scene.from())) {
                clients.forEach(client -> client.awaitTold(Phase.DONE, scene.from()));
            }
        });
    }

    @Checks(Rule.NOTIFY_1)
    void everyRegistrationIsToldAChangeFromOutside(ProviderTrial trial) {
        Scene scene = trial.scene();
        List<Client> clients = register(trial, scene);
        trial.countChange();
        trial.control().change(scene.profile(), scene.to());
        expectWholeTransition(trial, clients, scene.to());
    }

    @Checks(Rule.NOTIFY_1)
    void aStartOfTheBackendIsToldOnce(ProviderTrial trial) {
        Scene scene = trial.scene();
        List<Client> clients = register(trial, scene);
        trial.countChange();
        trial.control().startChange(scene.profile(), scene.to());
        clients.forEach(client -> client.awaitTold(Phase.START, scene.to()));
        trial.control().change(scene.profile(), scene.to());
        expectWholeTransition(trial, clients, scene.to());
    }

    private static List<Client> register(ProviderTrial trial, Scene scene) {
        OfflineManager other = trial.open();
        List<Client> clients = new ArrayList<>();
        for (String lane : List.of("A", "B", "C")) {
            Client client = trial.client(lane);
            clients.add(client);
            (lane.equals("B") ? other : scene.manager()).advise(client);
        }
        return clients;
    }

    private static void expectWholeTransition(ProviderTrial trial, List<Client> clients, ConnectionState to) {
        List<StateChange> expected = Arrays.stream(Phase.values())
                .map(phase -> new StateChange(phase, to.opposite(), to))
                .toList();
        for (Client client : clients) {
            client.awaitTold(Phase.DONE, to);
            List<StateChange> told = client.changes();
            trial.expect(
                    told.equals(expected),
                    "expected that " + client + " is told START, STATECHANGE, DONE to " + to
                            + " once each; it was told " + told);
        }
    }

    @Checks(Rule.NOTIFY_2)
    void eachCarriesItsClientToken(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager other = trial.open();
        List<Client> clients = new ArrayList<>();
        for (int token = 100; token < 110; token++) {
            Client client = trial.client("token " + token);
            clients.add(client);
            (token % 2 == 0 ? scene.manager() : other).advise(AdviseInfo.of(client, token));
        }
        scene.there();
        for (int index = 0; index < clients.size(); index++) {
            Client client = clients.get(index);
            int token = 100 + index;
            client.awaitTold(Phase.CHANGE, scene.to());
            trial.expect(
                    client.told().stream().allMatch(told -> told.clientToken() == token),
                    "expected that client token " + token + " is in each notification of its registration; told was "
                            + client.told());
        }
    }

    @Checks(Rule.NOTIFY_3)
    void maskAndStates(ProviderTrial trial) {
        expectMaskAndStates(trial, Scene::there);
    }

    @Checks(Rule.NOTIFY_3)
    void maskAndStatesOfAChangeFromOutside(ProviderTrial trial) {
        expectMaskAndStates(trial, scene -> {
            trial.countChange();
            trial.control().change(scene.profile(), scene.to());
        });
    }

    private static void expectMaskAndStates(ProviderTrial trial, Consumer<Scene> change) {
        Scene scene = trial.scene();
        Queue<OfflineNotification> documented = new ConcurrentLinkedQueue<>();
        Client client = trial.client("A").onAnything(told -> {
            if (told.type().code() >= 1 && told.type().code() <= 3) {
                documented.add(told);
            }
        });
        scene.manager().advise(client);
        change.accept(scene);
        trial.await(
                "STATECHANGE is notified, whatever its mask",
                () -> documented.stream()
                        .anyMatch(told -> told.type().code() == MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE));
        trial.await(
                String.format(
                        "START, STATECHANGE and DONE are notified with mask 0x%x, old state 0x%x, new state 0x%x",
                        MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK,
                        scene.from().code(),
                        scene.to().code()),
                () -> Arrays.stream(Phase.values())
                        .allMatch(phase -> documented.stream()
                                .anyMatch(told -> Client.isPhase(told, phase)
                                        && told.oldState() == scene.from().code()
                                        && told.newState() == scene.to().code())));
        for (OfflineNotification told : documented) {
            boolean ofMask = told.mask() == MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK;
            trial.expect(
                    !ofMask
                            || (told.oldState() == scene.from().code()
                                    && told.newState() == scene.to().code()),
                    "expected the old state " + scene.from() + " and the new state " + scene.to()
                            + " and no other bits; told was " + told);
        }
    }

    @Checks(Rule.NOTIFY_4)
    void triplesDoNotInterleave(ProviderTrial trial) throws Exception {
        whole(trial, false);
    }

    @Checks(Rule.NOTIFY_4)
    void triplesDoNotInterleaveWhenTheSourceFlaps(ProviderTrial trial) {
        flap(trial, false);
    }

    @Checks(Rule.NOTIFY_4B)
    void transitionsChain(ProviderTrial trial) throws Exception {
        whole(trial, true);
    }

    @Checks(Rule.NOTIFY_4B)
    void transitionsChainWhenTheSourceFlaps(ProviderTrial trial) {
        flap(trial, true);
    }

    private static void whole(ProviderTrial trial, boolean chained) throws Exception {
        Scene scene = chained ? trial.sceneOfBoth() : trial.scene();
        List<Client> clients = register(trial, scene);
        trial.repeat(40, index -> {
            scene.there();
            scene.back();
        });
        scene.there();
        expectWhole(trial, clients, scene.to(), chained);
    }

    /** While a callback is held, so that what the source reports has to wait, and then while nobody is. */
    private static void flap(ProviderTrial trial, boolean chained) {
        Scene scene = chained ? trial.sceneOfBoth() : trial.scene();
        List<Client> clients = register(trial, scene);
        Gate gate = clients.get(0).holdAt(Phase.START);
        Call<?> first = scene.begin();
        gate.awaitEntered();
        flapAtOnce(trial, scene);
        // Two that come back: whoever leaves one of them out breaks the chain.
        trial.control().change(scene.profile(), scene.from());
        trial.control().change(scene.profile(), scene.to());
        gate.open();
        first.value();
        flapAtOnce(trial, scene);
        trial.control().change(scene.profile(), scene.from());
        trial.control().change(scene.profile(), scene.to());
        expectWhole(trial, clients, scene.to(), chained);
    }

    private static void flapAtOnce(ProviderTrial trial, Scene scene) {
        List<Call<?>> sources = new ArrayList<>();
        for (int source = 0; source < 3; source++) {
            sources.add(trial.run("source" + source, "flap", () -> {
                for (int change = 0; change < 20; change++) {
                    trial.countChange();
                    trial.control().change(scene.profile(), change % 2 == 0 ? scene.to() : scene.from());
                }
            }));
        }
        sources.forEach(Call::value);
    }

    /** What was told until some DONE to a state. */
    private static void expectWhole(ProviderTrial trial, List<Client> clients, ConnectionState last, boolean chained) {
        for (Client client : clients) {
            List<StateChange> seen = new ArrayList<>();
            trial.await("the last that " + client + " is told is STATECHANGE_DONE to " + last, () -> {
                List<StateChange> told = client.changes();
                seen.clear();
                seen.addAll(told);
                return !told.isEmpty()
                        && told.get(told.size() - 1).phase() == Phase.DONE
                        && told.get(told.size() - 1).newState() == last;
            });
            Triples triples = Triples.of(seen);
            (chained ? triples.broken() : triples.mistake())
                    .ifPresent(mistake -> trial.expect(
                            false,
                            "expected that " + client + " is told whole transitions"
                                    + (chained ? ", each beginning where the one before ended" : "") + "; " + mistake));
        }
    }

    @Checks(Rule.NOTIFY_5)
    void oneAtATime(ProviderTrial trial) throws Exception {
        Scene scene = trial.scene();
        List<Serial> serials = serials(trial, scene);
        trial.repeat(25, index -> {
            scene.there();
            scene.back();
        });
        serials.forEach(serial -> serial.expectSerial(trial));
    }

    @Checks(Rule.NOTIFY_5)
    void oneAtATimeWhenTheSourceReportsFromManyThreads(ProviderTrial trial) {
        Scene scene = trial.scene();
        List<Serial> serials = serials(trial, scene);
        List<Call<?>> sources = new ArrayList<>();
        for (int source = 0; source < 4; source++) {
            sources.add(trial.run("source" + source, "flap", () -> {
                for (int change = 0; change < 15; change++) {
                    trial.countChange();
                    trial.control().change(scene.profile(), change % 2 == 0 ? scene.to() : scene.from());
                }
            }));
        }
        sources.forEach(Call::value);
        trial.control().change(scene.profile(), scene.from());
        trial.await("the state becomes " + scene.from(), () -> scene.manager().currentState() == scene.from());
        trial.letOthersRun();
        serials.forEach(serial -> serial.expectSerial(trial));
    }

    @Checks(Rule.NOTIFY_5)
    void aForeignNotificationWaitsForItsTurn(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        Gate gate = client.holdAt(Phase.START);
        AtomicInteger foreign = new AtomicInteger();
        client.onForeign(told -> foreign.incrementAndGet());
        scene.manager().advise(client);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        int before = foreign.get();
        trial.control().sendForeign(scene.profile(), 0x7002, 0x30, 0, 1);
        trial.letOthersRun();
        trial.expect(
                foreign.get() == before,
                "expected that a foreign notification waits until the callback before it has ended; it did not");
        gate.open();
        change.value();
        trial.await("the foreign notification comes when its turn has come", () -> foreign.get() > before);
    }

    private static List<Serial> serials(ProviderTrial trial, Scene scene) {
        List<Serial> serials = new ArrayList<>();
        for (String lane : List.of("A", "B")) {
            Client client = trial.client(lane);
            Serial serial = new Serial(client);
            client.onAnything(told -> serial.enter());
            scene.manager().advise(client);
            serials.add(serial);
        }
        return serials;
    }

    /** Whether one callback is entered by two threads at a time, or does not see what the one before wrote. */
    private static final class Serial {
        private static final long LINGER = 100_000;

        private final Client client;
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger order = new AtomicInteger();
        private volatile boolean overlapped;
        private volatile boolean unseen;
        /** Written by each callback and read by the next, without any synchronisation of its own on purpose. */
        private int written;

        Serial(Client client) {
            this.client = client;
        }

        void enter() {
            if (inside.incrementAndGet() > 1) {
                overlapped = true;
            }
            int before = order.getAndIncrement();
            if (written != before) {
                unseen = true;
            }
            written = before + 1;
            LockSupport.parkNanos(LINGER);
            inside.decrementAndGet();
        }

        void expectSerial(ProviderTrial trial) {
            trial.expect(
                    !overlapped, "expected that " + client + " is called by one thread at a time; two were inside");
            trial.expect(!unseen, "expected that each callback of " + client + " sees what the one before has written");
        }
    }

    @Checks(Rule.NOTIFY_6)
    void whatACallbackThrowsHarmsNobody(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client unchecked = trial.client("throws").misbehave(told -> {
            throw new IllegalStateException("thrown on purpose by the compatibility kit");
        });
        Client error = trial.client("throws an Error").misbehave(told -> {
            throw new AssertionError("thrown on purpose by the compatibility kit");
        });
        Client good = trial.client("good");
        List<Client> clients = List.of(unchecked, error, good);
        clients.forEach(client -> scene.manager().advise(client));
        for (int turn = 0; turn < 3; turn++) {
            clients.forEach(Client::forget);
            scene.there();
            for (Client client : clients) {
                client.awaitTold(Phase.DONE, scene.to());
                trial.expect(
                        client.changes().size() >= 3,
                        "expected that " + client + " is told all three phases; it was told " + client.changes());
            }
            scene.back();
        }
    }

    @Checks(Rule.NOTIFY_6B)
    void anInterruptDoesNotTravel(ProviderTrial trial) {
        Scene scene = trial.scene();
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Client before = trial.client("before");
        Client interrupts = trial.client("interrupts")
                .misbehave(told -> Thread.currentThread().interrupt());
        Client after = trial.client("after");
        for (Client client : List.of(before, interrupts, after)) {
            client.onAnything(told -> {
                if (Thread.currentThread().isInterrupted()) {
                    seen.add(client + " in " + told.type());
                }
            });
            scene.manager().advise(client);
        }
        for (int turn = 0; turn < 3; turn++) {
            after.forget();
            interrupts.forget();
            scene.there();
            after.awaitTold(Phase.DONE, scene.to());
            interrupts.awaitTold(Phase.DONE, scene.to());
            scene.back();
        }
        trial.expect(
                seen.isEmpty(),
                "expected that no callback begins with its thread interrupted by another one; these did: " + seen);
    }

    @Checks(Rule.NOTIFY_6C)
    void whatACallbackThrowsIsLogged(ProviderTrial trial) {
        Scene scene = trial.scene();
        RuntimeException thrown = new IllegalStateException("thrown on purpose by the compatibility kit");
        Client client = trial.client("A").misbehave(told -> {
            throw thrown;
        });
        try (LogWatch watch = LogWatch.open()) {
            scene.manager().advise(client);
            scene.there();
            trial.await("what a callback throws is logged, with the exception", () -> watch.hasSeen(thrown));
        }
    }

    @Checks(Rule.NOTIFY_7)
    void aCallbackMayCallItsObject(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        OfflineManager closing = trial.open();
        OfflineManager closingReal = ProviderTrial.real(closing);
        Map<String, String> done = new ConcurrentHashMap<>();
        Client advisedInside = trial.client("advised inside");
        Client another = trial.client("another");
        AdviseToken anothers = scene.manager().advise(another);
        AtomicReference<@Nullable AdviseToken> own = new AtomicReference<>();
        Client client = trial.client("A").on(Phase.START, told -> {
            done.put("currentState", String.valueOf(real.currentState()));
            done.put("capabilities", String.valueOf(real.capabilities()));
            done.put("advise", String.valueOf(real.advise(advisedInside)));
            real.unadvise(anothers);
            done.put("unadvise of another", "");
            AdviseToken mine = own.get();
            if (mine != null) {
                real.unadvise(mine);
                done.put("unadvise of itself", "");
            }
        });
        Client closer = trial.client("closer").on(Phase.START, told -> {
            closingReal.close();
            done.put("close", "");
        });
        closing.advise(closer);
        own.set(scene.manager().advise(client));
        scene.begin().value();
        for (String call : List.of(
                "currentState", "capabilities", "advise", "unadvise of another", "unadvise of itself", "close")) {
            trial.await(call + " from within a callback returns", () -> done.containsKey(call));
        }
        List<Client> removed = List.of(client, another, closer);
        removed.forEach(Client::excuse);
        scene.awaitDone();
        scene.back();
        removed.forEach(Client::forget);
        advisedInside.forget();
        scene.there();
        advisedInside.awaitTold(Phase.DONE, scene.to());
        for (Client one : removed) {
            trial.expect(
                    one.told().isEmpty(),
                    "expected that " + one + " is told nothing after it was removed from within a callback; it was"
                            + " told " + one.told());
        }
    }

    @Checks(Rule.NOTIFY_7B)
    void settingFromACallbackIsPending(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        Map<String, Throwable> thrown = new ConcurrentHashMap<>();
        Client client = trial.client("A");
        for (Phase phase : Phase.values()) {
            client.on(phase, told -> {
                for (SetFlag flag : SetFlag.values()) {
                    thrown.putIfAbsent(
                            flag + " in " + phase, SetChecks.outcome(() -> real.setCurrentState(scene.from(), flag)));
                }
            });
        }
        scene.manager().advise(client);
        scene.begin().value();
        trial.await("the callback's calls come to an end", () -> thrown.size() == 6);
        thrown.forEach((where, failure) -> Failures.expectResult(
                "setCurrentState with " + where + " of a transition", HResult.E_PENDING, failure));
    }

    @Checks(Rule.NOTIFY_9)
    void aSlowCallbackHoldsUpNobodyElse(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client slow = trial.client("slow");
        Gate gate = slow.holdAt(Phase.START);
        scene.manager().advise(slow);
        AdviseToken other = scene.manager().advise(trial.client("other"));
        Call<?> change = scene.begin();
        gate.awaitEntered();
        trial.call("reader", "currentState()", scene.manager()::currentState).value();
        trial.call("adviser", "advise()", () -> scene.manager().advise(trial.client("late")))
                .value();
        trial.run(
                        "unadviser",
                        "unadvise() of another registration",
                        () -> scene.manager().unadvise(other))
                .value();
        gate.open();
        change.value();
    }

    @Checks(Rule.NOTIFY_9)
    void aSlowCallbackDoesNotHoldUpAnotherProfile(ProviderTrial trial) {
        Scene second = trial.secondScene();
        Scene scene = trial.scene();
        Client slow = trial.client("slow");
        Gate gate = slow.holdAt(Phase.START);
        scene.manager().advise(slow);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        second.begin().value();
        second.awaitDone();
        gate.open();
        change.value();
    }

    @Checks(Rule.NOTIFY_9)
    void aSlowCallbackDoesNotHoldUpTheBackend(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client slow = trial.client("slow");
        Gate gate = slow.holdAt(Phase.START);
        scene.manager().advise(slow);
        trial.countChange();
        trial.run("source", "change to " + scene.to(), () -> trial.control().change(scene.profile(), scene.to()))
                .value();
        gate.awaitEntered();
        trial.run("source", "change to " + scene.from(), () -> trial.control().change(scene.profile(), scene.from()))
                .value();
        gate.open();
    }

    @Checks(Rule.NOTIFY_10)
    void aFailedChangeIsAborted(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        List<Client> clients = register(trial, scene);
        Client last = clients.get(2);
        Gate gate = last.holdAt(Phase.DONE);
        Runnable fail = trial.control().failNextChangeAfterStart(trial.profile(), trial.onPurpose());
        Call<?> setter = scene.beginBlocking(scene.manager());
        clients.forEach(client -> client.awaitTold(Phase.START, scene.to()));
        fail.run();
        gate.awaitEntered();
        trial.letOthersRun();
        trial.expect(
                !setter.isDone(),
                "expected that the call with BLOCK fails only after the abort has been delivered to all");
        gate.open();
        @Nullable Throwable ignored = setter.outcome();
        List<StateChange> expected = List.of(
                new StateChange(Phase.START, scene.from(), scene.to()),
                new StateChange(Phase.DONE, scene.from(), scene.from()));
        for (Client client : clients) {
            client.awaitTold(Phase.DONE, scene.from());
            trial.expect(
                    client.changes().equals(expected),
                    "expected that " + client + " is told START and then one DONE whose old and new state are "
                            + scene.from() + "; it was told " + client.changes());
        }
    }

    @Checks(Rule.NOTIFY_10)
    void aRefusedChangeLeavesNoStartOpen(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        trial.control().failNextChange(trial.profile(), trial.onPurpose());
        @Nullable Throwable ignored = scene.beginBlocking(scene.manager()).outcome();
        scene.there();
        client.awaitTold(Phase.CHANGE, scene.to());
        client.awaitTold(Phase.DONE, scene.to());
        expectNothingOpen(trial, client);
    }

    private static void expectNothingOpen(ProviderTrial trial, Client client) {
        Triples triples = Triples.of(client.changes());
        triples.mistake()
                .ifPresent(mistake -> trial.expect(
                        false,
                        "expected that every START is closed by a DONE; " + mistake + "; told was "
                                + client.changes()));
    }

    @Checks(Rule.NOTIFY_10)
    void aStartThatHasToWaitLeavesNothingOpen(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Client client = trial.client("A");
        Gate gate = trial.gate("A's callback of a foreign notification");
        client.onForeign(told -> gate.pass());
        scene.manager().advise(client);
        trial.control().sendForeign(scene.profile(), 0x7001, 0x30, 0, 1);
        gate.awaitEntered();
        Runnable fail = trial.control().failNextChangeAfterStart(scene.profile(), trial.onPurpose());
        Call<?> setter = scene.beginBlocking(scene.manager());
        setter.awaitWaiting();
        trial.letOthersRun();
        fail.run();
        gate.open();
        // How the call fails is judged by SET-6.
        @Nullable Throwable ignored = setter.outcome();
        scene.there();
        client.awaitTold(Phase.CHANGE, scene.to());
        client.awaitTold(Phase.DONE, scene.to());
        expectNothingOpen(trial, client);
    }

    @Checks(Rule.NOTIFY_10B)
    void aStartThatIsNotContinuedIsAborted(ProviderTrial trial) {
        Duration limit = shortLimits(trial, trial.fixture().startLimit(), "startLimit()");
        Scene scene = trial.scene();
        Client client = trial.client("A");
        scene.manager().advise(client);
        awaitStart(trial, scene, client, limit);
        trial.awaitWithin(
                limit.plus(trial.settings().inTime()),
                "a START that is not continued is aborted after " + Trial.inWords(limit),
                () -> client.wasTold(Phase.DONE, scene.from()));
        List<StateChange> told = client.changes();
        trial.expect(
                told.size() == 2 && told.get(1).isAbort(),
                "expected START and then one DONE whose old and new state are " + scene.from() + "; told was " + told);
        scene.there();
        client.awaitTold(Phase.DONE, scene.to());
    }

    /** The backend begins a change, until START is told: one that has waited for the limit is told to nobody. */
    private static void awaitStart(ProviderTrial trial, Scene scene, Client client, Duration limit) {
        trial.countChange();
        boolean told = false;
        for (int turn = 0; turn < 5 && !told; turn++) {
            trial.control().startChange(scene.profile(), scene.to());
            told = trial.waitFor(limit.multipliedBy(2), () -> client.wasTold(Phase.START, scene.to()));
        }
        client.awaitTold(Phase.START, scene.to());
    }

    @Checks(Rule.NOTIFY_10C)
    void theLimitStandsStillWhileAway(ProviderTrial trial) {
        Lost.requireLosable(trial);
        boolean judged = false;
        for (int turn = 0; turn < 5 && !judged; turn++) {
            judged = isJudgedWhetherTheLimitStandsStill(trial);
        }
        if (!judged) {
            throw NotJudged.notVerified(
                    "the backend could not be taken away between START and the end of its time, in five attempts");
        }
    }

    private static boolean isJudgedWhetherTheLimitStandsStill(ProviderTrial trial) {
        Duration limit = shortLimits(trial, trial.fixture().startLimit(), "startLimit()");
        Scene fence = trial.secondScene();
        Scene scene = trial.scene();
        Client client = trial.client("A");
        Client marker = trial.client("marker");
        scene.manager().advise(client);
        fence.manager().advise(marker);
        long since = System.nanoTime();
        trial.control().startChange(scene.profile(), scene.to());
        boolean told = trial.waitFor(limit, () -> client.wasTold(Phase.START, scene.to()));
        trial.control().takeAway(scene.profile(), trial.onPurpose());
        if (!told || System.nanoTime() - since > limit.toNanos()) {
            trial.control().bringBack(scene.profile(), scene.from());
            return false;
        }
        Lost.awaitAway(trial, scene.manager());
        // The same on the other profile, begun later, is the fence: its abort comes after the time is over.
        trial.control().startChange(fence.profile(), fence.to());
        boolean over =
                trial.waitFor(limit.plus(trial.settings().inTime()), () -> marker.wasTold(Phase.DONE, fence.from()));
        if (!over) {
            throw NotJudged.notVerified("the START of the other profile was not aborted, so it is not known when the"
                    + " time is over (NOTIFY-10b judges that)");
        }
        trial.expect(
                client.changes().size() == 1,
                "expected that the START stays open while the backend is away; told was " + client.changes());
        trial.control().bringBack(scene.profile(), scene.to());
        client.awaitTold(Phase.DONE, scene.to());
        return true;
    }

    private static Duration shortLimits(ProviderTrial trial, Optional<Duration> documented, String method) {
        // A source that changes by itself does not leave a START alone for long.
        Duration brief = Duration.ofMillis(trial.fixture().changesByItself() ? 50 : 400);
        if (trial.useLimits(brief, brief)) {
            return brief;
        }
        Duration limit = documented.orElseThrow(() -> NotJudged.notVerified(
                "the fixture gives neither ProviderFixture.prepareWithLimits(...) nor " + method));
        if (limit.compareTo(trial.settings().inTime().multipliedBy(2)) > 0) {
            throw NotJudged.notVerified(
                    "the limit of " + Trial.inWords(limit)
                            + " is too long to wait for; the fixture would have to give ProviderFixture.prepareWithLimits(...)");
        }
        return limit;
    }

    @Checks(Rule.NOTIFY_11)
    void theOldest1024AreKept(ProviderTrial trial) {
        lag(trial, 1024, true);
    }

    @Checks(Rule.NOTIFY_11B)
    void beyondThemWholePairsAreLeftOut(ProviderTrial trial) {
        lag(trial, 5001, false);
    }

    @Checks(Rule.NOTIFY_11B)
    void beyondThemALossIsLeftOutWithItsRestoring(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Scene scene = trial.sceneOfBoth();
        Client client = trial.client("lags");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        int transitions = 1100;
        for (int change = 0; change < transitions; change++) {
            trial.countChange();
            trial.control().changeUnrecorded(scene.profile(), change % 2 == 0 ? scene.to() : scene.from());
        }
        gate.awaitEntered();
        for (int turn = 0; turn < 3; turn++) {
            trial.control().takeAway(scene.profile(), trial.onPurpose());
            trial.control().bringBack(scene.profile(), scene.from());
        }
        gate.open();
        trial.await("the client is in state " + scene.from(), () -> client.endsWithTransition(scene.from()));
        Lost.awaitBack(trial, scene.manager());
        // The next transition is the fence.
        scene.there();
        trial.await(
                "the client is in state " + scene.to() + ", and nothing waits any more",
                () -> client.endsWithTransition(scene.to()) && isAtRest(scene.manager(), scene.to()));
        expectWhole(trial, client);
        expectAlternating(trial, client);
    }

    private static void lag(ProviderTrial trial, int transitions, boolean all) {
        Scene scene = trial.sceneOfBoth();
        Client client = trial.client("lags");
        Gate gate = client.holdAt(Phase.START);
        scene.manager().advise(client);
        ConnectionState last = scene.from();
        for (int change = 0; change < transitions; change++) {
            last = last.opposite();
            trial.countChange();
            trial.control().changeUnrecorded(scene.profile(), last);
            if (change == 0) {
                gate.awaitEntered(); // so that all the others wait, and none is told before
            }
        }
        gate.open();
        ConnectionState end = last;
        int least = all ? transitions : 1024;
        trial.await(
                "a client that lagged by " + transitions + " transitions is told of at least " + least
                        + " and is then in state " + end,
                () -> client.count() >= 3 * least
                        && (!all || client.count() == 3 * transitions)
                        && ProviderTrial.real(scene.manager()).currentState() == end
                        && client.endsWith(Phase.DONE, end)
                        && isAtRest(scene.manager(), end));
        expectWhole(trial, client);
    }

    /** Where nothing can be set the last transitions may still be told: a part of one is no mistake then. */
    private static void expectWhole(ProviderTrial trial, Client client) {
        if (!trial.waitFor(trial.settings().inTime(), () -> mistake(client).isEmpty())) {
            mistake(client)
                    .ifPresent(mistake -> trial.expect(
                            false, "expected that the chain stays whole for a client that lags; " + mistake));
        }
    }

    private static Optional<String> mistake(Client client) {
        Triples triples = Triples.of(client.changes());
        return triples.mistake().or(triples::broken);
    }

    /** Nothing is queued any more: setting the state that holds is not E_PENDING. Where it cannot be set, as told. */
    private static boolean isAtRest(OfflineManager manager, ConnectionState state) {
        OfflineManager real = ProviderTrial.real(manager);
        if (!real.canSet()) {
            return true;
        }
        try {
            real.setCurrentState(state, SetFlag.DEFAULT);
            return real.currentState() == state;
        } catch (OfflineStateException pending) {
            return false;
        }
    }

    @Checks(Rule.NOTIFY_12)
    void aHungCallbackIsNotWaitedFor(ProviderTrial trial) {
        Duration limit = shortLimits(trial, trial.fixture().callbackLimit(), "callbackLimit()");
        Scene scene = trial.scene();
        Client hung = trial.client("hung");
        Client after = trial.client("after it");
        Gate gate = hung.holdAt(Phase.START);
        scene.manager().advise(hung);
        scene.manager().advise(after);
        Call<?> change = scene.begin();
        gate.awaitEntered();
        Duration inTime = trial.settings().inTime();
        // Many do not keep this one, which is no MUST: no need to wait for a slow one's whole time.
        Duration grace = Collections.min(List.of(inTime, limit.multipliedBy(10).plus(inTime.dividedBy(10))));
        trial.awaitWithin(
                limit.plus(grace),
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
        Lagging lagging = new Lagging(trial, 2, 40);
        Scene scene = lagging.scene;
        trial.control().sendForeign(scene.profile(), 0x7001, 0x30, 0, 1);
        lagging.flip(2);
        lagging.loseAndRestore();
        lagging.flip(2);
        lagging.letGo();
        List<String> missed = new ArrayList<>(List.of(Lagging.foreign(0x7001)));
        for (int turn = 0; turn < 2; turn++) {
            missed.addAll(List.of("START", "CHANGE", "DONE", "START", "CHANGE", "DONE"));
            missed.addAll(
                    turn == 0 ? List.of("BACKEND_LOST", "BACKEND_RESTORED") : List.of(Lagging.foreign(Lagging.MARKER)));
        }
        for (Client client : lagging.hung) {
            List<String> told = lagging.missed(client);
            trial.expect(
                    told.equals(missed),
                    "expected that " + client + ", whose callback hung, is told in order what it missed, " + missed
                            + "; it was told " + told);
        }
        lagging.expectOthersTold();
        lagging.hung.forEach(Client::forget);
        lagging.flip(1);
        lagging.hung.forEach(client -> client.awaitTold(Phase.DONE, lagging.last));
    }

    @Checks(Rule.NOTIFY_12)
    void aHungCallbackMissesWholePairsOnly(ProviderTrial trial) {
        Lagging lagging = new Lagging(trial, 1, 0);
        for (int batch = 0; batch < 2; batch++) {
            lagging.flip(550); // so few that the others do not lag
        }
        lagging.loseAndRestore();
        // What is between two foreign notifications has to come to something whole by itself.
        for (int turn = 1; turn <= 6; turn++) {
            lagging.flip(turn);
            trial.control().sendForeign(lagging.scene.profile(), 0x7001, 0x30, 0, 1);
        }
        lagging.letGo();
        Client client = lagging.hung.get(0);
        mistake(client)
                .ifPresent(mistake -> trial.expect(
                        false, "expected that the chain stays whole for a callback that hung; " + mistake));
        int kept = Triples.of(client.changes()).transitions().size();
        trial.expect(kept >= 1024, "expected that the oldest 1024 transitions are kept for it; it was told of " + kept);
        expectAlternating(trial, client);
    }

    @Checks(Rule.NOTIFY_12)
    void aHungCallbackThatIsRemovedIsToldNothingMore(ProviderTrial trial) {
        Lagging lagging = new Lagging(trial, 1, 0);
        lagging.flip(2);
        Client client = lagging.hung.get(0);
        Call<?> removing = trial.run(
                "unadviser",
                "unadvise() of a registration whose callback hangs",
                () -> ProviderTrial.real(lagging.scene.manager()).unadvise(lagging.tokens.get(0)));
        removing.awaitWaiting();
        trial.letOthersRun();
        lagging.gates.forEach(Gate::open);
        removing.value();
        int told = client.count();
        lagging.flip(2);
        trial.expect(
                told == 1 && client.count() == 1,
                "expected that a callback that hung is told nothing more once it is removed; told was "
                        + client.told());
    }

    /** Clients whose callback of a START hangs for so long that the others go on, and one of those others. */
    private static final class Lagging {
        private static final int MARKER = 0x7002;

        final ProviderTrial trial;
        final Scene scene;
        final List<Client> hung = new ArrayList<>();
        final List<AdviseToken> tokens = new ArrayList<>();
        final List<Gate> gates = new ArrayList<>();
        final Map<Client, List<String>> words = new ConcurrentHashMap<>();
        private final List<LightClient> crowd = new ArrayList<>();
        private final Client after;
        ConnectionState last;

        Lagging(ProviderTrial trial, int count, int others) {
            this.trial = trial;
            Duration limit = shortLimits(trial, trial.fixture().callbackLimit(), "callbackLimit()");
            scene = trial.sceneOfBoth();
            last = scene.from();
            after = trial.client("after them");
            crowd(others);
            for (int number = 1; number <= count; number++) {
                hang("hung" + number);
                if (number == 1) {
                    crowd(others);
                    scene.manager().advise(after);
                }
            }
            change();
            boolean goesOn = trial.waitFor(
                    limit.multipliedBy(count).plus(trial.settings().inTime()),
                    () -> after.wasTold(Phase.DONE, last) && scene.manager().currentState() == last);
            trial.expect(
                    goesOn,
                    "expected that the others go on without callbacks that have hung for " + Trial.inWords(limit)
                            + "; they were told " + after.changes());
        }

        private void hang(String lane) {
            Client client = trial.client(lane);
            List<String> said = new CopyOnWriteArrayList<>();
            words.put(client, said);
            client.onAnything(told -> said.add(told.stateChange()
                    .map(change -> change.phase().name())
                    .orElseGet(() -> Client.isOfSession(told)
                            ? told.type().toString()
                            : foreign(told.type().code()))));
            gates.add(client.holdAt(Phase.START));
            hung.add(client);
            tokens.add(scene.manager().advise(client));
        }

        /** So many that those who hang are somewhere in a large table. */
        private void crowd(int others) {
            for (int number = 0; number < others; number++) {
                LightClient light = new LightClient();
                crowd.add(light);
                ProviderTrial.real(scene.manager()).advise(light);
            }
        }

        /** None of the others was told twice, or left out. */
        void expectOthersTold() {
            trial.await(
                    "each of the others is told what one of them is",
                    () -> crowd.stream().allMatch(light -> light.told().equals(after.changes())));
        }

        static String foreign(int type) {
            return String.format("0x%x", type);
        }

        private void change() {
            last = last.opposite();
            trial.countChange();
            trial.control().changeUnrecorded(scene.profile(), last);
        }

        /** Changes so many times, and waits until the others have been told. */
        void flip(int times) {
            int before = after.starts();
            for (int change = 0; change < times; change++) {
                change();
            }
            trial.await(
                    "the others are told of " + times + " transitions",
                    () -> after.starts() == before + times && after.endsWith(Phase.DONE, last));
        }

        void loseAndRestore() {
            if (!trial.fixture().backendCanGoAway()) {
                return;
            }
            trial.control().takeAway(scene.profile(), trial.onPurpose());
            trial.control().bringBack(scene.profile(), last);
            after.awaitTold(NotifyType.BACKEND_RESTORED);
        }

        /** A foreign notification is the last that they have missed. */
        void letGo() {
            trial.control().sendForeign(scene.profile(), MARKER, 0x30, 0, 1);
            gates.forEach(Gate::open);
            hung.forEach(client -> trial.await(
                    client + " is told at last what was kept last",
                    () -> said(client).contains(foreign(MARKER))));
        }

        private List<String> said(Client client) {
            return words.getOrDefault(client, List.of());
        }

        /** What came after the START in which it hung, and after the rest of that transition. */
        List<String> missed(Client client) {
            List<String> said = new ArrayList<>(said(client));
            return said.subList(Math.min(3, said.size()), said.size());
        }
    }

    private static void expectAlternating(ProviderTrial trial, Client client) {
        boolean away = false;
        for (OfflineNotification told : client.told()) {
            if (Client.isOfSession(told)) {
                boolean lost = told.type().equals(NotifyType.BACKEND_LOST);
                trial.expect(
                        lost != away,
                        "expected that BACKEND_LOST and BACKEND_RESTORED alternate for " + client + "; " + told.type()
                                + " came twice running");
                away = lost;
            }
        }
        trial.expect(!away, "expected that BACKEND_LOST is followed by BACKEND_RESTORED for " + client);
    }
}
