package io.github.offlinestate.stress.soak;

import java.util.concurrent.atomic.LongAdder;

/** What has been done so far, by all threads. */
final class Tally {
    final LongAdder transitions = new LongAdder();
    final LongAdder notifications = new LongAdder();
    final LongAdder registrations = new LongAdder();
    final LongAdder closings = new LongAdder();
}
