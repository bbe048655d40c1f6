package io.github.offlinestate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.sim.ScenarioRunner;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.VirtualTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What becomes of tests that do something wrong: each is run by itself, and fails as it should. */
class FailingTestsTest {
    private static String failureOf(Class<?> testClass) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents();
        List<Throwable> failures = tests.failed().stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
        assertThat(failures).hasSize(1);
        return failures.get(0).getMessage();
    }

    @ExtendWith(OfflineStateExtension.class)
    static class LeavesAManagerOpen {
        static OfflineManager left;

        @Test
        void leavesItOpen(OfflineStateProvider provider) {
            left = provider.open("Travel");
            provider.open("Default").close();
        }
    }

    @Test
    void namesWhatWasLeftOpenAndClosesIt() {
        String message = failureOf(LeavesAManagerOpen.class);

        assertThat(message)
                .contains("left open by the test")
                .contains("an offline object of profile 'Travel'")
                .contains("LeavesAManagerOpen.leavesItOpen(FailingTestsTest.java:")
                .doesNotContain("'Default'");
        org.assertj.core.api.Assertions.assertThatThrownBy(LeavesAManagerOpen.left::currentState)
                .hasMessageContaining("is closed");
    }

    @ExtendWith(OfflineStateExtension.class)
    static class LeavesAMonitorOpen {
        @Test
        void leavesItOpen(OfflineStateProvider provider, VirtualTime time) {
            ConnectionMonitor.builder().provider(provider).time(time).open();
        }
    }

    @Test
    void namesAMonitorThatWasLeftOpen() {
        assertThat(failureOf(LeavesAMonitorOpen.class))
                .contains("profile 'Default'")
                .contains("ConnectionMonitor")
                .contains("LeavesAMonitorOpen.leavesItOpen");
    }

    @ExtendWith(OfflineStateExtension.class)
    static class ClosesAfterwards {
        private OfflineManager manager;

        @Test
        void opens(OfflineStateProvider provider) {
            manager = provider.open("Default");
        }

        @AfterEach
        void close() {
            manager.close();
        }
    }

    @Test
    void waitsForWhatTheTestClosesAfterwards() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(ClosesAfterwards.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    }

    @ExtendWith(OfflineStateExtension.class)
    static class Hangs {
        static final CountDownLatch GO_ON = new CountDownLatch(1);

        @Test
        void hangs(OfflineStateProvider provider, SimulatedProfile profile) throws InterruptedException {
            CountDownLatch inCallback = new CountDownLatch(1);
            provider.open("Default").advise(notification -> {
                inCallback.countDown();
                try {
                    GO_ON.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            profile.goOffline();
            inCallback.await();
        }
    }

    @Test
    void doesNotHangOnACallbackThatDoes() {
        try {
            assertThat(failureOf(Hangs.class)).contains("cannot be closed: a callback of it hangs");
        } finally {
            Hangs.GO_ON.countDown();
        }
    }

    @ExtendWith(OfflineStateExtension.class)
    static class AsksTooEarly {
        AsksTooEarly(VirtualTime time) {}

        @Test
        void test() {}
    }

    @ExtendWith(OfflineStateExtension.class)
    static class AsksForAnUnknownProfile {
        @Test
        void test(@OnProfile("Travle") SimulatedProfile profile) {}
    }

    @ExtendWith(OfflineStateExtension.class)
    static class AsksForNoScenario {
        @Test
        void test(ScenarioRunner runner) {}
    }

    @Test
    void saysWhatCannotBeHad() {
        assertThat(failureOf(AsksTooEarly.class)).contains("ask for it in a test method or in @BeforeEach");
        assertThat(failureOf(AsksForAnUnknownProfile.class))
                .contains("'Travle'")
                .contains("[Default, Travel]");
        assertThat(failureOf(AsksForNoScenario.class)).contains("OfflineStateExtension.playing");
    }
}
