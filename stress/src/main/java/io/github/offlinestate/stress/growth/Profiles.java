package io.github.offlinestate.stress.growth;

import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.sim.SimulatedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Some profiles of one provider, all open, each with a client. */
final class Profiles implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SimulatedProvider provider;
    private final List<OfflineManager> managers;
    private volatile CountDownLatch done = new CountDownLatch(0);

    /** Makes the provider, so that its simulated sources are not counted with what is opened. */
    Profiles(int count) {
        SimulatedProvider.Builder builder = SimulatedProvider.builder();
        for (int i = 0; i < count; i++) {
            builder.profile(name(i));
        }
        provider = builder.build();
        managers = new ArrayList<>(count);
    }

    private static String name(int number) {
        return "profile " + number;
    }

    void open(int count) {
        for (int i = 0; i < count; i++) {
            OfflineManager manager = provider.open(name(i));
            manager.advise(told -> told.stateChange().ifPresent(change -> {
                if (change.phase() == StateChange.Phase.DONE) {
                    done.countDown();
                }
            }));
            managers.add(manager);
        }
    }

    OfflineManager get(int number) {
        return managers.get(number);
    }

    /** A transition in each, all at once; returns when all clients have been told. */
    void flipAll() throws InterruptedException {
        done = new CountDownLatch(managers.size());
        for (int i = 0; i < managers.size(); i++) {
            provider.profile(name(i)).flip();
        }
        if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    done.getCount() + " of " + managers.size() + " clients have not been told within " + PATIENCE);
        }
    }

    void flip(int number) {
        provider.profile(name(number)).flip();
    }

    @Override
    public void close() {
        managers.forEach(OfflineManager::close);
        managers.clear();
    }
}
