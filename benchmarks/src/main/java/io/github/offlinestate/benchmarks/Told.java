package io.github.offlinestate.benchmarks;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;

/** What clients are told. */
final class Told {
    static final OfflineNotification OFFLINE = change(ConnectionState.ONLINE, ConnectionState.OFFLINE);
    static final OfflineNotification ONLINE = change(ConnectionState.OFFLINE, ConnectionState.ONLINE);

    /** A type that the reference does not know, so that the engine passes it on as it is. */
    private static final NotifyType OTHER = new NotifyType(77);

    private Told() {}

    private static OfflineNotification change(ConnectionState from, ConnectionState to) {
        return new OfflineNotification(
                NotifyType.STATECHANGE, 0, MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK, from.code(), to.code());
    }

    /** One of many that can be told apart. */
    static OfflineNotification number(int number) {
        return new OfflineNotification(OTHER, 0, 0, 0, number);
    }
}
