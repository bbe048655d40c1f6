package io.github.offlinestate;

/** A listener's place at a {@link ConnectionMonitor}. All methods may be called from any thread. */
public interface ListenerRegistration extends AutoCloseable {
    /**
     * Removes the listener. When this returns, no call of the listener starts any more; and, where it was called from
     * outside any listener, none is running any more (as UNADVISE-2): it waits for one that does, and an interrupt does
     * not shorten that. From within a listener, of whichever monitor, it never waits. Removing again changes nothing
     * and gives the same guarantee. So do not call it while holding a lock, or keeping a thread waiting, that the
     * listener needs.
     */
    @Override
    void close();

    /**
     * How many changes the listener was not told one by one, because it was too slow for its buffer or its executor
     * rejected it.
     *
     * @return the sum of {@link ConnectionChange#missed()} so far
     */
    long missed();

    /**
     * How often the listener's executor has rejected it.
     *
     * @return the count so far
     */
    long rejections();
}
