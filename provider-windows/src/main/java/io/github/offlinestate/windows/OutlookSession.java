package io.github.offlinestate.windows;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;

/** A profile's offline object, open and registered. All methods throw what Outlook answers as an exception. */
interface OutlookSession extends AutoCloseable {
    Capabilities capabilities();

    ConnectionState state();

    /** Asks for a state and does not wait for it. */
    void requestState(ConnectionState target);

    /** Unregisters and gives the object back. Throws nothing: Outlook may be gone. */
    @Override
    void close();
}
