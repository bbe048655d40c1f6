/**
 * Online/offline state for Java, modelled on Outlook's Offline State API.
 *
 * <p>Applications start at {@link io.github.offlinestate.OfflineManagers}; those who bring a source of the state
 * implement {@link io.github.offlinestate.OfflineStateProvider}, most easily with the module
 * {@code io.github.offlinestate.spi}.
 *
 * @uses io.github.offlinestate.OfflineStateProvider the sources of the state
 */
module io.github.offlinestate {
    requires transitive org.jspecify;
    requires static jdk.jfr; // where it is there, the monitor's events go to Flight Recorder

    exports io.github.offlinestate;

    uses io.github.offlinestate.OfflineStateProvider;
}
