package io.github.offlinestate.micrometer;

import io.github.offlinestate.ConnectionChange;
import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.ListenerOptions;
import io.github.offlinestate.ListenerRegistration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The meters of a {@link ConnectionMonitor}, each with the tag {@code profile}:
 *
 * <ul>
 *   <li>{@code offline.state}, a gauge for each value of the tag {@code state} ({@code online}, {@code offline},
 *       {@code unknown}): 1 for the one that holds, 0 for the others;
 *   <li>{@code offline.state.changes}, a counter of the changes that listeners have been told;
 *   <li>{@code offline.state.damped}, a counter of those that a hold kept from them;
 *   <li>{@code offline.state.offline}, a timer of the times spent offline, each recorded when it is over.
 * </ul>
 *
 * <p>All follow what listeners are told, so the monitor's holds apply.
 *
 * <pre>{@code
 * new ConnectionMonitorMetrics(monitor).bindTo(registry);
 * }</pre>
 *
 * <p>As usual with Micrometer, a registry holds the monitor weakly: the application keeps it. All methods may be called
 * from any thread.
 */
public final class ConnectionMonitorMetrics implements MeterBinder, AutoCloseable {
    private static final String STATE = "offline.state";

    private final ConnectionMonitor monitor;
    private final Tags tags;
    private final List<ListenerRegistration> registrations = new CopyOnWriteArrayList<>();

    /**
     * Meters without tags of the application's own.
     *
     * @param monitor whose state to measure; not closed here
     */
    public ConnectionMonitorMetrics(ConnectionMonitor monitor) {
        this(monitor, Tags.empty());
    }

    /**
     * Meters with more tags.
     *
     * @param monitor whose state to measure; not closed here
     * @param tags put on each meter beside {@code profile}
     */
    public ConnectionMonitorMetrics(ConnectionMonitor monitor, Iterable<Tag> tags) {
        this.monitor = Objects.requireNonNull(monitor, "monitor");
        this.tags = Tags.of("profile", monitor.profile()).and(tags);
    }

    /**
     * Makes the meters, and begins to time what is offline.
     *
     * @param registry where to; may be done for several
     * @throws io.github.offlinestate.OfflineStateException where the monitor is closed
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (Connectivity state : Connectivity.values()) {
            Gauge.builder(STATE, monitor, now -> now.state() == state ? 1 : 0)
                    .description("Whether the profile is in this state")
                    .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
                    .register(registry);
        }
        FunctionCounter.builder(STATE + ".changes", monitor, now -> now.status().changes())
                .description("Changes of the state that listeners have been told")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(STATE + ".damped", monitor, now -> now.status().damped())
                .description("Changes of the state that came back before they were told")
                .tags(tags)
                .register(registry);
        Timer offline = Timer.builder(STATE + ".offline")
                .description("Times that the profile was offline")
                .tags(tags)
                .register(registry);
        registrations.add(monitor.listen(
                change -> record(change, offline),
                ListenerOptions.DEFAULT.withoutReplay().named("metrics")));
    }

    private static void record(ConnectionChange change, Timer offline) {
        // After a gap it is not known how much of the time was spent offline.
        if (change.oldState() == Connectivity.OFFLINE && change.cause() != ConnectionChange.Cause.GAP) {
            offline.record(change.lasted());
        }
    }

    /** Ends the timing; the meters stay in their registries. Closing the monitor does the same. */
    @Override
    public void close() {
        registrations.forEach(ListenerRegistration::close);
        registrations.clear();
    }
}
