package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import java.util.List;

/** One way to tell many clients of something, used as its documentation advises. */
interface Peer extends AutoCloseable {
    /**
     * Registers a client.
     *
     * @param client to be told
     * @return what removes it
     */
    Object add(Client client);

    /**
     * Registers many. Not measured, so those that can take them at once do.
     *
     * @param clients to be told
     */
    default void addAll(List<Client> clients) {
        clients.forEach(this::add);
    }

    void remove(Object registration);

    /**
     * Tells every client, or hands over what tells them.
     *
     * @param what the one thing to tell
     */
    void tell(OfflineNotification what);

    /** Whether {@link #tell} calls the clients itself. */
    default boolean tellsOnItsCaller() {
        return true;
    }

    /** Waits until everybody has been told, where {@link #tell} does not. */
    default void settle() {}

    @Override
    default void close() {}
}
