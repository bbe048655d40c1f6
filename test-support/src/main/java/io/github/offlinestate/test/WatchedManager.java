package io.github.offlinestate.test;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another offline object that knows where it was opened, and says when it is closed. */
final class WatchedManager implements OfflineManager {
    private static final int FRAMES = 8;
    private static final long CLOSE_SECONDS = 5;

    /** What is of no interest to who looks for where the object was opened. */
    private static final List<String> MACHINERY =
            List.of(WatchedProvider.class.getName(), WatchedManager.class.getName(), "java.", "jdk.", "org.junit.");

    private final WatchedProvider provider;
    private final String profile;
    private final OfflineManager watched;
    private final String thread = Thread.currentThread().getName();
    private final StackTraceElement[] opened = new Throwable().getStackTrace();

    WatchedManager(WatchedProvider provider, String profile, OfflineManager watched) {
        this.provider = provider;
        this.profile = profile;
        this.watched = watched;
    }

    String describe() {
        StringBuilder text =
                new StringBuilder("an offline object of profile '" + profile + "', opened on thread " + thread);
        int frames = 0;
        for (StackTraceElement frame : opened) {
            if (frames < FRAMES && MACHINERY.stream().noneMatch(frame.getClassName()::startsWith)) {
                text.append("\n    at ").append(frame);
                frames++;
            }
        }
        return text.toString();
    }

    /** Closes it on a thread of its own, since closing waits for a running callback; false where that takes long. */
    boolean closeSoon() {
        Thread closer = new Thread(this::close, "offline-state-test-close-" + profile);
        closer.setDaemon(true);
        closer.start();
        try {
            closer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closer.isAlive();
    }

    @Override
    public void close() {
        provider.closed(this);
        watched.close();
    }

    @Override
    public Capabilities capabilities() {
        return watched.capabilities();
    }

    @Override
    public ConnectionState currentState() {
        return watched.currentState();
    }

    @Override
    public void setCurrentState(ConnectionState state, SetFlag flag) {
        watched.setCurrentState(state, flag);
    }

    @Override
    public boolean canSet() {
        return watched.canSet();
    }

    @Override
    public AdviseToken advise(AdviseInfo info) {
        return watched.advise(info);
    }

    @Override
    public void unadvise(AdviseToken token) {
        watched.unadvise(token);
    }

    @Override
    public String toString() {
        return watched.toString();
    }
}
