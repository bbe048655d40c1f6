package io.github.offlinestate.spi;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is logged, and a logger that fails: it is somebody else's, and the contract holds all the same. */
@Timeout(60)
class LoggingTest {
    private final Logger logger = Logger.getLogger("io.github.offlinestate.spi");
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private volatile boolean failing;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
            if (failing) {
                throw new IllegalStateException("a handler that fails");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final BlockingQueue<ConnectionState> told = new LinkedBlockingQueue<>();
    private volatile BackendSink sink;
    private volatile CompletionStage<Void> outcome = CompletableFuture.completedFuture(null);

    private final class Scripted implements Backend {
        @Override
        public Capabilities capabilities() {
            return Capabilities.BOTH;
        }

        @Override
        public ConnectionState currentState() {
            return ONLINE;
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            return outcome;
        }

        @Override
        public void close() {
            throw new IllegalStateException("fails to close");
        }
    }

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void ignore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    private OfflineManager open() {
        BackendProvider provider = BackendProvider.of(
                "logging",
                (profile, given) -> {
                    sink = given;
                    return new Scripted();
                },
                EngineSettings.DEFAULT);
        OfflineManager manager = provider.open("a profile");
        manager.advise(notification -> notification
                .stateChange()
                .filter(change -> change.phase() == StateChange.Phase.DONE)
                .ifPresent(change -> told.add(change.newState())));
        return manager;
    }

    @Test
    @SuppressWarnings("NullAway") // a backend without null checking
    void aLoggerThatThrowsHarmsNobody() throws Exception {
        failing = true;
        OfflineManager manager = open();
        manager.advise(notification -> {
            throw new IllegalStateException("a callback that throws");
        });
        sink.changed(null);
        sink.otherNotification(2, 3, 1, 2);
        sink.changed(OFFLINE);
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo(OFFLINE);
        outcome = CompletableFuture.failedFuture(new IllegalStateException("refused"));
        await().ignoreExceptions().untilAsserted(() -> manager.setCurrentState(ONLINE, SetFlag.DEFAULT)); // told to all
        sink.changed(ONLINE);
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo(ONLINE);
        manager.close();
        assertThat(logged)
                .anyMatch(text -> text.contains("changed(null)"))
                .anyMatch(text -> text.contains("would look like the engine's own"))
                .anyMatch(text -> text.startsWith("a callback of profile \"a profile\" of provider \"logging\" threw"))
                .anyMatch(text -> text.contains("failed to close"));
    }

    @Test
    void SET_6_a_request_that_nobody_waits_for_and_that_a_loss_ends_is_logged() throws Exception {
        OfflineManager manager = open();
        CompletableFuture<Void> unanswered = new CompletableFuture<>();
        outcome = unanswered;
        manager.setCurrentState(OFFLINE, SetFlag.DEFAULT);
        sink.backendLost(new IllegalStateException("gone"));
        assertThat(logged).anyMatch(text -> text.contains("SetCurrentState") && text.contains("gone"));
        sink.backendRestored(OFFLINE);
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo(OFFLINE);
        manager.close();
    }
}
