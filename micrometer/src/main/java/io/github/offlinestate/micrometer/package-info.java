/** For those who measure; see {@link io.github.offlinestate.micrometer.ConnectionMonitorMetrics}. */
@NullMarked
package io.github.offlinestate.micrometer;

import org.jspecify.annotations.NullMarked;
