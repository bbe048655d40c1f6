/** A provider that is online while a TCP endpoint answers. */
module com.example.reachability {
    requires io.github.offlinestate.spi;

    provides io.github.offlinestate.OfflineStateProvider with
            com.example.reachability.ReachabilityProvider;
}
