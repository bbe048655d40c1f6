package io.github.offlinestate.sim;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.spi.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The simulated provider as its users have it: through the api, on the engine. */
class SimulatedProviderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private OfflineManager watch(SimulatedProvider provider, String profile) {
        OfflineManager manager = provider.open(profile);
        manager.advise(notification -> told.add(profile + " " + notification.type() + " "
                + notification
                        .stateChange()
                        .map(change -> change.oldState() + ">" + change.newState())
                        .orElse("-")));
        return manager;
    }

    @Test
    void isFoundByItsName() {
        List<OfflineStateProvider> found = ServiceLoader.load(OfflineStateProvider.class).stream()
                .filter(each -> each.type() == SimulatedProvider.class)
                .map(ServiceLoader.Provider::get)
                .toList();

        assertThat(found).hasSize(1).first().satisfies(provider -> {
            assertThat(provider.name()).isEqualTo(SimulatedProvider.NAME).isEqualTo("sim");
            assertThat(provider.byNameOnly()).isTrue();
            assertThat(provider.availability().isAvailable()).isTrue();
            assertThat(provider.profiles()).containsExactly("Default", "Travel");
        });
    }

    @Test
    void worksWithoutConfiguration() {
        SimulatedProvider provider = new SimulatedProvider();
        for (String profile : provider.profiles()) {
            try (OfflineManager manager = provider.open(profile)) {
                assertThat(manager.capabilities()).isEqualTo(Capabilities.BOTH);
                assertThat(manager.currentState()).isEqualTo(ONLINE);
                assertThat(manager.canSet()).isTrue();
                manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
                assertThat(manager.currentState()).isEqualTo(OFFLINE);
            }
        }
    }

    @Test
    void hasDeliveredEverythingThatWasDueWhenTheTimeHasBeenMoved() {
        SimulatedProvider provider = SimulatedProvider.builder()
                .time(time)
                .profile("Work", work -> work.latency(new Latency(SECOND, SECOND, SECOND)))
                .build();
        try (OfflineManager manager = watch(provider, "Work")) {
            provider.profile("Work").goOffline();
            time.advance(Duration.ofMillis(1999));
            assertThat(told).isEmpty();
            time.advance(Duration.ofMillis(1));

            assertThat(told)
                    .containsExactly(
                            "Work STATECHANGE_START ONLINE>OFFLINE",
                            "Work STATECHANGE ONLINE>OFFLINE",
                            "Work STATECHANGE_DONE ONLINE>OFFLINE");
            assertThat(manager.currentState()).isEqualTo(OFFLINE);
        }
    }

    @Test
    void tellsTheStartBeforeTheChangeWhereTheSourceTellsPhases() {
        SimulatedProvider provider = SimulatedProvider.builder()
                .time(time)
                .profile("Work", work -> work.latency(SECOND).reporting(Reporting.PHASES))
                .build();
        try (OfflineManager manager = watch(provider, "Work")) {
            provider.profile("Work").goOffline();
            time.advance(SECOND);

            assertThat(told).containsExactly("Work STATECHANGE_START ONLINE>OFFLINE");
            assertThat(manager.currentState()).isEqualTo(ONLINE);
            time.advance(SECOND);
            assertThat(told).hasSize(3);
        }
    }

    @Test
    void givesUpAnAnnouncedChangeThatDoesNotCome() {
        SimulatedProvider provider = SimulatedProvider.builder()
                .time(time)
                .settings(EngineSettings.DEFAULT.withStartLimit(Duration.ofSeconds(20)))
                .profile("Work")
                .build();
        try (OfflineManager manager = watch(provider, "Work")) {
            provider.profile("Work").announce(OFFLINE);
            time.advance(Duration.ofSeconds(19));
            assertThat(told).hasSize(1);
            time.advance(SECOND);

            assertThat(told)
                    .containsExactly("Work STATECHANGE_START ONLINE>OFFLINE", "Work STATECHANGE_DONE ONLINE>ONLINE");
            assertThat(manager.currentState()).isEqualTo(ONLINE);
        }
    }

    @Test
    void blocksUntilAnotherThreadHasMovedTheTime() throws Exception {
        SimulatedProvider provider = SimulatedProvider.builder()
                .time(time)
                .profile("Work", work -> work.latency(SECOND))
                .build();
        try (OfflineManager manager = watch(provider, "Work")) {
            CompletableFuture<Void> set =
                    CompletableFuture.runAsync(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK));
            while (!set.isDone()) {
                time.advance(SECOND);
            }

            set.get(10, TimeUnit.SECONDS);
            assertThat(provider.profile("Work").requests()).containsExactly(OFFLINE);
            assertThat(told).hasSize(3);
        }
    }

    @Test
    void failsARequestAsTold() {
        SimulatedProvider provider =
                SimulatedProvider.builder().time(time).profile("Work").build();
        try (OfflineManager manager = watch(provider, "Work")) {
            for (RequestFailure failure :
                    List.of(RequestFailure.REFUSE, RequestFailure.THROW, RequestFailure.FAIL_AFTER_START)) {
                provider.profile("Work").failNextRequest(failure);
                assertThatThrownBy(() -> manager.setCurrentState(OFFLINE, SetFlag.BLOCK))
                        .as("%s", failure)
                        .isInstanceOfSatisfying(
                                OfflineStateException.class,
                                e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED))
                        .hasStackTraceContaining("as it was told");
            }
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            time.settle();
            assertThat(told).filteredOn(line -> line.contains("STATECHANGE ")).hasSize(1);
        }
    }

    @Test
    void givesARequestThatNeverCompletesUpAfterItsTime() {
        SimulatedProvider provider =
                SimulatedProvider.builder().time(time).profile("Work").build();
        try (OfflineManager manager = watch(provider, "Work")) {
            provider.profile("Work").failNextRequest(RequestFailure.NEVER_COMPLETE);
            manager.setCurrentState(OFFLINE, SetFlag.DEFAULT);
            time.advance(provider.settings().requestLimit());

            assertThat(told).isEmpty();
            manager.setCurrentState(OFFLINE, SetFlag.BLOCK);
            assertThat(manager.currentState()).isEqualTo(OFFLINE);
        }
    }

    @Test
    void goesAwayAndComesBack() {
        SimulatedProvider provider =
                SimulatedProvider.builder().time(time).profile("Work").build();
        SimulatedProfile work = provider.profile("Work");
        try (OfflineManager manager = watch(provider, "Work")) {
            IllegalStateException closed = new IllegalStateException("closed");
            work.goAway(closed);
            time.settle();
            assertThatThrownBy(manager::currentState).hasRootCause(closed);
            assertThatThrownBy(() -> provider.open("Other"))
                    .isInstanceOfSatisfying(
                            OfflineStateException.class,
                            e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NOT_FOUND));
            work.comeBack(OFFLINE);
            time.settle();

            assertThat(told)
                    .containsExactly(
                            "Work BACKEND_LOST -",
                            "Work BACKEND_RESTORED -",
                            "Work STATECHANGE_START ONLINE>OFFLINE",
                            "Work STATECHANGE ONLINE>OFFLINE",
                            "Work STATECHANGE_DONE ONLINE>OFFLINE");
        }
        work.goAway();
        assertThatThrownBy(() -> provider.open("Work"))
                .isInstanceOfSatisfying(
                        OfflineStateException.class,
                        e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_END_OF_SESSION));
    }

    @Test
    void handsForeignNotificationsOn() {
        SimulatedProvider provider =
                SimulatedProvider.builder().time(time).profile("Work").build();
        try (OfflineManager manager = provider.open("Work")) {
            manager.advise(notification -> told.add(notification.toString()), 7);
            provider.profile("Work").notifyForeign(0x11, 0x40, 1, 2);
            time.settle();

            assertThat(told).containsExactly("0x00000011 OFFLINE -> ONLINE (client token 0x00000007, mask 0x00000040)");
        }
    }

    @Test
    void keepsProfilesAndInstancesApart() {
        SimulatedProvider.Builder builder = SimulatedProvider.builder().time(time);
        for (int i = 0; i < 100; i++) {
            builder.profile("profile " + i);
        }
        builder.profile("\uD83D\uDE86 \u30C8\u30F3\u30CD\u30EB");
        SimulatedProvider one = builder.build();
        SimulatedProvider other = builder.build();
        List<OfflineManager> open = new ArrayList<>();
        one.profiles().forEach(profile -> open.add(watch(one, profile)));
        other.profiles().forEach(profile -> open.add(watch(other, profile)));

        one.profile("\uD83D\uDE86 \u30C8\u30F3\u30CD\u30EB").goOffline();
        time.settle();

        assertThat(told).hasSize(3).allSatisfy(line -> assertThat(line).startsWith("\uD83D\uDE86"));
        open.forEach(OfflineManager::close);
        time.settle();
        assertThat(one.profiles()).noneMatch(profile -> one.profile(profile).isOpen());
    }

    @Test
    void getsProfilesWhileItRuns() {
        SimulatedProvider provider =
                SimulatedProvider.builder().time(time).profile("Work").build();

        SimulatedProfile added = provider.addProfile("Home", home -> home.initially(OFFLINE));

        assertThat(provider.profiles()).containsExactly("Work", "Home");
        assertThat(provider.profile("Home")).isSameAs(added);
        try (OfflineManager manager = watch(provider, "Home")) {
            added.goOnline();
            time.settle();
            assertThat(told).hasSize(3);
        }
        assertThatThrownBy(() -> provider.addProfile("Home", home -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already");
    }

    @Test
    void refusesToBeBuiltOfNonsense() {
        SimulatedProvider.Builder builder = SimulatedProvider.builder().profile("Work");

        assertThatThrownBy(() -> builder.profile("Work")).hasMessageContaining("already");
        assertThatThrownBy(() -> builder.profile("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.profile("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.profile("Home", home -> home.latency(SECOND.negated())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.build().profile("Wrok"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Wrok'")
                .hasMessageContaining("[Work]");
    }

    @Test
    void refusesToMoveTheTimeFromWithinACallback() {
        SimulatedProvider provider =
                SimulatedProvider.builder().time(time).profile("Work").build();
        try (OfflineManager manager = provider.open("Work")) {
            manager.advise(notification -> {
                try {
                    time.advance(SECOND);
                } catch (IllegalStateException e) {
                    told.add(e.getMessage());
                }
            });
            provider.profile("Work").goOffline();
            time.settle();

            assertThat(told).hasSize(3).allSatisfy(line -> assertThat(line).contains("from within a callback"));
        }
    }

    @Test
    void namesACallbackThatHoldsTheTimeUp() throws Exception {
        VirtualTime impatient = new VirtualTime(VirtualTime.DEFAULT_START, Duration.ofMillis(100));
        SimulatedProvider provider =
                SimulatedProvider.builder().time(impatient).profile("Work").build();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        try (OfflineManager manager = provider.open("Work")) {
            manager.advise(notification -> goOn.join());
            provider.profile("Work").goOffline();

            assertThatThrownBy(impatient::settle)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("still work in flight")
                    .hasMessageContaining("Work");
            goOn.complete(null);
        }
    }
}
