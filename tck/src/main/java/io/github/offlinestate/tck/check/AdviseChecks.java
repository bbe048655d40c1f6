package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.CallbackType;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.OfflineCallback;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.TckEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** ADVISE: registering. */
final class AdviseChecks {
    private static final int MORE_THAN_16_BITS = 70_000;
    private static final int CROWD = 300;
    private static final int SHARE = 25;
    private static final int IN_A_RUSH = 800;
    private static final int TOKENS_OF_OTHERS = 5000;

    @Checks(Rule.ADVISE_1)
    void toldFromNowOn(ProviderTrial trial) throws Exception {
        Scene scene = trial.scene();
        List<LightClient> crowd = crowd(scene);
        scene.there();
        for (LightClient one : crowd) {
            trial.await("each of " + CROWD + " registrations is told", () -> one.wasTold(Phase.CHANGE));
        }
        scene.back();
        trial.repeat(15, index -> {
            Client client = trial.client("A" + index);
            AdviseToken token = scene.manager().advise(client);
            scene.there();
            client.awaitTold(Phase.CHANGE, scene.to());
            scene.manager().unadvise(token);
            scene.back();
        });
    }

    @Checks(Rule.ADVISE_1)
    void toldWhenThreadsRegisterAtATime(ProviderTrial trial) {
        Scene scene = trial.scene();
        OfflineManager real = ProviderTrial.real(scene.manager());
        Map<AdviseToken, LightClient> registered = new ConcurrentHashMap<>();
        List<Call<?>> advisers = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            advisers.add(trial.run("adviser" + number, "advise(), and unadvise() of some", () -> {
                for (int count = 0; count < SHARE; count++) {
                    LightClient client = new LightClient();
                    registered.put(real.advise(client), client);
                    for (int come = 0; come < 2; come++) {
                        AdviseToken gone = real.advise(new LightClient());
                        real.unadvise(gone);
                    }
                }
            }));
        }
        advisers.forEach(Call::value);
        trial.expect(
                registered.size() == 4 * SHARE,
                "expected " + 4 * SHARE + " registrations, each with a token of its own; there are "
                        + registered.size());
        scene.there();
        for (LightClient one : registered.values()) {
            trial.await(
                    "each of " + registered.size() + " registrations, made on several threads, is told",
                    () -> one.wasTold(Phase.CHANGE));
        }
        registered.keySet().forEach(real::unadvise);
        registered.values().forEach(LightClient::gone);
        scene.back();
        scene.there();
        scene.awaitDone();
        for (LightClient one : registered.values()) {
            trial.expect(!one.wasToldAfterGone(), "expected that each of the tokens is accepted by Unadvise");
        }
    }

    @Checks(Rule.ADVISE_1)
    void toldWhenThreadsRegisterInARush(ProviderTrial trial) {
        Scene scene = trial.scene();
        Rush rush = new Rush(trial, scene, IN_A_RUSH);
        int given = rush.tokens().size();
        int different = new HashSet<>(rush.tokens()).size();
        trial.expect(
                different == given,
                "expected that " + given + " registrations of several threads have a token each; there were "
                        + different + " tokens");
        rush.staying().values().forEach(LightClient::forget);
        scene.there();
        List<Phase> whole = Arrays.asList(Phase.values());
        for (LightClient one : rush.staying().values()) {
            trial.await(
                    "each of " + rush.staying().size() + " registrations, made in a rush, is told",
                    () -> one.wasTold(Phase.DONE));
        }
        for (LightClient one : rush.staying().values()) {
            trial.expect(
                    one.told().stream().map(StateChange::phase).toList().equals(whole),
                    "expected that each registration that was made in a rush is told START, STATECHANGE and DONE once;"
                            + " one was told " + one.told());
        }
        OfflineManager real = ProviderTrial.real(scene.manager());
        rush.staying().forEach((token, client) -> {
            real.unadvise(token);
            client.gone();
        });
        scene.back();
        scene.there();
        scene.awaitDone();
        trial.expect(
                rush.removed().stream().noneMatch(LightClient::wasToldAfterGone),
                "expected that none of the registrations that were removed in a rush is told anything more");
        trial.expect(
                rush.staying().values().stream().noneMatch(LightClient::wasToldAfterGone),
                "expected that each of the tokens that were given in a rush is accepted by Unadvise");
    }

    /** So many that no table of a few is enough, and that every phase takes its time. */
    private static List<LightClient> crowd(Scene scene) {
        List<LightClient> crowd = new ArrayList<>();
        for (int count = 0; count < CROWD; count++) {
            LightClient client = new LightClient();
            crowd.add(client);
            ProviderTrial.real(scene.manager()).advise(client);
        }
        return crowd;
    }

    @Checks(Rule.ADVISE_2)
    void tokensOfLiveRegistrationsDiffer(ProviderTrial trial) throws Exception {
        List<OfflineManager> managers = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            managers.add(ProviderTrial.real(trial.open()));
        }
        Set<AdviseToken> tokens = new HashSet<>();
        LightClient client = new LightClient();
        trial.repeat(MORE_THAN_16_BITS, index -> {
            AdviseToken token = managers.get(index % 3).advise(client);
            trial.expect(
                    tokens.add(token),
                    "expected that no two live registrations have one token; " + token + " was given twice, the second"
                            + " time to registration " + (index + 1));
        });
    }

    @Checks(Rule.ADVISE_2)
    void tokensOfAnotherProfileDiffer(ProviderTrial trial) throws Exception {
        // Where tokens are numbers, the others have those just before and just after the first of this one.
        String second = trial.secondProfile();
        LightClient client = new LightClient();
        Set<AdviseToken> others = new HashSet<>();
        others.add(ProviderTrial.real(trial.open(second)).advise(client));
        OfflineManager manager = ProviderTrial.real(trial.open());
        manager.unadvise(manager.advise(client));
        others.add(ProviderTrial.real(trial.open(second)).advise(client));
        trial.repeat(TOKENS_OF_OTHERS, index -> {
            AdviseToken token = manager.advise(client);
            trial.expect(
                    !others.contains(token),
                    "expected that no token is given that a live registration of another profile has; " + token
                            + " was");
            manager.unadvise(token);
        });
    }

    @Checks(Rule.ADVISE_2B)
    void noTokenIsGivenAgain(ProviderTrial trial) throws Exception {
        OfflineManager manager = ProviderTrial.real(trial.open());
        Set<AdviseToken> tokens = new HashSet<>();
        LightClient client = new LightClient();
        // A short token comes again only after all others: on a busy machine that takes more than one share of the
        // time.
        for (int share = 0; share < 4 && tokens.size() < MORE_THAN_16_BITS; share++) {
            trial.repeat(MORE_THAN_16_BITS - tokens.size(), index -> {
                AdviseToken token = manager.advise(client);
                trial.expect(
                        tokens.add(token),
                        "expected that no token is given again while the object is open; " + token
                                + " was, after its registration was removed");
                manager.unadvise(token);
            });
        }
    }

    @Checks(Rule.ADVISE_3)
    void callbackOfAnotherKind(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        OfflineCallback stranger = new OfflineCallback() {};
        Failures.expectResult(
                "advise of a callback that is no OfflineNotify",
                HResult.E_NOINTERFACE,
                () -> manager.advise(AdviseInfo.of(stranger)));
    }

    @Checks(Rule.ADVISE_4)
    @SuppressWarnings("NullAway") // The nulls are what is tried.
    void invalidInfo(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        Failures.expectResult("advise of no info", HResult.E_INVALIDARG, () -> manager.advise((AdviseInfo) null));
        invalid(trial.client("A"))
                .forEach((what, info) ->
                        Failures.expectResult("advise with " + what, HResult.E_INVALIDARG, () -> manager.advise(info)));
    }

    @Checks(Rule.ADVISE_4B)
    void invalidArgumentComesFirst(ProviderTrial trial) {
        OfflineManager manager = trial.open();
        invalid(new OfflineCallback() {})
                .forEach((what, info) -> Failures.expectResult(
                        "advise with " + what + " and a callback that is no OfflineNotify",
                        HResult.E_INVALIDARG,
                        () -> manager.advise(info)));
    }

    /** Every field wrong in turn, by what a careless comparison lets pass. */
    private static Map<String, AdviseInfo> invalid(OfflineCallback callback) {
        Map<String, AdviseInfo> infos = new LinkedHashMap<>();
        int all = MapiConstants.MAPIOFFLINE_STATE_ALL;
        int change = MapiConstants.MAPIOFFLINE_ADVISE_TYPE_STATECHANGE;
        infos.put("no callback", new AdviseInfo(0, CallbackType.NOTIFY, null, change, all));
        for (int type : new int[] {1, 2, -1}) {
            infos.put("callback type " + type, new AdviseInfo(0, new CallbackType(type), callback, change, all));
        }
        for (int types : new int[] {0, 2, change | 2, -1}) {
            infos.put("advise types " + types, new AdviseInfo(0, CallbackType.NOTIFY, callback, types, all));
        }
        for (int mask : new int[] {0, MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK, all | 0x0040_0000, -1}) {
            infos.put(
                    String.format("state mask 0x%08x", mask),
                    new AdviseInfo(0, CallbackType.NOTIFY, callback, change, mask));
        }
        return infos;
    }

    @Checks(Rule.ADVISE_5)
    void aFailedAdviseRegistersNothing(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        for (AdviseInfo info : invalid(client).values()) {
            try {
                // That it fails is judged by ADVISE-4.
                scene.manager().unadvise(scene.manager().advise(info));
            } catch (RuntimeException expected) {
                trial.record("kit", TckEvent.Kind.NOTE, "refused as expected");
            }
        }
        scene.there();
        scene.awaitDone();
        scene.back();
        scene.there();
        scene.awaitDone();
        trial.expect(
                client.told().isEmpty(),
                "expected that a callback whose Advise failed is told nothing; it was told " + client.told());
    }

    @Checks(Rule.ADVISE_6)
    void anyClientToken(ProviderTrial trial) {
        Scene scene = trial.scene();
        Map<Integer, Client> clients = new LinkedHashMap<>();
        for (int token : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x1_0000, 0xFFFF, 0x1234_5678}) {
            Client client = trial.client(String.format("token 0x%08x", token));
            clients.put(token, client);
            scene.manager().advise(AdviseInfo.of(client, token));
        }
        scene.there();
        clients.forEach((token, client) -> {
            client.awaitTold(Phase.CHANGE, scene.to());
            List<Integer> given = client.told().stream()
                    .filter(told -> told.stateChange().isPresent())
                    .map(OfflineNotification::clientToken)
                    .distinct()
                    .toList();
            trial.expect(
                    given.equals(List.of(token)),
                    String.format("expected that client token 0x%08x is given back; given was %s", token, given));
        });
    }

    @Checks(Rule.ADVISE_7)
    void oneCallbackSeveralTimes(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        AdviseToken first = scene.manager().advise(AdviseInfo.of(client, 1));
        scene.manager().advise(AdviseInfo.of(client, 1));
        scene.manager().advise(AdviseInfo.of(client, 2));
        scene.there();
        trial.await(
                "each of three registrations is told 3 notifications",
                () -> counts(client).equals(List.of(6L, 3L)));
        scene.back();
        scene.manager().unadvise(first);
        client.forget();
        scene.there();
        trial.await(
                "each of the two that are left is told 3", () -> counts(client).equals(List.of(3L, 3L)));
    }

    private static List<Long> counts(Client client) {
        List<OfflineNotification> told = client.told();
        return List.of(
                told.stream().filter(one -> one.clientToken() == 1).count(),
                told.stream().filter(one -> one.clientToken() == 2).count());
    }

    /** Counts what it is told in a counter of somebody else's; nobody but the provider holds it. */
    private static final class Unheld implements OfflineNotify {
        private final AtomicInteger count;

        Unheld(AtomicInteger count) {
            this.count = count;
        }

        @Override
        public void onNotify(OfflineNotification notification) {
            if (notification.stateChange().isPresent()) {
                count.incrementAndGet();
            }
        }
    }

    @Checks(Rule.ADVISE_8)
    void theRegistrationHoldsItsCallback(ProviderTrial trial) {
        Scene scene = trial.scene();
        List<AtomicInteger> counts = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            AtomicInteger count = new AtomicInteger();
            counts.add(count);
            ProviderTrial.real(scene.manager()).advise(new Unheld(count));
        }
        Garbage.collectThoroughly(trial);
        // Collecting takes so long that a source which changes by itself has changed.
        counts.forEach(count -> count.set(0));
        scene.there();
        trial.await(
                "five callbacks that only their registrations hold are told 3 notifications each",
                () -> counts.stream().allMatch(count -> count.get() >= 3));
    }

    @Checks(Rule.ADVISE_9)
    void thePresentStateIsNotTold(ProviderTrial trial) {
        Scene scene = trial.scene();
        Client client = trial.client("A");
        scene.there();
        scene.back();
        scene.manager().advise(client);
        trial.letOthersRun();
        List<StateChange> early = client.changes();
        trial.expect(early.isEmpty(), "expected that Advise tells nothing by itself; it told " + early);
        scene.there();
        client.awaitTold(Phase.CHANGE, scene.to());
        StateChange first = client.changes().get(0);
        trial.expect(
                first.phase() == Phase.START && first.newState() == scene.to(),
                "expected that the first notification is START of the first transition; it was " + first);
    }

    @Checks(Rule.ADVISE_10)
    void aSuffixOfTheTransitionUnderWay(ProviderTrial trial) {
        Scene scene = trial.scene();
        for (Phase phase : Phase.values()) {
            for (boolean first : new boolean[] {true, false}) {
                Client holder = trial.client("holder");
                Gate gate = holder.holdAt(phase);
                AdviseToken holding = scene.manager().advise(holder);
                scene.observer().forget();
                Call<?> change = scene.begin();
                gate.awaitEntered();
                OfflineManager through = first ? scene.manager() : trial.open();
                Client late = trial.client("late in " + phase + (first ? "" : ", other object"));
                AdviseToken token = through.advise(late);
                gate.open();
                change.value();
                scene.awaitDone();
                // The next transition is the fence.
                scene.back();
                scene.there();
                trial.await(
                        "the late registration is told the next transition",
                        () -> late.changes().size() >= 3);
                late.awaitTold(Phase.DONE, scene.to());
                expectSuffix(trial, late, scene.to());
                through.unadvise(token);
                scene.manager().unadvise(holding);
                scene.back();
            }
        }
    }

    /** What it was told of the transition that it came late for: everything before the next START. */
    private static void expectSuffix(ProviderTrial trial, Client late, ConnectionState to) {
        List<Phase> whole = Arrays.asList(Phase.values());
        List<Phase> told = new ArrayList<>();
        boolean begun = false;
        for (StateChange change : late.changes()) {
            if (change.phase() == Phase.START && (begun || !told.isEmpty())) {
                break;
            }
            begun = true;
            told.add(change.phase());
        }
        boolean suffix =
                told.isEmpty() || whole.subList(3 - Math.min(3, told.size()), 3).equals(told);
        trial.expect(
                suffix,
                "expected a suffix of START, STATECHANGE, DONE for a registration that is made while the transition to "
                        + to + " is under way; told was " + late.changes());
    }

    @Checks(Rule.ADVISE_10)
    void aSuffixOfAnAbort(ProviderTrial trial) {
        Scene scene = trial.settableScene();
        Runnable fail = trial.control().failNextChangeAfterStart(trial.profile(), trial.onPurpose());
        Client holder = trial.client("holder");
        Gate gate = holder.holdAt(Phase.START);
        scene.manager().advise(holder);
        Call<?> change = scene.beginBlocking(scene.manager());
        gate.awaitEntered();
        Client late = trial.client("late");
        scene.manager().advise(late);
        fail.run();
        gate.open();
        @Nullable Throwable ignored = change.outcome();
        scene.there();
        late.awaitTold(Phase.DONE, scene.to());
        List<StateChange> all = late.changes();
        List<StateChange> told = all.subList(0, Math.max(0, all.size() - 3));
        List<Phase> phases = told.stream().map(StateChange::phase).toList();
        trial.expect(
                List.of(List.of(), List.of(Phase.DONE), List.of(Phase.START, Phase.DONE))
                                .contains(phases)
                        && told.stream().allMatch(one -> one.phase() == Phase.START || one.isAbort()),
                "expected START and DONE, DONE, or nothing of a transition that is aborted; told was " + told);
    }

    @Checks(Rule.ADVISE_10B)
    void neverAGap(ProviderTrial trial) throws Exception {
        Scene scene = trial.scene();
        List<LightClient> ignored = crowd(scene);
        StartOfBurst start = new StartOfBurst(scene.to());
        // Called after the crowd: what it hears last before the state becomes the new one.
        scene.manager().advise(start);
        trial.repeat(120, index -> {
            Burst burst = new Burst(trial, scene, start);
            burst.run();
            scene.back();
        });
    }

    /**
     * Brings a burst and the flip of the state together: START is held until the thread of the burst answers at once,
     * so that both threads have a processor when the state is about to change, also where many others want one.
     */
    private static final class StartOfBurst implements OfflineNotify {
        private static final long AT_ONCE = TimeUnit.MICROSECONDS.toNanos(20);
        private static final long ONE_QUESTION = TimeUnit.MILLISECONDS.toNanos(5);
        private static final long AT_MOST = TimeUnit.MILLISECONDS.toNanos(200);

        private final ConnectionState to;
        private volatile boolean begun;
        private volatile boolean over;
        private volatile long asked;
        private volatile long answered;

        StartOfBurst(ConnectionState to) {
            this.to = to;
        }

        void reset() {
            begun = false;
            over = false;
        }

        void await(ProviderTrial trial) {
            boolean ignored = trial.waitFor(trial.settings().inTime(), () -> begun);
        }

        /** On the thread of the burst: answers until START has been told. */
        void answer() {
            long since = System.nanoTime();
            while (!over && System.nanoTime() - since < 2 * AT_MOST) {
                answered = asked;
                Thread.onSpinWait();
            }
        }

        @Override
        public void onNotify(OfflineNotification notification) {
            if (notification
                    .stateChange()
                    .filter(change -> change.phase() == Phase.START && change.newState() == to)
                    .isPresent()) {
                begun = true;
                long since = System.nanoTime();
                while (!isAnsweredAtOnce(answered + 1) && System.nanoTime() - since < AT_MOST) {
                    Thread.onSpinWait();
                }
                over = true;
            }
        }

        private boolean isAnsweredAtOnce(long question) {
            long since = System.nanoTime();
            asked = question;
            while (answered != question && System.nanoTime() - since < ONE_QUESTION) {
                Thread.onSpinWait();
            }
            return System.nanoTime() - since < AT_ONCE;
        }
    }

    /** Many registrations and readings while one transition passes by. */
    private static final class Burst {
        private static final int BOUND = 3000;

        /** While START is told: before whatever a provider makes ready for the flip. */
        private static final int EARLY = 10;

        private record Late(LightClient client, AdviseToken token, ConnectionState read) {}

        private final ProviderTrial trial;
        private final Scene scene;
        private final StartOfBurst start;
        private final OfflineManager real;
        private final List<Late> late = new ArrayList<>();

        Burst(ProviderTrial trial, Scene scene, StartOfBurst start) {
            this.trial = trial;
            this.scene = scene;
            this.start = start;
            this.real = ProviderTrial.real(scene.manager());
        }

        private ConnectionState register() {
            LightClient client = new LightClient();
            AdviseToken token = real.advise(client);
            ConnectionState read = real.currentState();
            late.add(new Late(client, token, read));
            return read;
        }

        void run() {
            scene.observer().forget();
            start.reset();
            Call<?> change = scene.begin();
            start.await(trial);
            ConnectionState read = scene.from();
            for (int early = 0; early < EARLY && read == scene.from(); early++) {
                read = register();
            }
            start.answer();
            while (read == scene.from()
                    && late.size() < BOUND
                    && !scene.observer().wasTold(Phase.DONE, scene.to())) {
                read = register();
            }
            change.value();
            scene.awaitDone();
            trial.await("the state becomes " + scene.to(), () -> real.currentState() == scene.to());
            // What is still on its way to them comes now: it has begun before DONE to the observer ended.
            trial.letOthersRun();
            for (Late one : late) {
                real.unadvise(one.token());
            }
            for (Late one : late) {
                trial.expect(
                        one.read() == scene.to() || one.client().wasTold(Phase.CHANGE),
                        "expected that a registration which reads " + scene.from()
                                + " after Advise is told STATECHANGE to " + scene.to() + "; it was told "
                                + one.client().told() + " (registration " + (late.indexOf(one) + 1) + " of "
                                + late.size() + " made while the transition passed by)");
            }
        }
    }
}
