package com.example.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.VirtualTime;
import io.github.offlinestate.test.OfflineStateExtension;
import java.awt.Color;
import java.awt.EventQueue;
import java.awt.image.BufferedImage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OfflineStateExtension.class)
class StatusDotTest {
    @Test
    void showsWhatTheProfileIs(OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time)
            throws Exception {
        try (ConnectionMonitor monitor =
                        ConnectionMonitor.builder().provider(provider).time(time).open();
                StatusDot dot = new StatusDot(monitor)) {
            time.settle(); // returns when the event queue has shown it
            assertEquals(StatusDot.COLOURS.get(Connectivity.ONLINE), colourOf(dot));
            profile.goOffline();
            time.settle();
            assertEquals(StatusDot.COLOURS.get(Connectivity.OFFLINE), colourOf(dot));
            assertTrue(dot.getToolTipText().startsWith("OFFLINE since 2026-01-01T00:00:00Z"));
            profile.goAway();
            time.settle();
            assertEquals(StatusDot.COLOURS.get(Connectivity.UNKNOWN), colourOf(dot));
        }
    }

    @Test
    void aClosedDotStaysAsItIs(OfflineStateProvider provider, SimulatedProfile profile, VirtualTime time)
            throws Exception {
        try (ConnectionMonitor monitor =
                ConnectionMonitor.builder().provider(provider).time(time).open()) {
            StatusDot dot = new StatusDot(monitor);
            time.settle();
            dot.close();
            profile.goOffline();
            time.settle();
            assertEquals(StatusDot.COLOURS.get(Connectivity.ONLINE), colourOf(dot));
        }
    }

    /** What the middle of the dot is painted in. */
    private static Color colourOf(StatusDot dot) throws Exception {
        AtomicReference<Color> colour = new AtomicReference<>();
        EventQueue.invokeAndWait(() -> {
            dot.setSize(dot.getPreferredSize());
            BufferedImage image = new BufferedImage(dot.getWidth(), dot.getHeight(), BufferedImage.TYPE_INT_RGB);
            dot.paint(image.createGraphics());
            colour.set(new Color(image.getRGB(dot.getWidth() / 2, dot.getHeight() / 2)));
        });
        return colour.get();
    }
}
