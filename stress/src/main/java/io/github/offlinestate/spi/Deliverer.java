package io.github.offlinestate.spi;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.stress.races.RaceSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a notifier does with the registrations of a profile, as an actor does it: without a queue, a lock or another
 * thread before it, so that the two sides of a race meet as closely as they can.
 */
final class Deliverer {
    /** Offline objects of one profile, for as long as the JVM lives; they give their numbers to registrations. */
    static final List<EngineManager> OWNERS;

    static final EngineManager FIRST_OWNER;
    static final EngineManager SECOND_OWNER;

    private static final int OWNER_COUNT = 8;

    static {
        RaceSource source = new RaceSource();
        FIRST_OWNER = (EngineManager) source.open();
        SECOND_OWNER = (EngineManager) source.open();
        OWNERS = Stream.generate(source::open)
                .limit(OWNER_COUNT)
                .map(EngineManager.class::cast)
                .toList();
    }

    /** So often that somebody who comes meanwhile comes between two of them. */
    static final int TIMES = 20;

    static final OfflineNotification START = notification(NotifyType.STATECHANGE_START);
    static final OfflineNotification CHANGE = notification(NotifyType.STATECHANGE);
    static final OfflineNotification DONE = notification(NotifyType.STATECHANGE_DONE);

    private final Registrations registrations;
    private final HungCallbacks hung = new HungCallbacks();

    Deliverer(Registrations registrations) {
        this.registrations = registrations;
    }

    private static OfflineNotification notification(NotifyType type) {
        return new OfflineNotification(
                type,
                0,
                MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK,
                ConnectionState.ONLINE.code(),
                ConnectionState.OFFLINE.code());
    }

    static Registrations registrations() {
        return new Registrations("race", new AdviseTokens());
    }

    /** Tells everybody, on the current thread, some times. */
    void tell(int times, OfflineNotification what) {
        Delivery delivery = registrations.beginDelivery();
        try {
            for (int i = 0; i < times; i++) {
                registrations.tell(delivery, what, 0, hung);
            }
        } finally {
            registrations.endDelivery(delivery);
        }
    }

    /** A whole transition from online to offline. */
    void goOffline(ProfileState state) {
        Delivery delivery = registrations.beginDelivery();
        try {
            registrations.tell(delivery, START, 0, hung);
            state.become(ConnectionState.OFFLINE);
            registrations.tell(delivery, CHANGE, 0, hung);
            registrations.tell(delivery, DONE, 0, hung);
        } finally {
            registrations.endDelivery(delivery);
        }
    }
}
