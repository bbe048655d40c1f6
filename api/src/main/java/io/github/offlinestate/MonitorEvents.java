package io.github.offlinestate;

/** Where a monitor's events are recorded beside its history: the JDK's Flight Recorder, where there is one. */
interface MonitorEvents {
    /** Nowhere. */
    MonitorEvents NONE = new MonitorEvents() {};

    /** Flight Recorder, or nowhere in a run-time image without the module jdk.jfr. */
    static MonitorEvents find() {
        try {
            Class.forName("jdk.jfr.Event");
            return new FlightRecorderEvents();
        } catch (ClassNotFoundException | LinkageError e) {
            return NONE;
        }
    }

    /** A raw change. */
    default void changed(String profile, ConnectionChange change) {}

    /** A listener missed changes. */
    default void gap(String listener, ConnectionChange change) {}

    /** A listener is being called until what is returned is run. */
    default Runnable calling(String listener) {
        return () -> {};
    }
}
