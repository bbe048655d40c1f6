package io.github.offlinestate.tck.backend;

import java.time.Duration;
import java.util.Optional;

/**
 * What the kit needs to judge a backend by itself. {@link #prepare()} is all that has to be written; a control decides
 * more rules.
 */
public interface BackendFixture {
    /**
     * A factory made ready, and the name of a profile of it. Called before each test.
     *
     * @return the factory, a profile, and what else can be done with them
     * @throws Exception where it cannot be made ready; the rule's verdict is ERROR then
     */
    PreparedBackend prepare() throws Exception;

    /**
     * The name of a profile that the source does not know.
     *
     * @return a name that nobody has, unless overridden; empty says that the source takes every name for a profile
     */
    default Optional<String> unknownProfile() {
        return Optional.of("no profile of this name \u2013 asked for by the compatibility kit");
    }

    /**
     * Whether the source can go away under an open backend.
     *
     * @return true unless overridden
     */
    default boolean sourceCanGoAway() {
        return true;
    }

    /**
     * How long the kit waits for what has to happen; multiplied by the run's patience.
     *
     * @return 10 s unless overridden
     */
    default Duration inTime() {
        return Duration.ofSeconds(10);
    }

    /**
     * How long a call that has to be prompt may take; multiplied by the run's patience.
     *
     * @return 2 s unless overridden
     */
    default Duration promptly() {
        return Duration.ofSeconds(2);
    }
}
