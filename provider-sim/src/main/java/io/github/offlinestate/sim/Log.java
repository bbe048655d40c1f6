package io.github.offlinestate.sim;

import java.lang.System.Logger;

/** The log of this package, set up with the first entry: that takes longer than opening a profile. */
final class Log {
    static final Logger LOG = System.getLogger("io.github.offlinestate.sim");

    private Log() {}
}
