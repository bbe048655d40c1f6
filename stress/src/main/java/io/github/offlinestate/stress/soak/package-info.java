/** Clients and sources by the thousand, each watched by the model. */
@NullMarked
package io.github.offlinestate.stress.soak;

import org.jspecify.annotations.NullMarked;
