package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.ConnectionStatus.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A closed monitor calls nobody, holds nothing, and says that it is closed. */
class MonitorClosingTest {
    private final FakeManager manager = new FakeManager();
    private final ConnectionMonitor monitor = ConnectionMonitor.of(manager);
    private final Recorder told = new Recorder();

    @Test
    void nobodyIsCalledAfterClosing() {
        monitor.listen(told, ListenerOptions.DEFAULT.on(Runnable::run));
        monitor.close();
        manager.flip(3);
        assertThat(told.changes()).hasSize(1);
    }

    @Test
    void aClosedMonitorSaysSo() {
        monitor.close();
        monitor.close();
        assertThat(monitor.state()).isEqualTo(Connectivity.UNKNOWN);
        assertThat(monitor.status().reason()).isEqualTo(Reason.CLOSED);
        assertThat(monitor.toString()).isEqualTo("ConnectionMonitor[(borrowed), UNKNOWN]");
        assertThatThrownBy(() -> monitor.listen(told))
                .isInstanceOfSatisfying(
                        OfflineStateException.class,
                        e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NOT_INITIALIZED));
        assertThat(monitor.history().entries()).hasSize(1);
    }

    @Test
    void closingWaitsForAListenerThatRuns() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        monitor.listen(change -> {
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            left.set(true);
        });
        inside.await();
        AtomicBoolean leftWhenClosed = new AtomicBoolean();
        Thread closer = new Thread(() -> {
            monitor.close();
            leftWhenClosed.set(left.get());
        });
        closer.start();
        await().until(() -> closer.getState() == Thread.State.WAITING);
        go.countDown();
        closer.join(10_000);
        assertThat(leftWhenClosed).isTrue();
    }

    @Test
    void aListenerMayCloseOnALaneOfItsOwn() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        monitor.listen(change -> {
            monitor.close();
            closed.countDown();
        });
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> manager.registrations() == 0);
    }

    @Test
    void aListenerMayCloseOnTheProvidersThread() {
        monitor.listen(
                change -> {
                    told.onChange(change);
                    monitor.close();
                },
                ListenerOptions.DEFAULT.on(Runnable::run).withoutReplay());
        manager.flip(3);
        assertThat(told.changes()).hasSize(1);
        await().until(() -> manager.registrations() == 0);
    }

    @Test
    void aProviderThatFailsToCloseLeavesNothingElseOpen() {
        ManualTime time = new ManualTime();
        manager.failClosing(new IllegalStateException("on purpose, by the test"));
        ConnectionMonitor owning = ConnectionMonitor.builder()
                .provider(new LateProvider(0, manager))
                .profile("Work")
                .time(time)
                .hold(Connectivity.OFFLINE, Duration.ofSeconds(5))
                .open();
        manager.go(ConnectionState.OFFLINE);
        assertThat(time.scheduled()).isEqualTo(1);
        assertThatThrownBy(owning::close).hasMessageContaining("on purpose, by the test");
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void noThreadIsLeft() {
        String name = "offline-state-monitor-threads of this test";
        ConnectionMonitor many = ConnectionMonitor.builder()
                .manager(manager)
                .profile("threads of this test")
                .open();
        for (int i = 0; i < 10; i++) {
            many.listen(told);
        }
        manager.flip(2);
        await().until(() -> told.changes().size() == 30);
        assertThat(threads(name)).isPositive();
        many.close();
        await().until(() -> threads(name) == 0);
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .count();
    }
}
