package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.SimulatedProvider;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A simulated link that flips many times a second for a while, when it is told to. */
final class FlappingLink {
    private static final String PROFILE = "Laptop";
    private static final int SHORTEST_MILLIS = 3;
    private static final int LONGEST_MILLIS = 14;

    private final SimulatedProvider provider =
            SimulatedProvider.builder().profile(PROFILE).build();
    private final SimulatedProfile profile = provider.profile(PROFILE);
    private final Random random;
    private int flips;

    /**
     * A link at rest.
     *
     * @param seed of its flips
     */
    FlappingLink(long seed) {
        random = new Random(seed);
    }

    OfflineManager open() {
        return OfflineManagers.open(provider, PROFILE);
    }

    /**
     * Flips, on the calling thread.
     *
     * @param least how often at least
     * @param most how often at most
     */
    void flap(int least, int most) {
        int times = least + random.nextInt(most - least + 1);
        for (int i = 0; i < times; i++) {
            long millis = SHORTEST_MILLIS + (long) random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS + 1);
            LockSupport.parkNanos(millis * 1_000_000);
            profile.flip();
            flips++;
        }
    }

    int flips() {
        return flips;
    }

    ConnectionState state() {
        return profile.state();
    }
}
