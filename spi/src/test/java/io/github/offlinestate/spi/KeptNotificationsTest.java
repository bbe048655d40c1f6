package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** NOTIFY-12 within NOTIFY-11's bound: what is kept for a registration that hangs. */
class KeptNotificationsTest {
    private static final OfflineNotification FOREIGN = new OfflineNotification(new NotifyType(77), 0, 1, 2, 3);

    private final KeptNotifications kept = new KeptNotifications();
    private final List<OfflineNotification> told = new ArrayList<>();
    private ConnectionState state = ConnectionState.ONLINE;

    /** It hangs in the last notification of a step. */
    @BeforeEach
    void hang() {
        tell(Step.change(ConnectionState.ONLINE, true, false, null), 3);
        told.clear();
    }

    @Test
    void theOldestTransitionsAreKeptInOrder() {
        change(StepQueue.BOUND);
        assertThat(drain()).isEqualTo(told);
        assertThat(kept.leftOut()).isZero();
    }

    @Test
    void beyondThemAChangeGoesTogetherWithItsReturn() {
        change(StepQueue.BOUND + 101);
        List<OfflineNotification> left = drain();
        assertThat(left).isEqualTo(told.subList(0, 3 * (StepQueue.BOUND + 1)));
        assertThat(kept.leftOut()).isEqualTo(50);
    }

    @Test
    void changesThatWereAskedForOrBegunInPartsAreBoundedToo() {
        for (int i = 0; i < StepQueue.BOUND; i++) {
            tell(Step.start(state), 0);
            state = state.opposite();
            tell(Step.change(state, true, true, new Request(state, null)), 0);
        }
        assertThat(told).hasSize(3 * StepQueue.BOUND);
        for (int i = 0; i < 1_000; i++) {
            tell(Step.start(state), 0);
            state = state.opposite();
            tell(Step.change(state, true, true, new Request(state, null)), 0);
        }
        assertThat(drain()).isEqualTo(told.subList(0, 3 * StepQueue.BOUND));
    }

    @Test
    void withOneCapabilityEachChangeHasComeBackUntold() {
        for (int i = 0; i < StepQueue.BOUND + 50; i++) {
            tell(Step.change(ConnectionState.OFFLINE, true, false, null), 0);
        }
        assertThat(drain()).hasSize(3 * StepQueue.BOUND);
    }

    @Test
    void abortsLossesAndForeignNotificationsAreBoundedToo() {
        change(StepQueue.BOUND);
        for (int i = 0; i < 5_000; i++) {
            tell(Step.start(state), 0);
            tell(Step.lost(state), 0);
            tell(Step.restored(state, i), 0);
            tell(Step.abort(state, null, null), 0);
        }
        for (int i = 0; i < 5_000; i++) {
            tell(Step.other(state, FOREIGN), 0);
        }
        assertThat(drain()).hasSize(3 * StepQueue.BOUND + StepQueue.BOUND);
    }

    @Test
    void whatHasBeenToldMeanwhileCountsNoLonger() {
        List<OfflineNotification> polled = new ArrayList<>();
        for (int i = 0; i < 3 * StepQueue.BOUND; i++) {
            int before = told.size();
            change(1);
            tell(Step.lost(state), 0);
            tell(Step.restored(state, i), 0);
            tell(Step.other(state, FOREIGN), 0);
            for (int n = before; i > 4 && n < told.size(); n++) {
                polled.add(Objects.requireNonNull(kept.poll()));
            }
        }
        polled.addAll(drain());
        assertThat(polled).isEqualTo(told);
        assertThat(kept.leftOut()).isZero();
    }

    @Test
    void aStepThatItIsToldAPartOfIsCompleted() {
        Step change = Step.change(ConnectionState.OFFLINE, true, false, null);
        List<OfflineNotification> triple = change.toTell();
        kept.add(triple.get(0));
        kept.add(triple.get(1));
        assertThat(kept.poll()).isEqualTo(triple.get(0));
        kept.add(triple.get(2));
        kept.endStep(change);
        change(StepQueue.BOUND + 2);
        List<OfflineNotification> left = drain();
        assertThat(left).isEqualTo(concat(triple.subList(1, 3), told.subList(0, 3 * StepQueue.BOUND)));
    }

    @Test
    void whatWasToldToNobodyIsNotKept() {
        kept.endStep(Step.change(ConnectionState.OFFLINE, false, false, null));
        kept.endStep(Step.failedRequest(state, new Request(state, null), new Failure(null, "refused", null)));
        assertThat(kept.poll()).isNull();
    }

    @Test
    void nothingIsTornApart() {
        for (int i = 0; i < StepQueue.BOUND + 100; i++) {
            change(1);
            if (i % 2 == 0 && i > StepQueue.BOUND) {
                tell(Step.other(state, FOREIGN), 0);
            }
        }
        int last = ConnectionState.ONLINE.code();
        for (OfflineNotification change : drain()) {
            if (change.type().equals(NotifyType.STATECHANGE)) {
                assertThat(change.oldState()).isEqualTo(last);
                last = change.newState();
            }
        }
        assertThat(last).isEqualTo(state.code());
    }

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            state = state.opposite();
            tell(Step.change(state, true, false, null), 0);
        }
    }

    /** The others are told a step, and the registration is to have it from there on. */
    private void tell(Step step, int from) {
        List<OfflineNotification> all = step.toTell();
        List<OfflineNotification> its = all.subList(Math.min(from, all.size()), all.size());
        its.forEach(kept::add);
        told.addAll(its);
        kept.endStep(step);
    }

    private static List<OfflineNotification> concat(List<OfflineNotification> first, List<OfflineNotification> second) {
        List<OfflineNotification> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private List<OfflineNotification> drain() {
        List<OfflineNotification> all = new ArrayList<>();
        for (OfflineNotification next = kept.poll(); next != null; next = kept.poll()) {
            all.add(next);
        }
        return all;
    }
}
