package io.github.offlinestate.stress.soak;

import io.github.offlinestate.ConnectionState;

/** Where a profile's state comes from, as far as somebody can make it do something. */
public interface Source {
    /** Goes into the other state. */
    void change(ConnectionState to);

    /** Sends a foreign notification with a number as its new state. */
    void mark(int number);

    /** Says that it goes into a state, waits, and then does not. */
    void giveUp(ConnectionState target, Runnable startTold);

    /** Goes away. */
    void goAway();

    /** Comes back in a state. */
    void comeBack(ConnectionState in);
}
