/** What open profiles cost. */
@NullMarked
package io.github.offlinestate.stress.growth;

import org.jspecify.annotations.NullMarked;
