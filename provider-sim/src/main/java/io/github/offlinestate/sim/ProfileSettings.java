package io.github.offlinestate.sim;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;

/** What a simulated profile is made with. */
record ProfileSettings(
        String name,
        Capabilities capabilities,
        ConnectionState initially,
        Latency latency,
        Reporting reporting,
        boolean canSet,
        boolean away) {}
