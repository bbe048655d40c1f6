package io.github.offlinestate.tck.backend;

import io.github.offlinestate.spi.BackendFactory;
import java.util.Objects;

/**
 * A factory of backends that is ready to be judged.
 *
 * @param factory opens the backends
 * @param profile the name of a profile that it can open
 * @param control what can be made to happen in the source
 * @param cleanup ends what the fixture started for it; called after the test, which has closed its backends then
 */
public record PreparedBackend(BackendFactory factory, String profile, BackendControl control, AutoCloseable cleanup) {
    /** Refuses what is missing, where the fixture makes the mistake. */
    public PreparedBackend {
        Objects.requireNonNull(factory, "the prepared factory is null");
        Objects.requireNonNull(profile, "the name of the prepared profile is null");
        Objects.requireNonNull(control, "the control is null");
        Objects.requireNonNull(cleanup, "the cleanup is null");
    }

    /**
     * A factory without a control, with nothing to be ended.
     *
     * @param factory opens the backends
     * @param profile the name of a profile that it can open
     * @return a prepared factory
     */
    public static PreparedBackend of(BackendFactory factory, String profile) {
        return new PreparedBackend(factory, profile, new BackendControl() {}, () -> {});
    }

    /**
     * The same with a control.
     *
     * @param control what can be made to happen in the source
     * @return a copy
     */
    public PreparedBackend withControl(BackendControl control) {
        return new PreparedBackend(factory, profile, control, cleanup);
    }

    /**
     * The same with something to be ended after the test.
     *
     * @param cleanup ends what the fixture started
     * @return a copy
     */
    public PreparedBackend withCleanup(AutoCloseable cleanup) {
        return new PreparedBackend(factory, profile, control, cleanup);
    }
}
