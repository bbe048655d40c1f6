package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** NOTIFY-11: what a lagging client may miss, and what never. */
class StepQueueTest {
    private final StepQueue queue = new StepQueue();

    @Test
    void theOldestChangesAreNeverLeftOut() {
        ConnectionState state = addChanges(StepQueue.BOUND, ConnectionState.ONLINE);
        List<Step> oldest = List.copyOf(drain());
        assertThat(oldest).hasSize(StepQueue.BOUND);
        assertThat(state).isEqualTo(oldest.get(oldest.size() - 1).to());
    }

    @Test
    void beyondThemAChangeGoesTogetherWithItsReturn() {
        ConnectionState state = addChanges(StepQueue.BOUND + 1_001, ConnectionState.ONLINE);
        List<Step> left = drain();
        assertThat(left).hasSize(StepQueue.BOUND + 1);
        assertChained(left);
        assertThat(left.get(left.size() - 1).to()).isEqualTo(state);
        assertThat(queue.leftOut()).isEqualTo(500);
    }

    @Test
    void aChangeThatClosesAStartOrEndsARequestStays() {
        ConnectionState state = addChanges(StepQueue.BOUND, ConnectionState.ONLINE);
        Request request = new Request(state.opposite(), null);
        assertThat(queue.add(Step.change(state.opposite(), true, false, request)))
                .isTrue();
        assertThat(queue.add(Step.change(state, true, false, null))).isTrue();
        assertThat(queue.add(Step.change(state.opposite(), true, true, null))).isTrue();
        assertThat(queue.add(Step.change(state, true, false, null))).isTrue();
        assertThat(queue.leftOut()).isZero();
    }

    @Test
    void aLossGoesTogetherWithItsRestoring() {
        addChanges(StepQueue.BOUND, ConnectionState.ONLINE);
        assertThat(queue.add(Step.lost(ConnectionState.ONLINE))).isTrue();
        assertThat(queue.add(Step.restored(ConnectionState.ONLINE, 1))).isFalse();
        assertThat(drain()).extracting(Step::kind).doesNotContain(Step.Kind.LOST, Step.Kind.RESTORED);
    }

    @Test
    void changesThatNobodyIsToldOfGoInPairsAtOnce() {
        assertThat(queue.add(Step.change(ConnectionState.OFFLINE, false, false, null)))
                .isTrue();
        assertThat(queue.add(Step.change(ConnectionState.ONLINE, false, false, null)))
                .isFalse();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.hasTransition()).isFalse();
    }

    @Test
    void foreignNotificationsBeyondTheBoundAreDropped() {
        OfflineNotification foreign = new OfflineNotification(new NotifyType(77), 0, 1, 2, 3);
        for (int i = 0; i < StepQueue.BOUND; i++) {
            assertThat(queue.add(Step.other(ConnectionState.ONLINE, foreign))).isTrue();
        }
        assertThat(queue.add(Step.other(ConnectionState.ONLINE, foreign))).isFalse();
        assertThat(queue.leftOut()).isEqualTo(1);
        drain();
        assertThat(queue.add(Step.other(ConnectionState.ONLINE, foreign))).isTrue();
    }

    @Test
    void aChangeWhoseStartWaitsTooIsAWholeOne() {
        ConnectionState state = addChanges(StepQueue.BOUND + 1, ConnectionState.ONLINE);
        assertThat(queue.add(Step.start(state))).isTrue();
        assertThat(queue.add(Step.change(state.opposite(), true, true, null))).isFalse();
        assertThat(drain()).hasSize(StepQueue.BOUND);
    }

    @Test
    void onlyTheOpenStartIsTakenBack() {
        queue.add(Step.start(ConnectionState.ONLINE));
        assertThat(queue.poll()).isNotNull();
        queue.add(Step.change(ConnectionState.OFFLINE, true, true, null));
        assertThat(queue.removeStart()).isFalse();
        queue.add(Step.start(ConnectionState.OFFLINE));
        queue.add(Step.other(ConnectionState.OFFLINE, new OfflineNotification(new NotifyType(77), 0, 1, 2, 3)));
        assertThat(queue.removeStart()).isTrue();
        assertThat(drain()).extracting(Step::kind).containsExactly(Step.Kind.CHANGE, Step.Kind.OTHER);
    }

    @Test
    void whateverComesMemoryIsBoundedAndTheChainWhole() {
        long seed = 20_261;
        Random random = new Random(seed);
        ConnectionState state = ConnectionState.ONLINE;
        boolean lost = false;
        for (int i = 0; i < 200_000; i++) {
            if (lost || random.nextInt(10) == 0) {
                queue.add(lost ? Step.restored(state, 1) : Step.lost(state));
                lost = !lost;
            } else {
                state = state.opposite();
                queue.add(Step.change(state, random.nextInt(3) > 0, false, null));
            }
        }
        List<Step> left = drain();
        assertThat(left).as("seed %d", seed).hasSizeLessThan(6 * StepQueue.BOUND);
        assertChained(left.stream().filter(step -> step.kind().changesState()).toList());
        assertThat(left.stream()
                        .map(Step::kind)
                        .filter(kind -> kind == Step.Kind.LOST || kind == Step.Kind.RESTORED)
                        .toList())
                .as("alternating, seed %d", seed)
                .matches(StepQueueTest::alternates);
    }

    private static boolean alternates(List<? extends Step.Kind> kinds) {
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i) != (i % 2 == 0 ? Step.Kind.LOST : Step.Kind.RESTORED)) {
                return false;
            }
        }
        return true;
    }

    private ConnectionState addChanges(int count, ConnectionState from) {
        ConnectionState state = from;
        for (int i = 0; i < count; i++) {
            state = state.opposite();
            queue.add(Step.change(state, true, false, null));
        }
        return state;
    }

    private List<Step> drain() {
        List<Step> all = new ArrayList<>();
        for (Step step = queue.poll(); step != null; step = queue.poll()) {
            all.add(step);
        }
        return all;
    }

    private static void assertChained(List<Step> changes) {
        for (int i = 1; i < changes.size(); i++) {
            assertThat(changes.get(i).from()).isEqualTo(changes.get(i - 1).to());
        }
    }
}
