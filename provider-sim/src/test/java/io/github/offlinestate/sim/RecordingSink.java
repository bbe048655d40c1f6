package io.github.offlinestate.sim;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.BackendSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes down what a backend reports, as the engine would get it. */
final class RecordingSink implements BackendSink {
    private final List<String> reports = Collections.synchronizedList(new ArrayList<>());
    private final Set<Thread> threads = Collections.synchronizedSet(new LinkedHashSet<>());

    List<String> reports() {
        return List.copyOf(reports);
    }

    Set<Thread> threads() {
        return Set.copyOf(threads);
    }

    private void add(String report) {
        threads.add(Thread.currentThread());
        reports.add(report);
    }

    @Override
    public void changed(ConnectionState now) {
        add("changed " + now);
    }

    @Override
    public void backendLost(Throwable cause) {
        add("lost " + cause.getMessage());
    }

    @Override
    public void backendRestored(ConnectionState now) {
        add("restored " + now);
    }

    @Override
    public void changeStarting(ConnectionState target) {
        add("starting " + target);
    }

    @Override
    public void changeCancelled() {
        add("cancelled");
    }

    @Override
    public void otherNotification(int type, int mask, int oldState, int newState) {
        add("other " + type + " " + mask + " " + oldState + " " + newState);
    }
}
