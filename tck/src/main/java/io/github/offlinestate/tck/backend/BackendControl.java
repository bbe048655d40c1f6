package io.github.offlinestate.tck.backend;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.tck.fixture.Hook;
import io.github.offlinestate.tck.fixture.HookMissingException;

/**
 * What a fixture can make happen in the source of its backend. Override what you can do; the rules that need what is
 * not overridden are not verified. Whatever else a method throws is the fixture's mistake. Every method returns soon.
 */
public interface BackendControl {
    /**
     * The source changes. Returns when the backend has seen it, or will see it even if the source changes again at
     * once: for a source that is polled, after the poll that has seen it. Called while no backend is open, too.
     *
     * @param state the state from now on
     * @throws Exception where it does not work
     */
    default void change(ConnectionState state) throws Exception {
        throw missing(Hook.CHANGE, "change(state): change the source");
    }

    /**
     * The next change that is asked for is refused by the source.
     *
     * @param cause why, if the source can say why
     * @throws Exception where it does not work
     */
    default void failNextChange(Exception cause) throws Exception {
        throw missing(Hook.FAIL_NEXT_CHANGE, "failNextChange(cause): make the next change fail");
    }

    /**
     * The source goes away: nobody can ask it any more. Called while no backend is open, too.
     *
     * @throws Exception where it does not work
     */
    default void takeAway() throws Exception {
        throw missing(Hook.TAKE_AWAY, "takeAway(): take the source away");
    }

    /**
     * The source is back.
     *
     * @param state the state that it is in now
     * @throws Exception where it does not work
     */
    default void bringBack(ConnectionState state) throws Exception {
        throw missing(Hook.BRING_BACK, "bringBack(state): bring the source back");
    }

    private static HookMissingException missing(Hook hook, String what) {
        return new HookMissingException(hook, "BackendControl." + what);
    }
}
