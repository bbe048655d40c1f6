/**
 * The provider {@code outlook}. {@link io.github.offlinestate.windows.OutlookProvider} is found by
 * {@link java.util.ServiceLoader}; {@link io.github.offlinestate.windows.OutlookDiagnosis} says what is missing where it
 * cannot work.
 */
@NullMarked
package io.github.offlinestate.windows;

import org.jspecify.annotations.NullMarked;
