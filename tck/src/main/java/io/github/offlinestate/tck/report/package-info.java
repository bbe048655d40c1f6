/** What a run of the kit has found out, for people and for machines to read. */
@NullMarked
package io.github.offlinestate.tck.report;

import org.jspecify.annotations.NullMarked;
