package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens is in a recording of Flight Recorder. */
class FlightRecorderTest {
    @TempDir
    Path folder;

    @Test
    void transitionsLossesGapsAndSlowListenersAreRecorded() throws Exception {
        Path file = folder.resolve("monitor.jfr");
        FakeManager manager = new FakeManager();
        try (Recording recording = new Recording()) {
            recording.enable("io.github.offlinestate.SlowListener").withThreshold(Duration.ZERO);
            recording.start();
            try (ConnectionMonitor monitor = ConnectionMonitor.builder()
                    .manager(manager)
                    .profile("Recorded")
                    .open()) {
                Object[] once = {null};
                monitor.listen(
                        change -> {
                            if (once[0] == null) {
                                once[0] = change;
                                manager.flip(4); // more than the buffer holds while this call runs
                            }
                        },
                        ListenerOptions.DEFAULT.on(Runnable::run).buffer(2).named("slow one"));
                manager.goAway();
                manager.comeBack(ConnectionState.ONLINE);
            }
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("io.github.offlinestate.Transition"))
                .filteredOn(event -> event.getString("profile").equals("Recorded"))
                .extracting(event -> event.getString("newState"))
                .containsExactly("ONLINE", "OFFLINE", "ONLINE", "OFFLINE", "ONLINE");
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("io.github.offlinestate.Backend"))
                .extracting(event -> event.getBoolean("lost"))
                .containsExactly(true, false);
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("io.github.offlinestate.Gap"))
                .isNotEmpty();
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("io.github.offlinestate.SlowListener"))
                .extracting(event -> event.getString("listener"))
                .contains("listener slow one of profile Recorded");
    }
}
