package io.github.offlinestate.spi;

import io.github.offlinestate.ConnectionState;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of the state sees, in one volatile read.
 *
 * @param state the state that the notifications have told so far
 * @param lostBy why the backend is away, if it is
 * @param loss how many times it has gone away
 */
record View(ConnectionState state, @Nullable Throwable lostBy, long loss) {
    View inState(ConnectionState now) {
        return new View(now, lostBy, loss);
    }

    View lost(Throwable cause) {
        return new View(state, cause, loss + 1);
    }

    View restored() {
        return new View(state, null, loss);
    }
}
