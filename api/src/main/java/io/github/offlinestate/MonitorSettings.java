package io.github.offlinestate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a monitor was built with. */
record MonitorSettings(
        Optional<Executor> executor,
        Map<Connectivity, Duration> holds,
        int historySize,
        int buffer,
        TimeSource time,
        Optional<Duration> rereadEvery,
        boolean keepTrying,
        Optional<ConnectionState> assumed) {
    /** Whether a profile that cannot be opened is no reason to fail. */
    boolean opensAnyway() {
        return keepTrying || assumed.isPresent();
    }
}
