/**
 * What a backend implements ({@link io.github.offlinestate.spi.Backend}, made by a
 * {@link io.github.offlinestate.spi.BackendProvider}), and the engine behind it, which keeps the contract
 * (docs/contract.md) whatever the backend does: it heals missing phases and repeated reports, orders, queues, delivers
 * and guards.
 */
@NullMarked
package io.github.offlinestate.spi;

import org.jspecify.annotations.NullMarked;
