/** Endurance and races of the engine and the monitor, one command each. Not published. */
@NullMarked
package io.github.offlinestate.stress;

import org.jspecify.annotations.NullMarked;
