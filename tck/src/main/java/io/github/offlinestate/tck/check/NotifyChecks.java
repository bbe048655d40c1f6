package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
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
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
        Client held = trial.client("held");
        Gate gate = held.holdAt(Phase.START);
        scene.manager().advise(held);
        List<Call<?>> sources = new ArrayList<>();
        for (int source = 0; source < 4; source++) {
            sources.add(trial.run("source" + source, "flap", () -> {
                for (int change = 0; change < 15; change++) {
                    trial.countChange();
                    trial.control().change(scene.profile(), change % 2 == 0 ? scene.to() : scene.from());
                }
            }));
        }
        gate.awaitEntered();
        trial.letOthersRun(); // so that much waits, where the reports do not
        gate.open();
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
        /** So long in the first callbacks that another thread has been started meanwhile, which takes its time. */
        private static final long LONG_LINGER = 5_000_000;

        private static final int LONG_CALLS = 20;

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
            LockSupport.parkNanos(before < LONG_CALLS ? LONG_LINGER : LINGER);
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

    static Duration shortLimits(ProviderTrial trial, Optional<Duration> documented, String method) {
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
}
