package io.github.offlinestate.sim;

import com.google.auto.service.AutoService;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose states are invented. Its name is {@code sim}, and it is chosen by that name only (FIND-5), so that
 * no program runs on invented states by accident.
 *
 * <p>Found by {@link java.util.ServiceLoader} it has the profiles {@code Default} and {@code Travel}, online and with
 * both capabilities, on the system's time. For tests it is built:
 *
 * <pre>{@code
 * VirtualTime time = new VirtualTime();
 * SimulatedProvider provider = SimulatedProvider.builder()
 *         .time(time)
 *         .profile("Work")
 *         .profile("Home", home -> home.capabilities(Capabilities.OFFLINE_ONLY).initially(OFFLINE))
 *         .build();
 * try (OfflineManager work = provider.open("Work")) {
 *     work.advise(notification -> System.out.println(notification));
 *     provider.profile("Work").goOffline();
 *     time.settle(); // three lines have been printed
 * }
 * }</pre>
 *
 * <p>Instances are independent of each other.
 */
@AutoService(OfflineStateProvider.class)
@SuppressWarnings("exports") // the annotation is for the compiler only
public final class SimulatedProvider extends BackendProvider {
    /** What the provider is chosen by. */
    public static final String NAME = "sim";

    /** In the order in which they were added; guarded by itself. */
    private final Map<String, SimulatedProfile> profiles;

    /** A provider as {@link java.util.ServiceLoader} makes it: two profiles, on the system's time. */
    public SimulatedProvider() {
        this(builder());
    }

    private SimulatedProvider(Builder builder) {
        super(NAME, builder.settings());
        profiles = new LinkedHashMap<>();
        for (ProfileSettings profile : builder.profilesOrDefault().values()) {
            profiles.put(profile.name(), made(profile));
        }
    }

    private SimulatedProfile made(ProfileSettings profile) {
        return new SimulatedProfile(
                profile.name(), new SimulatedSource(profile, settings().time()));
    }

    /**
     * Begins a provider of one's own.
     *
     * @return a builder without profiles, on the system's time
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The handle of a profile.
     *
     * @param name the profile's name
     * @return always the same
     * @throws IllegalArgumentException where this provider has no such profile
     */
    public SimulatedProfile profile(String name) {
        SimulatedProfile profile = find(Objects.requireNonNull(name, "name"));
        if (profile == null) {
            throw new IllegalArgumentException("there is no simulated profile '" + name + "'; there are " + profiles());
        }
        return profile;
    }

    /**
     * Adds a profile to this provider, as a user makes another account.
     *
     * @param name any name without NUL (OPEN-3)
     * @param configure says what it is like
     * @return its handle
     * @throws IllegalArgumentException where there is one of that name, or it contradicts itself
     */
    public SimulatedProfile addProfile(String name, Consumer<? super ProfileBuilder> configure) {
        ProfileBuilder profile = new ProfileBuilder(name);
        configure.accept(profile);
        SimulatedProfile added = made(profile.build());
        synchronized (profiles) {
            if (profiles.putIfAbsent(name, added) != null) {
                throw new IllegalArgumentException("there is a profile '" + name + "' already");
            }
        }
        return added;
    }

    @Override
    public boolean byNameOnly() {
        return true;
    }

    @Override
    public List<String> profiles() {
        synchronized (profiles) {
            return List.copyOf(profiles.keySet());
        }
    }

    private @Nullable SimulatedProfile find(String name) {
        synchronized (profiles) {
            return profiles.get(name);
        }
    }

    @Override
    public Backend openBackend(String profile, BackendSink sink) {
        SimulatedProfile known = find(profile);
        if (known == null) {
            throw new OfflineStateException(
                    HResult.MAPI_E_NOT_FOUND,
                    "provider " + NAME + " has no profile '" + profile + "'; it has " + profiles());
        }
        return known.source().open(sink);
    }

    /** Says what a simulated provider is like. Not for several threads at once. */
    public static final class Builder {
        private final Map<String, ProfileSettings> profiles = new LinkedHashMap<>();
        private EngineSettings settings = EngineSettings.DEFAULT;
        private @Nullable TimeSource time;

        private Builder() {}

        /**
         * What the provider runs on: latencies, and the engine's limits.
         *
         * @param time a {@link VirtualTime} for most tests; the system's unless told
         * @return this
         */
        public Builder time(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * The engine's limits. Their time counts only where {@link #time} is not called.
         *
         * @param settings the limits
         * @return this
         */
        public Builder settings(EngineSettings settings) {
            this.settings = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Adds a profile that is online, has both capabilities and can be set. The first one is the default.
         *
         * @param name any name without NUL (OPEN-3)
         * @return this
         */
        public Builder profile(String name) {
            return profile(name, profile -> {});
        }

        /**
         * Adds a profile.
         *
         * @param name any name without NUL (OPEN-3)
         * @param configure says what it is like
         * @return this
         * @throws IllegalArgumentException where there is one of that name, or it contradicts itself
         */
        public Builder profile(String name, Consumer<? super ProfileBuilder> configure) {
            ProfileBuilder profile = new ProfileBuilder(name);
            configure.accept(profile);
            return profile(profile.build());
        }

        Builder profile(ProfileSettings profile) {
            if (profiles.putIfAbsent(profile.name(), profile) != null) {
                throw new IllegalArgumentException("there is a profile '" + profile.name() + "' already");
            }
            return this;
        }

        /**
         * Makes the provider. May be called again for another one, independent of the first.
         *
         * @return a provider with the profiles added, or with {@code Default} and {@code Travel} where none was
         */
        public SimulatedProvider build() {
            return new SimulatedProvider(this);
        }

        private EngineSettings settings() {
            return time == null ? settings : settings.withTime(time);
        }

        private Map<String, ProfileSettings> profilesOrDefault() {
            if (!profiles.isEmpty()) {
                return profiles;
            }
            Map<String, ProfileSettings> standard = new LinkedHashMap<>();
            for (String name : List.of("Default", "Travel")) {
                standard.put(name, new ProfileBuilder(name).build());
            }
            return standard;
        }
    }
}
