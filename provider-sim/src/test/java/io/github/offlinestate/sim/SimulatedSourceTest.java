package io.github.offlinestate.sim;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a simulated source does at the backend's door: what it reports, and how it answers. */
class SimulatedSourceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final RecordingSink sink = new RecordingSink();

    private SimulatedProvider provider = SimulatedProvider.builder().build();
    private SimulatedProfile profile = provider.profile("Default");

    private Backend open(Consumer<ProfileBuilder> configure) {
        provider = SimulatedProvider.builder()
                .time(time)
                .profile("Work", configure)
                .build();
        profile = provider.profile("Work");
        return provider.openBackend("Work", sink);
    }

    private Backend open() {
        return open(work -> {});
    }

    @Test
    void reportsAChangeWithinTheCallWhereThereIsNoLatency() {
        Backend backend = open();

        profile.goOffline();
        assertThat(sink.reports()).containsExactly("changed OFFLINE");
        assertThat(backend.currentState()).isEqualTo(OFFLINE);

        profile.goOffline();
        assertThat(sink.reports()).hasSize(1);

        profile.goOnline();
        assertThat(sink.reports()).containsExactly("changed OFFLINE", "changed ONLINE");
    }

    @Test
    void takesTheLatencyOfEachPhase() {
        Backend backend = open(work -> work.reporting(Reporting.PHASES)
                .latency(new Latency(SECOND, SECOND.multipliedBy(2), SECOND.multipliedBy(3))));
        CompletableFuture<Void> outcome = backend.beginChange(OFFLINE).toCompletableFuture();

        time.advance(Duration.ofMillis(999));
        assertThat(sink.reports()).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(sink.reports()).containsExactly("starting OFFLINE");
        time.advance(Duration.ofMillis(1999));
        assertThat(backend.currentState()).isEqualTo(ONLINE);
        time.advance(Duration.ofMillis(1));
        assertThat(sink.reports()).containsExactly("starting OFFLINE", "changed OFFLINE");
        assertThat(backend.currentState()).isEqualTo(OFFLINE);
        time.advance(Duration.ofMillis(2999));
        assertThat(outcome).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertThat(outcome).isCompleted();
    }

    @Test
    void makesOneChangeAtATimeInTheOrderAskedFor() {
        Backend backend = open(work -> work.latency(new Latency(Duration.ZERO, SECOND, Duration.ZERO)));

        profile.goOffline();
        CompletionStage<Void> request = backend.beginChange(ONLINE);
        profile.goOffline();
        profile.goOffline();
        time.advance(Duration.ofSeconds(2));
        assertThat(request.toCompletableFuture()).isCompleted();
        assertThat(sink.reports()).containsExactly("changed OFFLINE", "changed ONLINE");
        time.advance(Duration.ofSeconds(10));

        assertThat(sink.reports()).containsExactly("changed OFFLINE", "changed ONLINE", "changed OFFLINE");
        assertThat(profile.changes())
                .extracting(SimulatedChange::by)
                .containsExactly(ChangedBy.NETWORK, ChangedBy.CLIENT, ChangedBy.NETWORK);
        assertThat(profile.changes())
                .extracting(SimulatedChange::at)
                .containsExactly(
                        VirtualTime.DEFAULT_START.plusSeconds(1),
                        VirtualTime.DEFAULT_START.plusSeconds(2),
                        VirtualTime.DEFAULT_START.plusSeconds(3));
    }

    @Test
    void flipsTheStateThatItWillBeIn() {
        open(work -> work.latency(new Latency(Duration.ZERO, SECOND, Duration.ZERO)));

        profile.flip();
        profile.flip();
        profile.flip();
        time.advance(Duration.ofSeconds(5));

        assertThat(sink.reports()).containsExactly("changed OFFLINE", "changed ONLINE", "changed OFFLINE");
    }

    @Test
    void manyNoChangesInARowTakeNoStack() {
        open(work -> work.latency(new Latency(Duration.ZERO, SECOND, Duration.ZERO)));

        profile.goOffline();
        for (int i = 0; i < 100_000; i++) {
            profile.goOffline();
        }
        time.advance(SECOND);

        assertThat(sink.reports()).containsExactly("changed OFFLINE");
    }

    @Test
    void repeatsItsReports() {
        open(work -> work.reporting(Reporting.TWICE));

        profile.goOffline();
        profile.reportAgain();

        assertThat(sink.reports()).containsExactly("changed OFFLINE", "changed OFFLINE", "changed OFFLINE");
    }

    @Test
    void reportsFromManyThreads() {
        open(work -> work.reporting(Reporting.MANY_THREADS));

        profile.goOffline();

        assertThat(sink.reports()).hasSize(4).containsOnly("changed OFFLINE");
        assertThat(sink.threads())
                .hasSize(4)
                .allSatisfy(thread -> assertThat(thread.isAlive()).isFalse());
    }

    @Test
    void needsBothCapabilitiesToRepeatReports() {
        SimulatedProvider.Builder builder = SimulatedProvider.builder();

        for (Reporting reporting : List.of(Reporting.TWICE, Reporting.MANY_THREADS)) {
            assertThatThrownBy(() -> builder.profile(
                            "Work",
                            work -> work.capabilities(Capabilities.OFFLINE_ONLY).reporting(reporting)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs both capabilities");
        }
    }

    @Test
    void changesSilentlyWhereACapabilityIsMissing() {
        Backend backend = open(work -> work.capabilities(Capabilities.ONLINE_ONLY));

        profile.goOfflineSilently();
        assertThat(backend.currentState()).isEqualTo(OFFLINE);
        profile.goOnline();

        assertThat(sink.reports()).containsExactly("changed ONLINE");
        assertThatThrownBy(profile::goOnlineSilently)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none of them can be silent");
        assertThatThrownBy(profile::reportAgain).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsNoPhasesOfWhatItHasNoCapabilityFor() {
        open(work -> work.capabilities(Capabilities.ONLINE_ONLY).reporting(Reporting.PHASES));

        profile.goOffline();
        profile.goOnline();

        assertThat(sink.reports()).containsExactly("changed OFFLINE", "starting ONLINE", "changed ONLINE");
    }

    @Test
    void announcesAndCallsOff() {
        open(work -> work.reporting(Reporting.PHASES));

        profile.announce(OFFLINE);
        profile.callOff();
        profile.announce(OFFLINE);
        profile.goOffline();

        assertThat(sink.reports())
                .containsExactly("starting OFFLINE", "cancelled", "starting OFFLINE", "changed OFFLINE");
        assertThatThrownBy(profile::callOff).hasMessageContaining("announced no change");
    }

    @Test
    void sendsForeignNotifications() {
        open();

        profile.notifyForeign(17, -1, 0, 4);

        assertThat(sink.reports()).containsExactly("other 17 -1 0 4");
    }

    @Test
    void refusesARequest() {
        Backend backend = open();
        profile.failNextRequest(RequestFailure.REFUSE);

        assertThat(backend.beginChange(OFFLINE).toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("(REFUSE), as it was told");
        assertThat(sink.reports()).isEmpty();
        assertThat(backend.beginChange(OFFLINE).toCompletableFuture()).isCompleted();
        assertThat(profile.requests()).containsExactly(OFFLINE, OFFLINE);
    }

    @Test
    void failsARequestAfterItsStart() {
        Backend backend = open(
                work -> work.reporting(Reporting.PHASES).latency(new Latency(Duration.ZERO, SECOND, Duration.ZERO)));
        profile.failNextRequest(RequestFailure.FAIL_AFTER_START);

        CompletableFuture<Void> outcome = backend.beginChange(OFFLINE).toCompletableFuture();
        assertThat(sink.reports()).containsExactly("starting OFFLINE");
        assertThat(outcome).isNotDone();
        time.advance(SECOND);

        assertThat(sink.reports()).containsExactly("starting OFFLINE", "cancelled");
        assertThat(outcome).isCompletedExceptionally();
        assertThat(backend.currentState()).isEqualTo(ONLINE);
        assertThat(profile.changes()).isEmpty();
    }

    @Test
    void throwsOrForgetsARequest() {
        Backend backend = open();
        profile.failNextRequest(RequestFailure.THROW);
        profile.failNextRequests(2, RequestFailure.NEVER_COMPLETE);

        assertThatThrownBy(() -> backend.beginChange(OFFLINE)).hasMessageContaining("(THROW), as it was told");
        assertThat(backend.beginChange(OFFLINE).toCompletableFuture()).isNotDone();
        assertThat(backend.beginChange(OFFLINE).toCompletableFuture()).isNotDone();
        time.advance(Duration.ofDays(1));
        assertThat(backend.currentState()).isEqualTo(ONLINE);
        assertThat(backend.beginChange(OFFLINE).toCompletableFuture()).isCompleted();
        assertThatThrownBy(() -> profile.failNextRequests(0, RequestFailure.HANG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hangsInARequestUntilReleased() throws Exception {
        Backend backend = open();
        profile.failNextRequest(RequestFailure.HANG);
        CountDownLatch asking = new CountDownLatch(1);
        CompletableFuture<Void> returned = CompletableFuture.runAsync(() -> {
            asking.countDown();
            backend.beginChange(OFFLINE);
        });
        assertThat(asking.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> !profile.requests().isEmpty());
        assertThat(returned).isNotDone();
        assertThat(backend.currentState()).isEqualTo(ONLINE);

        profile.releaseHungRequests();

        returned.get(10, TimeUnit.SECONDS);
        assertThat(backend.currentState()).isEqualTo(OFFLINE);
    }

    @Test
    void hangsInARequestUntilClosed() throws Exception {
        Backend backend = open();
        profile.failNextRequest(RequestFailure.HANG);
        CompletableFuture<Void> returned = CompletableFuture.runAsync(() -> backend.beginChange(OFFLINE));
        await().until(() -> !profile.requests().isEmpty());

        backend.close();

        returned.get(10, TimeUnit.SECONDS);
    }

    @Test
    void goesAwayAndComesBack() {
        Backend backend = open();
        Throwable cause = new IllegalStateException("closed");

        profile.goAway(cause);
        profile.goAway();
        assertThat(profile.isAway()).isTrue();
        assertThat(backend.beginChange(OFFLINE).toCompletableFuture()).isCompletedExceptionally();
        profile.comeBack();
        profile.goAway(cause);
        profile.goOffline();
        assertThat(backend.currentState()).as("as the source last told it").isEqualTo(ONLINE);
        profile.comeBack();
        profile.goAway(cause);
        profile.comeBack(ONLINE);

        assertThat(sink.reports())
                .containsExactly(
                        "lost closed",
                        "restored ONLINE",
                        "lost closed",
                        "restored OFFLINE",
                        "lost closed",
                        "restored ONLINE");
        assertThatThrownBy(profile::comeBack)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not away");
    }

    @Test
    void saysNothingWhileItIsAway() {
        open();
        profile.goAway();

        assertThatThrownBy(() -> profile.notifyForeign(17, 0, 0, 0)).hasMessageContaining("is away");
        assertThatThrownBy(() -> profile.announce(OFFLINE)).hasMessageContaining("is away");
        assertThatThrownBy(profile::callOff).hasMessageContaining("is away");
        assertThatThrownBy(profile::reportAgain).hasMessageContaining("is away");
    }

    @Test
    void losesWhatItWasDoingWhenItGoesAway() {
        Backend backend = open(
                work -> work.reporting(Reporting.PHASES).latency(new Latency(Duration.ZERO, SECOND, Duration.ZERO)));
        CompletableFuture<Void> underWay = backend.beginChange(OFFLINE).toCompletableFuture();
        profile.goOnline();
        profile.goOffline();

        profile.goAway(new IllegalStateException("crash"));
        assertThat(underWay).isCompletedExceptionally();
        time.advance(Duration.ofMinutes(1));
        profile.comeBack();
        time.advance(Duration.ofMinutes(1));

        assertThat(sink.reports()).containsExactly("starting OFFLINE", "lost crash", "restored ONLINE");
    }

    @Test
    void isNotOpenedWhileItIsAway() {
        provider = SimulatedProvider.builder()
                .profile("Work", ProfileBuilder::initiallyAway)
                .build();

        assertThatThrownBy(() -> provider.openBackend("Work", sink))
                .isInstanceOfSatisfying(
                        OfflineStateException.class,
                        e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
        provider.profile("Work").comeBack(OFFLINE);
        assertThat(provider.openBackend("Work", sink).currentState()).isEqualTo(OFFLINE);
        assertThat(sink.reports()).isEmpty();
    }

    @Test
    void livesAsLongAsTheProvider() {
        Backend backend = open();
        profile.goOffline();
        backend.close();
        profile.goOnline();
        profile.goOffline();
        profile.goOnline();
        profile.goOffline();

        assertThat(sink.reports()).containsExactly("changed OFFLINE");
        assertThat(profile.isOpen()).isFalse();
        Backend again = provider.openBackend("Work", new RecordingSink());
        assertThat(profile.isOpen()).isTrue();
        assertThat(again.currentState()).isEqualTo(OFFLINE);
    }

    @Test
    void isReadOnly() {
        Backend backend = open(ProfileBuilder::readOnly);

        assertThat(backend.canSet()).isFalse();
        assertThatThrownBy(() -> backend.beginChange(OFFLINE)).isInstanceOf(UnsupportedOperationException.class);
        profile.goOffline();
        assertThat(backend.currentState()).isEqualTo(OFFLINE);
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsOrderWhenManyThreadsUseIt(Reporting reporting) throws Exception {
        open(work -> work.reporting(reporting));
        CompletableFuture<?>[] users = new CompletableFuture<?>[4];
        for (int i = 0; i < users.length; i++) {
            users[i] = CompletableFuture.runAsync(() -> {
                for (int n = 0; n < 25; n++) {
                    profile.flip();
                }
            });
        }
        CompletableFuture.allOf(users).get(30, TimeUnit.SECONDS);
        time.settle();

        List<String> changes = sink.reports().stream()
                .filter(report -> report.startsWith("changed"))
                .toList();
        int each = reporting == Reporting.TWICE ? 2 : reporting == Reporting.MANY_THREADS ? 4 : 1;
        assertThat(changes).hasSize(100 * each);
        for (int i = 0; i < changes.size(); i++) {
            assertThat(changes.get(i)).isEqualTo((i / each) % 2 == 0 ? "changed OFFLINE" : "changed ONLINE");
        }
    }

    @Test
    void remembersTheLastThousandChanges() {
        open();
        for (int i = 0; i < 1_001; i++) {
            profile.flip();
        }

        assertThat(profile.changes()).hasSize(1_000);
        assertThat(profile.changes().get(0).state()).isEqualTo(ONLINE);
    }

    @Test
    void takesAnotherLatencyFromThenOn() {
        open();
        profile.setLatency(Latency.each(SECOND));

        profile.goOffline();
        assertThat(sink.reports()).isEmpty();
        time.advance(Duration.ofSeconds(2));
        assertThat(sink.reports()).containsExactly("changed OFFLINE");
    }

    @Test
    void failsToOpenWhatItDoesNotKnow() {
        open();

        assertThatThrownBy(() -> provider.openBackend("Wrok", sink))
                .isInstanceOfSatisfying(
                        OfflineStateException.class, e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NOT_FOUND))
                .hasMessageContaining("'Wrok'")
                .hasMessageContaining("sim")
                .hasMessageContaining("[Work]");
    }
}
