import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.windows.OutlookProvider;

/**
 * Outlook's Offline State API through COM, for a JVM inside Outlook's process (docs/windows.md).
 *
 * @provides OfflineStateProvider the provider {@code outlook}
 */
module io.github.offlinestate.windows {
    requires transitive io.github.offlinestate.spi;
    requires static com.google.auto.service;
    requires com.sun.jna;

    exports io.github.offlinestate.windows;

    provides OfflineStateProvider with
            OutlookProvider;
}
