package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.fixture.HookMissingException;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.TckEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A trial of a provider, which is known by the api alone. */
public final class ProviderTrial extends Trial {
    private static final long RETRY_PAUSE = 200_000;

    /** Where the source changes by itself, and nobody looks whether it did: ten failures are enough. */
    private static final int UNOBSERVED = ENOUGH / 10;

    /** No change of its own was seen, which may have done what the kit asked for: three failures are enough. */
    private static final int UNDISTURBED = ENOUGH / 3 + 1;

    private final ProviderFixture fixture;
    private final AtomicInteger objects = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Client> observers = new CopyOnWriteArrayList<>();
    private volatile boolean disturbed;
    private final List<Live> live = new CopyOnWriteArrayList<>();
    private final Map<OfflineManager, String> profiles = new ConcurrentHashMap<>();
    private @Nullable PreparedProvider prepared;
    private @Nullable Control control;

    /**
     * A trial.
     *
     * @param rule what is tried
     * @param settings what all trials of the run have in common
     * @param fixture makes the provider ready
     */
    public ProviderTrial(Rule rule, RunSettings settings, ProviderFixture fixture) {
        super(rule, settings);
        this.fixture = fixture;
    }

    @Override
    protected void prepare() {
        use(asked("prepare()", fixture::prepare));
    }

    private void use(PreparedProvider ready) {
        prepared = ready;
        control = new Control(this, ready.control());
        atEnd(ready.cleanup());
    }

    /** The provider again, with short limits where the fixture can give it; else as it is. */
    boolean useLimits(Duration startLimit, Duration callbackLimit) {
        Optional<PreparedProvider> ready = asked(
                "prepareWithLimits(" + startLimit + ", " + callbackLimit + ")",
                () -> fixture.prepareWithLimits(startLimit, callbackLimit));
        ready.ifPresent(this::use);
        return ready.isPresent();
    }

    /** Asks the fixture; what it throws is its own mistake. */
    <T> T asked(String what, Callable<T> question) {
        try {
            return Objects.requireNonNull(question.call(), "it gave null");
        } catch (HookMissingException missing) {
            throw missing;
        } catch (Exception | LinkageError | AssertionError broken) {
            throw new FixtureFailure(what, broken);
        }
    }

    @Override
    protected int weightOfFailure() {
        if (!fixture.changesByItself()) {
            return ENOUGH;
        }
        if (observers.isEmpty()) {
            return UNOBSERVED;
        }
        return isDisturbed() ? 0 : UNDISTURBED;
    }

    private boolean isDisturbed() {
        return disturbed || observers.stream().anyMatch(observer -> observer.starts() != asked.get());
    }

    ProviderFixture fixture() {
        return fixture;
    }

    private PreparedProvider prepared() {
        if (prepared == null) {
            throw new IllegalStateException("the trial is not prepared");
        }
        return prepared;
    }

    OfflineStateProvider provider() {
        return prepared().provider();
    }

    String profile() {
        return prepared().profile();
    }

    /** What can be made to happen from outside, recorded. */
    Control control() {
        if (control == null) {
            throw new IllegalStateException("the trial is not prepared");
        }
        return control;
    }

    /** A change that the kit is about to ask for, so that it is not taken for somebody else's. */
    void countChange() {
        if (observers.stream().anyMatch(observer -> observer.starts() > asked.get())) {
            disturbed = true;
        }
        asked.incrementAndGet();
    }

    /** What the backend fails with where the kit makes it fail. */
    IOException onPurpose() {
        return new IOException("made to happen by the compatibility kit");
    }

    OfflineManager open() {
        return open(profile());
    }

    /** Opens a profile; the object is closed after the test. */
    OfflineManager open(String profile) {
        int number = objects.incrementAndGet();
        String name = number == 1 ? "object" : "object" + number;
        String text = "open(\"" + profile + "\")";
        record("kit", TckEvent.Kind.CALL, text);
        OfflineManager real;
        try {
            real = provider().open(profile);
        } catch (Throwable thrown) {
            record("kit", TckEvent.Kind.CALL_END, text + " threw " + thrown);
            throw thrown;
        }
        record("kit", TckEvent.Kind.CALL_END, text + " = " + (real == null ? "null" : name));
        requireGiven(text, real);
        OfflineManager recorded = new RecordedManager(this, name, real);
        profiles.put(recorded, profile);
        atEnd(real);
        return recorded;
    }

    /** Opens a profile without a trace in the history, for loops. The caller closes it. */
    OfflineManager openQuietly(String profile) {
        return requireGiven("open(\"" + profile + "\")", provider().open(profile));
    }

    /** What no provider gives null for, whatever the rule. */
    static <T> T requireGiven(String call, @Nullable T given) {
        if (given == null) {
            throw CheckFailure.seen("expected that " + call + " gives what it is for; it gave null");
        }
        return given;
    }

    static OfflineManager real(OfflineManager manager) {
        return manager instanceof RecordedManager recorded ? recorded.real() : manager;
    }

    private record Live(OfflineManager manager, AdviseToken token, Client client) {}

    void registered(OfflineManager manager, AdviseToken token, Client client) {
        live.add(new Live(manager, token, client));
    }

    void removed(OfflineManager manager, AdviseToken token) {
        live.removeIf(one -> one.manager() == manager && one.token().equals(token));
    }

    void removed(OfflineManager manager) {
        live.removeIf(one -> one.manager() == manager);
    }

    /**
     * The callbacks that are registered for a profile, as far as they are the kit's and have been told in time: each as
     * often as it is registered.
     */
    List<Client> liveClients(String profile) {
        return live.stream()
                .filter(one -> profile.equals(profiles.get(one.manager())))
                .map(Live::client)
                .filter(client -> !client.isExcused())
                .toList();
    }

    Client client(String lane) {
        return new Client(this, lane);
    }

    /** A second profile, whose state is its own. */
    String secondProfile() {
        Optional<String> given = asked("secondProfile()", fixture::secondProfile);
        if (given.isPresent()) {
            return given.get();
        }
        String name = "second profile of the kit";
        control().addProfile(name);
        return name;
    }

    /** An opened object in a state from which a told transition can be made. Not applicable where nothing is told. */
    Scene scene() {
        return scene(profile());
    }

    Scene scene(String profile) {
        OfflineManager manager = open(profile);
        Capabilities capabilities = manager.capabilities();
        if (!capabilities.notifiesOffline() && !capabilities.notifiesOnline()) {
            throw silence(manager, profile);
        }
        return new Scene(this, manager, profile, capabilities, observe(manager));
    }

    /** The same, for rules that need transitions both ways to be told. */
    Scene sceneOfBoth() {
        Scene scene = scene();
        if (!scene.capabilities().notifiesBoth()) {
            ConnectionState silent = scene.from();
            Client client = client("S");
            scene.manager().advise(client);
            scene.there();
            client.awaitTold(Phase.DONE, scene.to());
            client.forget();
            scene.back();
            scene.there();
            client.awaitTold(Phase.DONE, scene.to());
            expect(
                    client.changes().stream().noneMatch(change -> change.newState() == silent),
                    "expected that no transition into " + silent + " is notified, for the capability is missing");
            throw NotJudged.notApplicable("the object has the capability for " + scene.to()
                    + " alone; that the other direction is silent was checked");
        }
        return scene;
    }

    /** A scene whose object can be set. Where it cannot, the refusal is what is checked. */
    Scene settableScene() {
        requireSettable();
        return scene();
    }

    /** An opened object that can be set. Where it cannot, the refusal is what is checked. */
    OfflineManager settable() {
        OfflineManager manager = open();
        if (!manager.canSet()) {
            for (ConnectionState state : ConnectionState.values()) {
                for (SetFlag flag : SetFlag.values()) {
                    OfflineStateException refused = Failures.expectResult(
                            "setCurrentState(" + state + ", " + flag + ")",
                            HResult.MAPI_E_NO_SUPPORT,
                            () -> manager.setCurrentState(state, flag));
                    record("kit", TckEvent.Kind.NOTE, "refused: " + refused.result());
                }
            }
            throw NotJudged.notApplicable("the object cannot be set (canSet is false); that it refuses was checked");
        }
        return manager;
    }

    private void requireSettable() {
        settable().close();
    }

    /** Sets the state, and asks again while it is E_PENDING: SET-4 alone judges that. */
    void setPatiently(OfflineManager manager, ConnectionState state, SetFlag flag) {
        long deadline = System.nanoTime() + settings().inTime().toNanos();
        while (true) {
            try {
                manager.setCurrentState(state, flag);
                return;
            } catch (OfflineStateException pending) {
                if (!pending.result().equals(HResult.E_PENDING) || System.nanoTime() - deadline > 0) {
                    throw pending;
                }
                disturbed = true; // by somebody else's change, where there is somebody else
                LockSupport.parkNanos(RETRY_PAUSE);
            }
        }
    }

    /** An object of another profile, in a state from which a told transition can be made. */
    Scene secondScene() {
        return scene(secondProfile());
    }

    private Client observe(OfflineManager manager) {
        Client observer = client("observer");
        manager.advise(observer);
        observers.add(observer);
        return observer;
    }

    /** Where nothing is ever told, that is what can be checked. */
    private NotJudged silence(OfflineManager manager, String profile) {
        Client client = client("A");
        manager.advise(client);
        ConnectionState before = manager.currentState();
        change(manager, profile, before.opposite());
        change(manager, profile, before);
        expect(client.told().isEmpty(), "expected that an object without capabilities notifies nothing");
        return NotJudged.notApplicable(
                "the object has no capability; that two changes of its state were notified to nobody was checked");
    }

    /**
     * Brings a profile into a state, by the means that there are: setting it and waiting, or the control. A provider
     * that says E_PENDING for too long is asked again: SET-4 alone judges that.
     */
    void change(OfflineManager manager, String profile, ConnectionState state) {
        if (!manager.canSet()) {
            countChange();
            control().change(profile, state);
            await("the state becomes " + state, () -> manager.currentState() == state);
            return;
        }
        countChange();
        setPatiently(manager, state, SetFlag.BLOCK);
        // SET-1 alone judges whether it had to be waited for.
        boolean ignored = waitFor(settings().inTime(), () -> manager.currentState() == state);
    }
}
