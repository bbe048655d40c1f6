/** Providers for whoever looks how they are found; each is a service in a class loader of its own alone. */
@NullMarked
package io.github.offlinestate.tck.catalogue.found;

import org.jspecify.annotations.NullMarked;
