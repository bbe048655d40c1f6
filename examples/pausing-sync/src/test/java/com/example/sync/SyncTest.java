package com.example.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.VirtualTime;
import io.github.offlinestate.test.OfflineStateExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OfflineStateExtension.class)
class SyncTest {
    private final List<String> sent = new CopyOnWriteArrayList<>();

    @Test
    void keepsDocumentsWhileOffline(OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time) {
        try (Sync sync = new Sync(sent::add, ConnectionMonitor.builder().provider(provider).time(time))) {
            time.settle();
            sync.submit("first");
            assertEquals(List.of("first"), sent);

            profile.goOffline();
            time.advance(Duration.ofSeconds(5));
            sync.submit("second");
            assertEquals(List.of("first"), sent);

            profile.goOnline();
            time.settle();
            assertEquals(List.of("first", "second"), sent);
        }
    }

    @Test
    void doesNotPauseForAShortGap(OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time) {
        try (Sync sync = new Sync(sent::add, ConnectionMonitor.builder().provider(provider).time(time))) {
            profile.goOffline();
            time.advance(Duration.ofMillis(4_999));
            sync.submit("first");
            assertEquals(List.of("first"), sent);
        }
    }
}
