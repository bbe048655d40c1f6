/**
 * Providers and backends that are wrong on purpose, one mistake each, and others that are odd but right: what the
 * compatibility kit is tested with, and what {@code offline-state tck --demo} shows.
 */
@NullMarked
package io.github.offlinestate.tck.catalogue;

import org.jspecify.annotations.NullMarked;
