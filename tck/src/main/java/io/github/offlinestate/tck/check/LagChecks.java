package io.github.offlinestate.tck.check;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.model.Rule;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** NOTIFY-11: clients that lag. */
final class LagChecks {
    private static final int FAR_BEYOND = 5001;
    private static final int BEYOND = 2201;
    private static final int MORE_THAN_ARE_KEPT = 1300;
    private static final int MARKER = 0x7002;

    @Checks(Rule.NOTIFY_11)
    void theOldest1024AreKept(ProviderTrial trial) {
        Lagging lagging = new Lagging(trial, trial.sceneOfBoth(), course -> course.change(Kept.OLDEST - 1));
        lagging.awaitTold(true);
        lagging.kept.expectOldest(lagging.changes(), true);
    }

    @Checks(Rule.NOTIFY_11B)
    void beyondThemWholePairsAreLeftOut(ProviderTrial trial) {
        Lagging lagging = new Lagging(trial, trial.sceneOfBoth(), course -> course.change(FAR_BEYOND - 1));
        lagging.awaitTold(false);
        lagging.kept.expectOldest(lagging.changes(), true);
    }

    @Checks(Rule.NOTIFY_11B)
    void beyondThemALossIsLeftOutWithItsRestoring(ProviderTrial trial) {
        Lost.requireLosable(trial);
        Lagging lagging = new Lagging(trial, trial.sceneOfBoth(), course -> {
            course.change(1099);
            course.loseAndRestore(3);
        });
        lagging.fence();
        lagging.kept.expectOldest(lagging.changes(), true);
    }

    @Checks(Rule.NOTIFY_11B)
    void noMoreChangesAreKeptThanTheLimit(ProviderTrial trial) {
        int limit = Kept.limit(trial);
        Scene scene = trial.sceneOfBoth();
        staysBounded(limit, new Lagging(trial, scene, course -> course.change(BEYOND)));
        scene.back();
        // One more may be kept where the state is the other one.
        staysBounded(limit, new Lagging(trial, scene, course -> course.change(BEYOND + 1)));
    }

    @Checks(Rule.NOTIFY_11B)
    void noMoreChangesAreKeptThanTheLimitWithOneCapability(ProviderTrial trial) {
        Kept.limit(trial);
        staysBounded(trial, OneSided.scene(trial), course -> course.change(BEYOND));
    }

    @Checks(Rule.NOTIFY_11B)
    void noMoreLossesAreKeptThanTheLimit(ProviderTrial trial) {
        Lost.requireLosable(trial);
        staysBounded(trial, trial.sceneOfBoth(), course -> {
            course.change(100);
            course.loseAndRestore(MORE_THAN_ARE_KEPT);
            course.change(2 * MORE_THAN_ARE_KEPT);
            course.loseAndRestore(100);
        });
    }

    @Checks(Rule.NOTIFY_11B)
    void noMoreIsKeptThanTheLimitWhereChangesAndLossesAlternate(ProviderTrial trial) {
        Lost.requireLosable(trial);
        staysBounded(trial, trial.sceneOfBoth(), course -> {
            for (int turn = 0; turn < MORE_THAN_ARE_KEPT; turn++) {
                course.change();
                course.loseAndRestore(1);
            }
        });
    }

    @Checks(Rule.NOTIFY_11B)
    void noMoreForeignNotificationsAreKeptThanTheLimit(ProviderTrial trial) {
        staysBounded(trial, trial.scene(), course -> {
            course.change(1);
            course.sendForeign(MORE_THAN_ARE_KEPT);
        });
    }

    private static void staysBounded(ProviderTrial trial, Scene scene, Consumer<Course> doings) {
        int limit = Kept.limit(trial);
        staysBounded(limit, new Lagging(trial, scene, doings));
    }

    private static void staysBounded(int limit, Lagging lagging) {
        lagging.fence();
        lagging.kept.expectOldest(
                lagging.changes(), lagging.scene.capabilities().notifiesBoth());
        lagging.kept.expectAtMost(limit, lagging.later());
    }

    @Checks(Rule.NOTIFY_11C)
    void whatIsLeftOutIsLogged(ProviderTrial trial) {
        try (LogWatch watch = LogWatch.open()) {
            Scene scene = trial.sceneOfBoth();
            long before = watch.numbers();
            Lagging lagging = new Lagging(trial, scene, course -> course.change(BEYOND));
            if (!trial.waitFor(trial.settings().inTime(), () -> lagging.isTold(Kept.OLDEST))) {
                throw NotJudged.notVerified(
                        "the client was not told what must be kept for it (NOTIFY-11b judges that)");
            }
            if (lagging.kept.transitions() >= lagging.changes()) {
                throw NotJudged.notApplicable("nothing was left out of " + lagging.changes() + " transitions");
            }
            trial.await(
                    "it is logged with a number that of " + lagging.changes() + " transitions only "
                            + lagging.kept.transitions() + " were told",
                    () -> watch.numbers() > before);
        }
    }

    @Checks(Rule.NOTIFY_11C)
    void whatIsLeftOutForACallbackThatHungIsLogged(ProviderTrial trial) {
        try (LogWatch watch = LogWatch.open()) {
            Hanging hanging = new Hanging(trial, trial::sceneOfBoth, 1, 0);
            hanging.flip(BEYOND / 2);
            long before = watch.numbers();
            hanging.letGo();
            int told = hanging.kept.get(0).transitions();
            if (told >= hanging.changes()) {
                throw NotJudged.notApplicable("nothing was left out of " + hanging.changes() + " transitions");
            }
            trial.await(
                    "it is logged with a number that of " + hanging.changes() + " transitions only " + told
                            + " were told to a callback that hung",
                    () -> watch.numbers() > before);
        }
    }

    /** A client that is held in the callback of its first START while the source goes on. */
    private static final class Lagging {
        private final ProviderTrial trial;
        private final Scene scene;
        private final Client client;
        private final Course course;
        final Kept kept;
        private final AtomicBoolean marked = new AtomicBoolean();
        private int later;

        Lagging(ProviderTrial trial, Scene scene, Consumer<Course> doings) {
            this.trial = trial;
            this.scene = scene;
            client = trial.client("lags");
            kept = new Kept(trial, client);
            client.onAnything(told -> {
                if (told.type().code() == MARKER) {
                    marked.set(true);
                }
            });
            course = new Course(trial, scene);
            Gate gate = client.holdAt(Phase.START);
            scene.manager().advise(client);
            course.change();
            gate.awaitEntered(); // so that all the others wait, and none is told before
            doings.accept(course);
            if (!scene.manager().canSet()) {
                trial.control().sendForeign(scene.profile(), MARKER, Course.FOREIGN_MASK, 0, 1);
            }
            gate.open();
        }

        /** How many changes were made while it lagged, the one included in which it was held. */
        int changes() {
            return course.changes();
        }

        /** Waits until it has been told: of as much as must be kept, at least. */
        void awaitTold(boolean all) {
            int made = course.changes();
            int least = all ? made : Math.min(Kept.OLDEST, made);
            ConnectionState end = course.last();
            trial.await(
                    "a client that lagged by " + made + " transitions is told of at least " + least
                            + " and is then in state " + end,
                    () -> isTold(least) && (!all || client.count() == 3 * made));
        }

        /** Whether it has been told of so many transitions, at least, and nothing waits any more. */
        boolean isTold(int least) {
            ConnectionState end = course.last();
            return client.count() >= 3 * least
                    && ProviderTrial.real(scene.manager()).currentState() == end
                    && client.endsWith(Phase.DONE, end)
                    && isAtRest(scene.manager(), end);
        }

        /** Waits until it has been told all that was kept. */
        void fence() {
            if (trial.fixture().backendCanGoAway()) {
                Lost.awaitBack(trial, scene.manager());
            }
            if (!scene.manager().canSet()) {
                trial.await(
                        "the client is told what came last",
                        () -> marked.get() || kept.transitions() == course.changes());
                return;
            }
            // A transition comes after all that waits.
            if (course.last() == scene.to()) {
                scene.back();
                later += scene.capabilities().notifies(scene.from()) ? 1 : 0;
            }
            scene.there();
            later++;
            trial.await(
                    "the client is in state " + scene.to() + ", and nothing waits any more",
                    () -> client.endsWithTransition(scene.to()) && isAtRest(scene.manager(), scene.to()));
        }

        /** How many transitions the client was told of that were made when it no longer lagged. */
        int later() {
            return later;
        }
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
}
