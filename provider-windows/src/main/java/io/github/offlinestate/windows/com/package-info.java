/**
 * The COM part: vtables, reference counts and structures of Outlook's Offline State API, by JNA. It runs on any system
 * against any library of that ABI; where Outlook's own library is, is the other part's business.
 */
@NullMarked
package io.github.offlinestate.windows.com;

import org.jspecify.annotations.NullMarked;
