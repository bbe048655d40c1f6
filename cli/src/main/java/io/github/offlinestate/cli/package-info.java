/** The command line; {@link io.github.offlinestate.cli.Main} is where it starts. */
@NullMarked
package io.github.offlinestate.cli;

import org.jspecify.annotations.NullMarked;
