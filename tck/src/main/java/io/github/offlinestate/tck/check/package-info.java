/** The tests behind the rules, and what they are run by. Not exported: the packages beside it are what is used. */
@NullMarked
package io.github.offlinestate.tck.check;

import org.jspecify.annotations.NullMarked;
