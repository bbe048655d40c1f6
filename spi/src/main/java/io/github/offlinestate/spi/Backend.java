package io.github.offlinestate.spi;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import java.util.concurrent.CompletionStage;

/**
 * One profile of a source, as the engine sees it: all that an implementer writes. The engine opens it with the
 * profile's first offline object and closes it with the last. What it owes to the engine are the BACKEND rules of
 * docs/contract.md; docs/writing-a-provider.md walks through one.
 *
 * <p>{@link #capabilities()} and {@link #currentState()} are called from any thread, {@link #beginChange} and
 * {@link #close()} on threads of the engine's own, never on a client's and never on the one that notifies clients.
 */
public interface Backend extends AutoCloseable {
    /**
     * Which changes the source reports. Asked once, at opening (CAP-4, BACKEND-1).
     *
     * @return the capabilities
     */
    Capabilities capabilities();

    /**
     * The state as the source last told it. Returns at once (BACKEND-1).
     *
     * @return the state
     */
    ConnectionState currentState();

    /**
     * Asks the source for a state, and returns soon (BACKEND-2). One request at a time,
     * but for one that did not return before its time was over. The stage completes when the
     * source is in that state (also when it was already), or exceptionally when this request has failed. Reporting the
     * change to the sink and completing the stage tell of the same change, in either order.
     *
     * <p>A source that cannot be set does not override this, and says so by {@link #canSet()}.
     *
     * @param target the wanted state
     * @return the outcome of this request and of no other
     */
    default CompletionStage<Void> beginChange(ConnectionState target) {
        throw new UnsupportedOperationException(
                "this source cannot be set to " + target + ": canSet() should be false");
    }

    /**
     * Whether the state can be set at all. A probe or a read-only source says no, and is then never asked (SET-12).
     *
     * @return true unless overridden
     */
    default boolean canSet() {
        return true;
    }

    /**
     * Ends the session. Called once; no thread, handle or callback is left when it returns, and what the sink is told
     * afterwards is ignored (BACKEND-5). What it throws is logged.
     */
    @Override
    void close();
}
