/**
 * A simulated source. Start at {@link io.github.offlinestate.sim.SimulatedProvider} for tests, at
 * {@link io.github.offlinestate.sim.Scenario} for what runs by itself; {@link io.github.offlinestate.sim.VirtualTime}
 * makes both fast and deterministic.
 */
@NullMarked
package io.github.offlinestate.sim;

import org.jspecify.annotations.NullMarked;
