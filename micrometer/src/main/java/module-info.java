/** The state of a connection monitor as meters of Micrometer. */
module io.github.offlinestate.micrometer {
    requires transitive io.github.offlinestate;
    requires transitive micrometer.core;

    exports io.github.offlinestate.micrometer;
}
