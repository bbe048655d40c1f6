/**
 * The finding part: where Outlook's library is, and if there is none to be had, what is missing. All of it runs on
 * recorded answers of {@link Machine}, {@link Registry} and {@link Modules}; only their real implementations need Windows.
 */
@NullMarked
package io.github.offlinestate.windows.find;

import org.jspecify.annotations.NullMarked;
