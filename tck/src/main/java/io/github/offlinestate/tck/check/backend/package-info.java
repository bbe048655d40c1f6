/** The tests behind the rules of backends: each drives a backend directly, in the engine's place. */
@NullMarked
package io.github.offlinestate.tck.check.backend;

import org.jspecify.annotations.NullMarked;
