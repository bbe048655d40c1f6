/** For tests of applications; see {@link io.github.offlinestate.test.OfflineStateExtension}. */
@NullMarked
package io.github.offlinestate.test;

import org.jspecify.annotations.NullMarked;
