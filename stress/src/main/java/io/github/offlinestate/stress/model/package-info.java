/** What the contract says that each registration is told, written from docs/contract.md alone: it knows no engine. */
@NullMarked
package io.github.offlinestate.stress.model;

import org.jspecify.annotations.NullMarked;
