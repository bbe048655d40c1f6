package io.github.offlinestate.spi;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a client sees of a provider whose source is asked: the contract, as of any other. */
class PollingProviderTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final List<NotifyType> told = new CopyOnWriteArrayList<>();
    private volatile ConnectionState answer = OFFLINE;
    private volatile boolean away;

    private final BackendProvider provider = BackendProvider.of(
            "polled",
            (profile, sink) -> PollingBackend.open(
                    profile,
                    sink,
                    EngineSettings.DEFAULT.withTime(time),
                    PollingSettings.DEFAULT.withMisses(1),
                    new Source()),
            EngineSettings.DEFAULT.withTime(time));

    private final class Source implements PolledSource.Settable {
        @Override
        public ConnectionState poll() throws IOException {
            if (away) {
                throw new IOException("away");
            }
            return answer;
        }

        @Override
        public void change(ConnectionState target) {
            answer = target;
        }
    }

    private void toldIs(NotifyType... types) {
        await().untilAsserted(() -> assertThat(told).containsExactly(types));
        told.clear();
    }

    @Test
    void changes_losses_and_settings_reach_the_clients_of_a_polled_source() {
        try (OfflineManager manager = provider.open("work")) {
            manager.advise(notification -> told.add(notification.type()));
            answer = ONLINE;
            time.advance(INTERVAL);
            toldIs(NotifyType.STATECHANGE_START, NotifyType.STATECHANGE, NotifyType.STATECHANGE_DONE);
            assertThat(manager.currentState()).isEqualTo(ONLINE);

            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(manager.currentState()).isEqualTo(OFFLINE);
            toldIs(NotifyType.STATECHANGE_START, NotifyType.STATECHANGE, NotifyType.STATECHANGE_DONE);

            away = true;
            time.advance(INTERVAL);
            toldIs(NotifyType.BACKEND_LOST);
            assertThatThrownBy(manager::currentState)
                    .isInstanceOfSatisfying(
                            OfflineStateException.class,
                            e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION))
                    .hasRootCauseMessage("away");
            assertThatThrownBy(() -> provider.open("other")).hasRootCauseMessage("away");

            away = false;
            answer = ONLINE;
            time.advance(INTERVAL);
            toldIs(
                    NotifyType.BACKEND_RESTORED,
                    NotifyType.STATECHANGE_START,
                    NotifyType.STATECHANGE,
                    NotifyType.STATECHANGE_DONE);
        }
        await().until(() -> time.scheduled() == 0);
    }

    @Test
    void what_is_set_during_a_loss_and_came_true_is_told_when_the_source_is_back() {
        try (OfflineManager manager = provider.open("work")) {
            manager.advise(notification -> told.add(notification.type()));
            away = true;
            manager.setCurrentState(ONLINE, SetFlag.DEFAULT);
            time.settle();
            time.advance(INTERVAL);
            await().until(() -> told.contains(NotifyType.BACKEND_LOST));
            away = false;
            time.advance(INTERVAL.multipliedBy(2));
            await().until(() -> told.contains(NotifyType.STATECHANGE_DONE));
            assertThat(told)
                    .filteredOn(type -> type.equals(NotifyType.STATECHANGE))
                    .hasSize(1);
            assertThat(manager.currentState()).isEqualTo(ONLINE);
        }
    }
}
