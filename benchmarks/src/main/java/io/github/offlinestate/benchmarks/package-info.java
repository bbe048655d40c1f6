/** What this project costs, beside the libraries that people use for the same: one command a table. */
@NullMarked
package io.github.offlinestate.benchmarks;

import org.jspecify.annotations.NullMarked;
