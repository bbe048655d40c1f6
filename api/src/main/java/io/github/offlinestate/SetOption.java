package io.github.offlinestate;

/** How {@link ConnectionMonitor#set} goes about it. */
public enum SetOption {
    /** While the backend is away, or the profile is not open yet, wait for it and try again, until the time is over. */
    WAIT_WHILE_LOST
}
