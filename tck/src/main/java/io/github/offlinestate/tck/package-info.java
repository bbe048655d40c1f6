/** Running the kit: in a JUnit build by a test class, or from a program by a runner. */
@NullMarked
package io.github.offlinestate.tck;

import org.jspecify.annotations.NullMarked;
