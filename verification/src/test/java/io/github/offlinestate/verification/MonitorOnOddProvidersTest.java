package io.github.offlinestate.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionChange;
import io.github.offlinestate.ConnectionChange.Cause;
import io.github.offlinestate.ConnectionListener;
import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.ListenerRegistration;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetOutcome;
import io.github.offlinestate.StateChange.Phase;
import io.github.offlinestate.tck.catalogue.Catalogue;
import io.github.offlinestate.tck.catalogue.CatalogueEntry;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The monitor keeps all that it promises on every provider of the kit's catalogue that is odd and right. */
class MonitorOnOddProvidersTest {
    private static final int FLIPS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PreparedProvider ready;
    private Capabilities can;
    private boolean byItself;

    static Stream<CatalogueEntry> odd() {
        return Catalogue.entries().stream().filter(entry -> !entry.isFaulty());
    }

    @Test
    void thereAreSome() {
        assertThat(odd()).hasSizeGreaterThan(8);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void everyChangeIsToldOnceAndNothingAfterRemovalAndClosing(CatalogueEntry entry) throws Exception {
        prepare(entry);
        Recorder onPool = new Recorder();
        Recorder direct = new Recorder();
        Recorder removed = new Recorder();
        ConnectionMonitor monitor = open();
        try (OfflineManager manager = ready.provider().open(ready.profile())) {
            monitor.listen(onPool);
            monitor.listen(direct, ListenerOptions.DEFAULT.on(Runnable::run));
            ListenerRegistration place = monitor.listen(removed, ListenerOptions.DEFAULT.on(Runnable::run));
            flip(FLIPS / 2);
            awaitAll(removed, FLIPS / 2);
            awaitTold(monitor, manager, direct);
            place.close();
            int toldWhenRemoved = removed.all().size();
            flip(FLIPS / 2);
            ready.cleanup().close(); // from here on nothing changes by itself
            for (Recorder recorder : List.of(onPool, direct)) {
                awaitAll(recorder, FLIPS);
                awaitTold(monitor, manager, recorder);
                recorder.requireWholeChain();
            }
            assertThat(removed.all()).hasSize(toldWhenRemoved);
            removed.requireWholeChain();
            monitor.close();
            int toldWhenClosed = direct.all().size();
            try (ConnectionMonitor fence = open()) {
                Recorder seen = new Recorder();
                fence.listen(seen);
                flip(2);
                awaitTold(fence, manager, seen);
            }
            assertThat(direct.all()).hasSize(toldWhenClosed);
        } finally {
            monitor.close();
            ready.cleanup().close();
        }
    }

    @ParameterizedTest
    @MethodSource("odd")
    void phasesAreWholeAndAHoldKeepsBack(CatalogueEntry entry) throws Exception {
        prepare(entry);
        try (OfflineManager manager = ready.provider().open(ready.profile());
                ConnectionMonitor monitor = ConnectionMonitor.builder()
                        .provider(ready.provider())
                        .profile(ready.profile())
                        .hold(Connectivity.OFFLINE, ChronoUnit.FOREVER.getDuration())
                        .open()) {
            Recorder held = new Recorder();
            Recorder phases = new Recorder();
            monitor.listen(held);
            monitor.listen(phases, ListenerOptions.DEFAULT.allPhases());
            flip(FLIPS);
            ready.cleanup().close();
            await().atMost(PATIENCE)
                    .until(() -> monitor.status().raw() == Connectivity.of(manager.currentState())
                            && phases.last().newState() == monitor.status().raw()
                            && phases.last().phase() != Phase.START);
            held.requireWholeChain();
            assertThat(held.all())
                    .filteredOn(change -> change.cause() != Cause.REPLAYED)
                    .extracting(ConnectionChange::newState)
                    .doesNotContain(Connectivity.OFFLINE);
            if (can.notifiesBoth()) {
                phases.requireWholeTriples();
            }
        } finally {
            ready.cleanup().close();
        }
    }

    @ParameterizedTest
    @MethodSource("odd")
    void aLossAndAReturnAreToldAndTheStateCanBeSet(CatalogueEntry entry) throws Exception {
        prepare(entry);
        ready.cleanup().close();
        ProviderFixture fixture = entry.provider().orElseThrow();
        try (OfflineManager manager = ready.provider().open(ready.profile());
                ConnectionMonitor monitor = open()) {
            Recorder told = new Recorder();
            monitor.listen(told);
            ready.control().takeAway(ready.profile(), new IOException("on purpose, by the test"));
            await().atMost(PATIENCE).until(() -> monitor.state() == Connectivity.UNKNOWN);
            assertThat(monitor.status().lastSure()).isPresent();
            ready.control().bringBack(ready.profile(), ConnectionState.OFFLINE);
            awaitTold(monitor, manager, told);
            assertStateIs(Connectivity.OFFLINE, monitor);
            SetOutcome outcome = monitor.set(ConnectionState.ONLINE, PATIENCE);
            if (fixture.readOnly()) {
                assertThat(outcome.kind()).isEqualTo(SetOutcome.Kind.NOT_SUPPORTED);
            } else {
                assertThat(outcome.kind()).isEqualTo(SetOutcome.Kind.SET);
                assertStateIs(Connectivity.ONLINE, monitor);
            }
            awaitTold(monitor, manager, told);
            told.requireWholeChain();
            assertThat(told.all()).extracting(ConnectionChange::cause).contains(Cause.LOST, Cause.RESTORED);
        }
    }

    private void assertStateIs(Connectivity expected, ConnectionMonitor monitor) {
        if (!byItself) { // else once more, perhaps
            assertThat(monitor.state()).isEqualTo(expected);
        }
    }

    private void prepare(CatalogueEntry entry) throws Exception {
        ProviderFixture fixture = entry.provider().orElseThrow();
        ready = fixture.prepare();
        byItself = fixture.changesByItself();
        try (OfflineManager manager = ready.provider().open(ready.profile())) {
            can = manager.capabilities();
        }
    }

    private ConnectionMonitor open() {
        return ConnectionMonitor.builder()
                .provider(ready.provider())
                .profile(ready.profile())
                .open();
    }

    private void flip(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            ConnectionState to = i % 2 == 0 ? ConnectionState.OFFLINE : ConnectionState.ONLINE;
            if (can.notifies(to)) {
                ready.control().change(ready.profile(), to);
            } else {
                ready.control().changeUntold(ready.profile(), to);
            }
        }
    }

    /** Where each change is told: all of them, whose whole chain has no room for another then. */
    private void awaitAll(Recorder recorder, int changes) {
        if (can.notifiesBoth() && !byItself) {
            await().atMost(PATIENCE).until(() -> recorder.all().size() == changes + 1);
        }
    }

    private static void awaitTold(ConnectionMonitor monitor, OfflineManager manager, Recorder recorder) {
        await().atMost(PATIENCE).until(() -> {
            Connectivity now = monitor.state();
            return now == Connectivity.of(manager.currentState())
                    && !recorder.all().isEmpty()
                    && recorder.last().newState() == now
                    && recorder.last().number() == monitor.status().changes();
        });
    }

    private static final class Recorder implements ConnectionListener {
        private final List<ConnectionChange> changes = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onChange(ConnectionChange change) {
            changes.add(change);
        }

        List<ConnectionChange> all() {
            return List.of(changes.toArray(ConnectionChange[]::new));
        }

        ConnectionChange last() {
            List<ConnectionChange> all = all();
            return all.get(all.size() - 1);
        }

        void requireWholeChain() {
            List<ConnectionChange> all = all();
            assertThat(all.get(0).cause()).isEqualTo(Cause.REPLAYED);
            for (int i = 1; i < all.size(); i++) {
                assertThat(all.get(i).oldState()).isEqualTo(all.get(i - 1).newState());
                assertThat(all.get(i).newState()).isNotEqualTo(all.get(i).oldState());
                assertThat(all.get(i).number()).isEqualTo(all.get(i - 1).number() + 1);
            }
        }

        /** START, change, DONE; of the transition that was under way at first a suffix, of the last one a prefix. */
        void requireWholeTriples() {
            List<Phase> phases =
                    all().stream().skip(1).map(ConnectionChange::phase).toList();
            int first = Math.max(0, phases.indexOf(Phase.START));
            assertThat(first).isLessThanOrEqualTo(2);
            for (int i = first; i < phases.size(); i++) {
                assertThat(phases.get(i)).isEqualTo(Phase.values()[(i - first) % 3]);
            }
        }
    }
}
