package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.tck.backend.BackendControl;
import io.github.offlinestate.tck.backend.BackendFixture;
import io.github.offlinestate.tck.backend.PreparedBackend;
import java.time.Duration;
import java.util.function.Function;

/** A fixture of backends whose source is in memory, with every hook. */
final class MemoryBackendFixture implements BackendFixture {
    private final Function<MemorySource, BackendFactory> backends;

    MemoryBackendFixture(Function<MemorySource, BackendFactory> backends) {
        this.backends = backends;
    }

    @Override
    public PreparedBackend prepare() {
        MemorySource source = new MemorySource();
        return PreparedBackend.of(backends.apply(source), MemorySource.PROFILE).withControl(new BackendControl() {
            @Override
            public void change(ConnectionState state) {
                source.change(MemorySource.PROFILE, state);
            }

            @Override
            public void failNextChange(Exception cause) {
                source.failNextChange(MemorySource.PROFILE, cause);
            }

            @Override
            public void takeAway() {
                source.takeAway(MemorySource.PROFILE, new IllegalStateException("taken away by the kit"));
            }

            @Override
            public void bringBack(ConnectionState state) {
                source.bringBack(MemorySource.PROFILE, state);
            }
        });
    }

    @Override
    public Duration inTime() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration promptly() {
        return Duration.ofMillis(500);
    }
}
