package io.github.offlinestate.tck.check;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.OfflineManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Threads that register and unregister as fast as they can, let go at once, so that they meet in whatever table there
 * is. Of ten registrations of each one stays; now and then one opens an object, registers there, and closes it.
 */
final class Rush {
    private static final int THREADS = 4;
    /** Of so many registrations one stays. */
    private static final int ONE_OF = 10;

    private static final int OF_AN_OBJECT = 3;
    private static final int BETWEEN_OBJECTS = 20;
    private static final int PART = 5;

    private final ProviderTrial trial;
    private final Scene scene;
    private final OfflineManager real;
    private final Map<AdviseToken, LightClient> staying = new ConcurrentHashMap<>();
    private final Queue<LightClient> removed = new ConcurrentLinkedQueue<>();
    private final Queue<AdviseToken> tokens = new ConcurrentLinkedQueue<>();

    /**
     * Lets them register, until each has done so often enough or a test's share of the time is over.
     *
     * @param trial the trial
     * @param scene whose object they register with
     * @param stay how many stay, at most
     */
    Rush(ProviderTrial trial, Scene scene, int stay) {
        this.trial = trial;
        this.scene = scene;
        this.real = ProviderTrial.real(scene.manager());
        if (stay == 0) {
            return;
        }
        Gate start = trial.gate("the start");
        List<Call<?>> calls = new ArrayList<>();
        for (int number = 0; number < THREADS; number++) {
            calls.add(trial.run("adviser" + number, "advise() and unadvise() without a pause", () -> {
                start.pass();
                register(stay * ONE_OF / THREADS);
            }));
        }
        calls.forEach(Call::awaitWaiting);
        start.open();
        calls.forEach(Call::value);
    }

    private void register(int times) {
        // Well within the time in which the call has to end.
        Duration share = trial.settings().inTime().dividedBy(PART);
        Duration most = Collections.min(List.of(trial.settings().slice(), share));
        long deadline = System.nanoTime() + most.toNanos();
        List<AdviseToken> given = new ArrayList<>();
        List<LightClient> gone = new ArrayList<>();
        for (int count = 0; count < times && (count < ONE_OF || System.nanoTime() - deadline < 0); count++) {
            LightClient client = new LightClient();
            AdviseToken token = real.advise(client);
            given.add(token);
            if (count % ONE_OF == 0) {
                staying.put(token, client);
            } else {
                real.unadvise(token);
                client.gone();
                gone.add(client);
            }
            if (count % BETWEEN_OBJECTS == BETWEEN_OBJECTS - 1) {
                registerWithAnother(gone);
            }
        }
        tokens.addAll(given);
        removed.addAll(gone);
    }

    private void registerWithAnother(List<LightClient> gone) {
        List<LightClient> its = new ArrayList<>();
        try (OfflineManager other = trial.openQuietly(scene.profile())) {
            for (int count = 0; count < OF_AN_OBJECT; count++) {
                its.add(new LightClient());
                other.advise(its.get(count));
            }
        }
        its.forEach(LightClient::gone);
        gone.addAll(its);
    }

    /** The registrations that are left. */
    Map<AdviseToken, LightClient> staying() {
        return staying;
    }

    /** The callbacks of those that are not. */
    Queue<LightClient> removed() {
        return removed;
    }

    /** All tokens that the object of the scene has given. */
    Queue<AdviseToken> tokens() {
        return tokens;
    }
}
