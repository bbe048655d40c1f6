/** The contract's rules, and what a run of the kit has found out: what reports are written from. */
@NullMarked
package io.github.offlinestate.tck.model;

import org.jspecify.annotations.NullMarked;
