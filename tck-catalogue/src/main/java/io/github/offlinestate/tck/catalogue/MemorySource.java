package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.tck.fixture.ProviderControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source of states in memory, with every hook that the kit knows. All that the catalogue's providers have in common
 * comes from here, so what tells them apart is the provider. What it reports is reported under its lock, in the order
 * of what happens: who listens only takes note.
 */
class MemorySource implements BackendFactory, ProviderControl {
    /** The profile that is always there. */
    static final String PROFILE = "main";

    private enum Plan {
        MAKE,
        REFUSE,
        REFUSE_AFTER_START,
        HOLD
    }

    private final Capabilities capabilities;
    private final boolean canSet;

    /** By name; the map and its values are guarded by it. */
    private final Map<String, Profile> profiles = new HashMap<>();

    MemorySource() {
        this(Capabilities.BOTH, true);
    }

    MemorySource(Capabilities capabilities, boolean canSet) {
        this.capabilities = capabilities;
        this.canSet = canSet;
        profiles.put(PROFILE, new Profile(capabilities));
    }

    private static final class Profile {
        final Capabilities capabilities;
        final List<Session> sessions = new ArrayList<>();
        ConnectionState state = ConnectionState.ONLINE;
        Plan plan = Plan.MAKE;

        @Nullable
        Exception refusal;

        @Nullable
        Exception away;

        @Nullable
        Runnable held;

        Profile(Capabilities capabilities) {
            this.capabilities = capabilities;
        }

        void report(Consumer<BackendSink> what) {
            sessions.forEach(session -> what.accept(session.sink));
        }

        void release() {
            Runnable waiting = held;
            held = null;
            if (waiting != null) {
                waiting.run();
            } else if (plan == Plan.REFUSE_AFTER_START) {
                plan = Plan.REFUSE; // what was to be held has not come yet
            } else if (plan == Plan.HOLD) {
                plan = Plan.MAKE;
            }
        }

        void become(ConnectionState now) {
            state = now;
            if (capabilities.notifies(now)) {
                report(sink -> sink.changed(now));
            }
        }
    }

    private final class Session implements Backend {
        final Profile profile;
        final BackendSink sink;

        Session(Profile profile, BackendSink sink) {
            this.profile = profile;
            this.sink = sink;
        }

        @Override
        public Capabilities capabilities() {
            return profile.capabilities;
        }

        @Override
        public ConnectionState currentState() {
            synchronized (profiles) {
                return profile.state;
            }
        }

        @Override
        public boolean canSet() {
            return canSet;
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            CompletableFuture<Void> outcome = new CompletableFuture<>();
            act(() -> request(profile, target, outcome));
            return outcome;
        }

        @Override
        public void close() {
            synchronized (profiles) {
                profile.sessions.remove(this);
            }
        }
    }

    /** Does something that is reported. Whoever wants it done on another thread overrides this. */
    void act(Runnable action) {
        synchronized (profiles) {
            action.run();
        }
    }

    private void request(Profile profile, ConnectionState target, CompletableFuture<Void> outcome) {
        Plan plan = profile.plan;
        Exception refusal = profile.refusal;
        profile.plan = Plan.MAKE;
        profile.refusal = null;
        if (profile.away != null) {
            outcome.completeExceptionally(profile.away);
        } else if (plan == Plan.HOLD) {
            profile.held = () -> make(profile, target, outcome);
        } else if (refusal != null) {
            if (plan == Plan.REFUSE_AFTER_START) {
                profile.report(sink -> sink.changeStarting(target));
                profile.held = () -> outcome.completeExceptionally(refusal);
            } else {
                outcome.completeExceptionally(refusal);
            }
        } else {
            make(profile, target, outcome);
        }
    }

    private static void make(Profile profile, ConnectionState target, CompletableFuture<Void> outcome) {
        if (profile.state != target) {
            profile.become(target); // reported before the request is answered
        }
        outcome.complete(null);
    }

    @Override
    public Backend openBackend(String name, BackendSink sink) {
        synchronized (profiles) {
            Profile profile = profiles.get(name);
            if (profile == null) {
                throw new OfflineStateException(
                        HResult.MAPI_E_NOT_FOUND, "the source has the profiles " + profiles.keySet());
            }
            if (profile.away != null) {
                throw new OfflineStateException(
                        HResult.MAPI_E_END_OF_SESSION, "the source is away: " + profile.away, profile.away);
            }
            Session session = new Session(profile, sink);
            profile.sessions.add(session);
            return session;
        }
    }

    /** Who listens at this moment. */
    List<BackendSink> listeners() {
        synchronized (profiles) {
            return profiles.values().stream()
                    .flatMap(profile -> profile.sessions.stream())
                    .map(session -> session.sink)
                    .toList();
        }
    }

    Set<String> profileNames() {
        synchronized (profiles) {
            return Set.copyOf(profiles.keySet());
        }
    }

    private void with(String name, Consumer<Profile> action) {
        act(() -> {
            Profile profile = profiles.get(name);
            if (profile == null) {
                throw new IllegalArgumentException("the source has no profile \"" + name + '"');
            }
            action.accept(profile);
        });
    }

    // What the kit makes happen.

    @Override
    public void change(String name, ConnectionState state) {
        with(name, profile -> {
            if (profile.state != state) {
                profile.become(state);
            }
        });
    }

    /** Changes into the other state. */
    void flip(String name) {
        with(name, profile -> {
            if (profile.away == null) {
                profile.become(profile.state.opposite());
            }
        });
    }

    @Override
    public void changeUntold(String name, ConnectionState state) {
        with(name, profile -> profile.state = state);
    }

    @Override
    public void sendForeign(String name, int type, int mask, int oldState, int newState) {
        with(name, profile -> profile.report(sink -> sink.otherNotification(type, mask, oldState, newState)));
    }

    @Override
    public void failNextChange(String name, Exception cause) {
        with(name, profile -> {
            profile.plan = Plan.REFUSE;
            profile.refusal = cause;
        });
    }

    @Override
    public Runnable failNextChangeAfterStart(String name, Exception cause) {
        with(name, profile -> {
            profile.plan = Plan.REFUSE_AFTER_START;
            profile.refusal = cause;
        });
        return () -> with(name, Profile::release);
    }

    @Override
    public Runnable holdNextChange(String name) {
        with(name, profile -> profile.plan = Plan.HOLD);
        return () -> with(name, Profile::release);
    }

    @Override
    public void startChange(String name, ConnectionState state) {
        with(name, profile -> profile.report(sink -> sink.changeStarting(state)));
    }

    @Override
    public void takeAway(String name, Exception cause) {
        with(name, profile -> {
            profile.away = cause;
            profile.held = null; // what was asked for is forgotten with whoever was to make it
            profile.report(sink -> sink.backendLost(cause));
        });
    }

    @Override
    public void bringBack(String name, ConnectionState state) {
        with(name, profile -> {
            profile.away = null;
            profile.state = state;
            profile.report(sink -> sink.backendRestored(state));
        });
    }

    @Override
    public int openSessions(String name) {
        synchronized (profiles) {
            Profile profile = profiles.get(name);
            return profile == null ? 0 : profile.sessions.size();
        }
    }

    @Override
    public void addProfile(String name) {
        addProfile(name, capabilities);
    }

    @Override
    public void addProfile(String name, Capabilities its) {
        act(() -> profiles.putIfAbsent(name, new Profile(its)));
    }
}
