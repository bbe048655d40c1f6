package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.spi.BackendSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A provider that is written straight on {@link OfflineStateProvider}, without the engine, as plainly as the contract
 * lets one: a lock, a queue and a thread a profile. It is right; the catalogue's faulty providers take it over and get
 * one step wrong each. That is why its steps are methods.
 */
class PlainProvider implements OfflineStateProvider {
    /** Makes what the objects of one profile share. */
    @FunctionalInterface
    interface ProfileMaker {
        PlainProfile make(PlainProvider provider, String name);
    }

    private final BackendFactory source;
    private final Duration startLimit;
    private final ProfileMaker maker;
    private final AtomicLong tokens = new AtomicLong();

    /** By name, those that are open; the map is the lock of opening and closing. */
    private final Map<String, PlainProfile> profiles = new HashMap<>();

    PlainProvider(BackendFactory source, Duration startLimit, ProfileMaker maker) {
        this.source = source;
        this.startLimit = startLimit;
        this.maker = maker;
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public List<String> profiles() {
        return List.of(MemorySource.PROFILE);
    }

    @Override
    public OfflineManager open(String profile) {
        checkName(profile);
        synchronized (profiles) {
            PlainProfile open = find(profile);
            if (open == null) {
                open = maker.make(this, profile);
                connect(open);
                remember(open);
            }
            return open.join();
        }
    }

    void checkName(@Nullable String profile) {
        if (profile == null || profile.isEmpty() || profile.indexOf('\0') >= 0) {
            throw new OfflineStateException(
                    HResult.E_INVALIDARG, "a profile has a name that is not empty and has no NUL in it");
        }
    }

    @Nullable
    PlainProfile find(String profile) {
        return profiles.get(profile);
    }

    void remember(PlainProfile open) {
        profiles.put(open.name(), open);
    }

    void connect(PlainProfile opening) {
        try {
            opening.connect();
        } catch (OfflineStateException e) {
            throw new OfflineStateException(
                    e.result(),
                    "provider \"" + name() + "\" cannot open the profile \"" + opening.name() + "\": " + e.getMessage(),
                    e.getCause());
        }
    }

    Backend openBackend(String profile, BackendSink sink) {
        try {
            return source.openBackend(profile, sink);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new OfflineStateException(HResult.MAPI_E_CALL_FAILED, "the source failed: " + e, e);
        }
    }

    /** The last object of a profile is closed, unless one is opened at this moment. */
    void release(PlainProfile profile) {
        synchronized (profiles) {
            if (profile.leave()) {
                forget(profile);
                profile.disconnect();
            }
        }
    }

    void forget(PlainProfile profile) {
        profiles.remove(profile.name(), profile);
    }

    long nextToken() {
        return tokens.incrementAndGet();
    }

    Duration startLimit() {
        return startLimit;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
