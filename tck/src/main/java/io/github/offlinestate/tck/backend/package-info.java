/** The smaller kit for those who build on the module spi: judges a backend by itself, without the engine. */
@NullMarked
package io.github.offlinestate.tck.backend;

import org.jspecify.annotations.NullMarked;
