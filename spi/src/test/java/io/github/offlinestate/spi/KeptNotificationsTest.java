package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** NOTIFY-12 within NOTIFY-11's bound: what is kept for a registration that hangs. */
class KeptNotificationsTest {
    private final KeptNotifications kept = new KeptNotifications();

    @Test
    void theOldestTransitionsAreKeptInOrder() {
        List<OfflineNotification> told = new ArrayList<>();
        ConnectionState state = ConnectionState.ONLINE;
        for (int i = 0; i < StepQueue.BOUND; i++) {
            told.addAll(triple(state));
            state = state.opposite();
        }
        told.forEach(kept::add);
        assertThat(drain()).isEqualTo(told);
        assertThat(kept.leftOut()).isZero();
    }

    @Test
    void beyondThemAChangeGoesTogetherWithItsReturn() {
        ConnectionState state = ConnectionState.ONLINE;
        for (int i = 0; i < StepQueue.BOUND + 101; i++) {
            triple(state).forEach(kept::add);
            state = state.opposite();
        }
        List<OfflineNotification> left = drain();
        assertThat(left).hasSize(3 * (StepQueue.BOUND + 1));
        assertThat(left.get(left.size() - 1).newState()).isEqualTo(state.code());
        assertThat(kept.leftOut()).isEqualTo(300);
    }

    @Test
    void withOneCapabilityEachChangeHasComeBackUntold() {
        for (int i = 0; i < StepQueue.BOUND + 50; i++) {
            triple(ConnectionState.ONLINE).forEach(kept::add);
        }
        assertThat(drain()).hasSize(3 * StepQueue.BOUND);
    }

    @Test
    void abortsLossesAndForeignNotificationsAreBoundedToo() {
        ConnectionState state = ConnectionState.ONLINE;
        for (int i = 0; i < StepQueue.BOUND; i++) {
            triple(state).forEach(kept::add);
            state = state.opposite();
        }
        OfflineNotification foreign = new OfflineNotification(new NotifyType(77), 0, 1, 2, 3);
        for (int i = 0; i < 5_000; i++) {
            OfflineNotification start = triple(state).get(0);
            kept.add(start);
            kept.add(new OfflineNotification(NotifyType.BACKEND_LOST, 0, 0, 0, 0));
            kept.add(new OfflineNotification(NotifyType.BACKEND_RESTORED, 0, 0, 0, 0));
            kept.add(new OfflineNotification(NotifyType.STATECHANGE_DONE, 0, start.mask(), state.code(), state.code()));
        }
        int size = 3 * StepQueue.BOUND;
        for (int i = 0; i < 5_000; i++) {
            kept.add(foreign);
        }
        assertThat(drain()).hasSize(size + StepQueue.BOUND);
    }

    @Test
    void whatHasBeenToldMeanwhileCountsNoLonger() {
        ConnectionState state = ConnectionState.ONLINE;
        OfflineNotification foreign = new OfflineNotification(new NotifyType(77), 0, 1, 2, 3);
        List<OfflineNotification> told = new ArrayList<>();
        List<OfflineNotification> all = new ArrayList<>();
        for (int i = 0; i < 3 * StepQueue.BOUND; i++) {
            List<OfflineNotification> next = new ArrayList<>(triple(state));
            next.add(new OfflineNotification(NotifyType.BACKEND_LOST, 0, 0, 0, 0));
            next.add(new OfflineNotification(NotifyType.BACKEND_RESTORED, 0, 0, 0, 0));
            next.add(foreign);
            next.forEach(kept::add);
            all.addAll(next);
            state = state.opposite();
            for (int n = 0; i > 4 && n < next.size(); n++) {
                told.add(Objects.requireNonNull(kept.poll()));
            }
        }
        told.addAll(drain());
        assertThat(told).isEqualTo(all);
        assertThat(kept.leftOut()).isZero();
    }

    @Test
    void whatItHungInTheMiddleOfIsCompletedAndNothingIsTornApart() {
        List<OfflineNotification> first = triple(ConnectionState.OFFLINE);
        kept.add(new OfflineNotification(NotifyType.BACKEND_RESTORED, 0, 0, 0, 0));
        kept.add(first.get(1));
        kept.add(first.get(2));
        ConnectionState state = ConnectionState.ONLINE;
        OfflineNotification foreign = new OfflineNotification(new NotifyType(77), 0, 1, 2, 3);
        for (int i = 0; i < StepQueue.BOUND + 100; i++) {
            triple(state).forEach(kept::add);
            if (i % 2 == 0 && i > StepQueue.BOUND) {
                kept.add(foreign);
            }
            state = state.opposite();
        }
        List<OfflineNotification> changes = drain().stream()
                .filter(each -> each.type().equals(NotifyType.STATECHANGE))
                .toList();
        int last = ConnectionState.OFFLINE.code();
        for (OfflineNotification change : changes) {
            assertThat(change.oldState()).isEqualTo(last);
            last = change.newState();
        }
        assertThat(last).isEqualTo(state.code());
    }

    private static List<OfflineNotification> triple(ConnectionState from) {
        Step step = Step.change(from.opposite(), true, false, null);
        return step.kind().phases().stream()
                .map(step::toTell)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<OfflineNotification> drain() {
        List<OfflineNotification> all = new ArrayList<>();
        for (OfflineNotification next = kept.poll(); next != null; next = kept.poll()) {
            all.add(next);
        }
        return all;
    }
}
