package io.github.offlinestate.cli;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.sim.ChangedBy;
import io.github.offlinestate.sim.Latency;
import io.github.offlinestate.sim.Reporting;
import io.github.offlinestate.sim.RequestFailure;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.tck.backend.EngineProviderFixture;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderControl;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the kit judge the simulated provider: everything that can happen is made to happen in its source. That source
 * tells of the phases of a change in the first profile, and of changes alone in all that the kit adds.
 */
final class SimulatedFixture implements ProviderFixture {
    private static final String PROFILE = "Judged";
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(1);
    private static final Latency HELD_AFTER_START = new Latency(Duration.ZERO, HeldTime.UNTIL_RELEASED, Duration.ZERO);

    @Override
    public PreparedProvider prepare() {
        return prepare(EngineSettings.DEFAULT);
    }

    @Override
    public Optional<PreparedProvider> prepareWithLimits(Duration startLimit, Duration callbackLimit) {
        return Optional.of(
                prepare(EngineSettings.DEFAULT.withStartLimit(startLimit).withCallbackLimit(callbackLimit)));
    }

    @Override
    public Optional<Duration> startLimit() {
        return Optional.of(EngineSettings.DEFAULT.startLimit());
    }

    @Override
    public Optional<Duration> callbackLimit() {
        return Optional.of(EngineSettings.DEFAULT.callbackLimit());
    }

    @Override
    public OptionalInt lagLimit() {
        return OptionalInt.of(EngineProviderFixture.LAG_LIMIT);
    }

    @Override
    public Optional<Class<? extends OfflineStateProvider>> serviceClass() {
        return Optional.of(SimulatedProvider.class);
    }

    private static PreparedProvider prepare(EngineSettings settings) {
        HeldTime time = new HeldTime();
        SimulatedProvider provider = SimulatedProvider.builder()
                .settings(settings)
                .time(time)
                .profile(PROFILE, profile -> profile.reporting(Reporting.PHASES))
                .build();
        return PreparedProvider.of(provider, PROFILE).withControl(new Control(provider, time));
    }

    /** Time as it is, and a delay that is over when it is told to be. */
    private static final class HeldTime implements TimeSource {
        static final Duration UNTIL_RELEASED = Duration.ofDays(1);

        private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

        @Override
        public long nanoTime() {
            return TimeSource.system().nanoTime();
        }

        @Override
        public Instant instant() {
            return TimeSource.system().instant();
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            if (!delay.equals(UNTIL_RELEASED)) {
                return TimeSource.system().schedule(task, delay);
            }
            held.add(task);
            return () -> held.remove(task);
        }

        void release() {
            for (Runnable task = held.poll(); task != null; task = held.poll()) {
                task.run();
            }
        }
    }

    private record Control(SimulatedProvider provider, HeldTime time) implements ProviderControl {
        @Override
        public void change(String profile, ConnectionState state) {
            provider.profile(profile).go(state, ChangedBy.USER);
        }

        @Override
        public void changeUntold(String profile, ConnectionState state) {
            SimulatedProfile source = provider.profile(profile);
            if (state == ConnectionState.OFFLINE) {
                source.goOfflineSilently();
            } else {
                source.goOnlineSilently();
            }
        }

        @Override
        public void sendForeign(String profile, int type, int mask, int oldState, int newState) {
            provider.profile(profile).notifyForeign(type, mask, oldState, newState);
        }

        @Override
        public void failNextChange(String profile, Exception cause) {
            provider.profile(profile).failNextRequest(RequestFailure.REFUSE);
        }

        @Override
        public Runnable failNextChangeAfterStart(String profile, Exception cause) {
            SimulatedProfile source = provider.profile(profile);
            source.setLatency(HELD_AFTER_START);
            source.failNextRequest(RequestFailure.FAIL_AFTER_START);
            return () -> {
                source.setLatency(Latency.NONE);
                time.release();
            };
        }

        @Override
        public Runnable holdNextChange(String profile) {
            SimulatedProfile source = provider.profile(profile);
            int before = source.requests().size();
            source.failNextRequest(RequestFailure.NEVER_COMPLETE);
            return () -> awaitRequest(source, before).ifPresent(target -> source.go(target, ChangedBy.CLIENT));
        }

        /** The request reaches the source on a thread of the engine's, perhaps after it is to be released. */
        private static Optional<ConnectionState> awaitRequest(SimulatedProfile source, int index) {
            long deadline = System.nanoTime() + LONGEST_REQUEST.toNanos();
            while (source.requests().size() <= index && System.nanoTime() < deadline) {
                LockSupport.parkNanos(SHORT_PAUSE.toNanos());
            }
            return source.requests().stream().skip(index).findFirst();
        }

        @Override
        public void startChange(String profile, ConnectionState state) {
            provider.profile(profile).announce(state);
        }

        @Override
        public void takeAway(String profile, Exception cause) {
            provider.profile(profile).goAway(cause);
        }

        @Override
        public void bringBack(String profile, ConnectionState state) {
            provider.profile(profile).comeBack(state);
        }

        @Override
        public int openSessions(String profile) {
            return provider.profile(profile).isOpen() ? 1 : 0;
        }

        @Override
        public void addProfile(String name) {
            addProfile(name, Capabilities.BOTH);
        }

        @Override
        public void addProfile(String name, Capabilities capabilities) {
            provider.addProfile(
                    name, profile -> profile.capabilities(capabilities).reporting(Reporting.PHASES));
        }
    }
}
