/** What the jcstress tests share, and the command that runs them. */
@NullMarked
package io.github.offlinestate.stress.races;

import org.jspecify.annotations.NullMarked;
