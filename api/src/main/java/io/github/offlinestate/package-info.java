/**
 * What applications call: open a profile's offline object, ask what it can tell, register, be notified, unregister.
 *
 * <p>The types map one to one onto Outlook's Offline State API; the Javadoc of each names its counterpart there and
 * the rules of the contract (docs/contract.md) that it carries, as {@code ADVISE-1} and the like.
 */
@NullMarked
package io.github.offlinestate;

import org.jspecify.annotations.NullMarked;
