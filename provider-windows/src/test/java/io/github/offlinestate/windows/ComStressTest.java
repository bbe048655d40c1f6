package io.github.offlinestate.windows;

import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.windows.com.OfflineLibrary;
import io.github.offlinestate.windows.com.OfflineObject;
import io.github.offlinestate.windows.com.StandIn;
import io.github.offlinestate.windows.com.StandIn.Count;
import io.github.offlinestate.windows.com.StandIn.Mode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many times what {@link OfflineObjectTest} does once: nothing leaks, and no notification comes late. */
@Tag("native")
@Timeout(300)
class ComStressTest {
    private static final int CYCLES = Integer.getInteger("standin.cycles", 10_000);
    private static final int RACES = Integer.getInteger("standin.races", 1_000_000);
    private static final String PROFILE = "Outlook";

    private final StandIn outlook = StandIn.fresh();

    @Test
    void tenThousandCyclesLeakNothing() throws IOException {
        outlook.profile(PROFILE, Capabilities.BOTH, ONLINE);
        OfflineLibrary library = outlook.load();
        AtomicInteger received = new AtomicInteger();
        int held = StandIn.heldCallbacks();
        cycles(library, received, CYCLES / 10); // until everything that is made once is made
        Resources before = Resources.now();

        cycles(library, received, CYCLES);

        Resources after = Resources.now();
        outlook.drain();
        assertThat(received).hasValue((CYCLES + CYCLES / 10) * 3);
        assertThat(outlook.violations()).isEmpty();
        for (Count count :
                new Count[] {Count.MANAGERS, Count.OFFLINES, Count.REGISTRATIONS, Count.CALLBACK_REFERENCES}) {
            assertThat(outlook.count(count)).as(count.name()).isZero();
        }
        assertThat(StandIn.heldCallbacks()).isEqualTo(held);
        // A leak of one a cycle would be thousands.
        assertThat(after.handles - before.handles).as("handles").isLessThan(CYCLES / 100 + 10);
        assertThat(after.threads - before.threads).as("threads").isLessThan(CYCLES / 100 + 10);
        // Whatever native memory Java holds, it holds by an object of its own, of a hundred bytes and more.
        assertThat(after.heapKilobytes - before.heapKilobytes).as("heap").isLessThan(300 + CYCLES / 100);
        assertThat(after.residentKilobytes - before.residentKilobytes)
                .as("all memory")
                .isLessThan(64_000);
        System.out.println("WINDOWS PROOF: " + CYCLES + " cycles leak nothing, " + StandIn.bitness() + ": " + before
                + " -> " + after);
    }

    private void cycles(OfflineLibrary library, AtomicInteger received, int n) {
        for (int i = 0; i < n; i++) {
            try (OfflineObject object = library.open(PROFILE);
                    OfflineObject.Advised advised = object.advise(i, notification -> received.incrementAndGet())) {
                outlook.transition(PROFILE, object.state().opposite());
                outlook.drain();
            }
        }
    }

    private record Resources(long handles, long threads, long heapKilobytes, long residentKilobytes) {
        static Resources now() throws IOException {
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
            return new Resources(
                    count("/proc/self/fd", 0), count("/proc/self/task", Thread.activeCount()), heap, resident());
        }

        private static long count(String folder, long elsewhere) throws IOException {
            if (!Files.exists(Path.of(folder))) {
                return elsewhere; // not a Linux
            }
            try (Stream<Path> entries = Files.list(Path.of(folder))) {
                return entries.count();
            }
        }

        private static long resident() throws IOException {
            Path status = Path.of("/proc/self/status");
            if (!Files.exists(status)) {
                return 0;
            }
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Eight native threads notify without a pause while registrations come and go. */
    @Test
    void nothingComesLateHoweverManyThreadsNotify() {
        outlook.profile(PROFILE, Capabilities.BOTH, ONLINE);
        outlook.mode(Mode.UNCHECKED);
        AtomicLong received = new AtomicLong();
        AtomicLong late = new AtomicLong();
        int held = StandIn.heldCallbacks();
        try (OfflineObject object = outlook.load().open(PROFILE)) {
            outlook.storm(PROFILE, 8);
            for (int i = 0; i < RACES; i++) {
                Late listener = new Late(received, late);
                NotificationReader reader = new NotificationReader(listener);
                reader.pass(true, () -> {});
                OfflineObject.Advised advised = object.advise(i, reader);
                // In the order of OutlookBackend.
                reader.close();
                listener.over = true;
                advised.close();
            }
            outlook.storm(PROFILE, 0);
        }
        assertThat(late).hasValue(0);
        assertThat(outlook.violations()).isEmpty();
        assertThat(outlook.count(Count.REGISTRATIONS)).isZero();
        assertThat(outlook.count(Count.CALLBACK_REFERENCES)).isZero();
        assertThat(StandIn.heldCallbacks()).isEqualTo(held);
        System.out.println("WINDOWS PROOF: " + RACES + " registrations raced 8 notifying threads, "
                + StandIn.bitness() + ": " + outlook.count(Count.NOTIFIED) + " notifications sent, " + received
                + " received, none late");
    }

    private static final class Late implements NotificationReader.Listener {
        private final AtomicLong received;
        private final AtomicLong late;
        volatile boolean over;

        Late(AtomicLong received, AtomicLong late) {
            this.received = received;
            this.late = late;
        }

        @Override
        public void changed(ConnectionState now) {
            received.incrementAndGet();
            if (over) {
                late.incrementAndGet();
            }
        }

        @Override
        public void starting(ConnectionState target) {
            throw new AssertionError("nobody sends this");
        }

        @Override
        public void cancelled() {
            throw new AssertionError("nobody sends this");
        }

        @Override
        public void other(int type, int mask, int oldState, int newState) {
            throw new AssertionError("nobody sends this");
        }
    }
}
