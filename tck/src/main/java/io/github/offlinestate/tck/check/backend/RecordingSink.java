package io.github.offlinestate.tck.check.backend;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.tck.check.Trial;
import io.github.offlinestate.tck.model.TckEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Stands where the engine stands: remembers what a backend reports. */
final class RecordingSink implements BackendSink {
    private static final int BOUND = 100_000;

    /** What was reported. */
    enum Kind {
        CHANGED,
        LOST,
        RESTORED,
        STARTING,
        CANCELLED,
        OTHER
    }

    /**
     * One report.
     *
     * @param kind what was reported
     * @param state the state that it tells of; empty where it tells of none
     * @param cause the cause of a loss; empty where it has none
     * @param closed whether the backend's close had returned by then
     */
    record Report(Kind kind, Optional<ConnectionState> state, Optional<Throwable> cause, boolean closed) {}

    private final Trial trial;
    private final String lane;
    private final List<Report> reports = new ArrayList<>();
    private volatile boolean closed;

    RecordingSink(Trial trial, String lane) {
        this.trial = trial;
        this.lane = lane;
    }

    @Override
    public void changed(ConnectionState now) {
        add(Kind.CHANGED, Optional.ofNullable(now), Optional.empty());
    }

    @Override
    public void backendLost(Throwable cause) {
        add(Kind.LOST, Optional.empty(), Optional.ofNullable(cause));
    }

    @Override
    public void backendRestored(ConnectionState now) {
        add(Kind.RESTORED, Optional.ofNullable(now), Optional.empty());
    }

    @Override
    public void changeStarting(ConnectionState target) {
        add(Kind.STARTING, Optional.ofNullable(target), Optional.empty());
    }

    @Override
    public void changeCancelled() {
        add(Kind.CANCELLED, Optional.empty(), Optional.empty());
    }

    @Override
    public void otherNotification(int type, int mask, int oldState, int newState) {
        add(Kind.OTHER, Optional.empty(), Optional.empty());
    }

    private void add(Kind kind, Optional<ConnectionState> state, Optional<Throwable> cause) {
        trial.record(
                lane,
                TckEvent.Kind.NOTIFIED,
                kind
                        + state.map(value -> " " + value).orElse("")
                        + cause.map(value -> " " + value).orElse(""));
        synchronized (reports) {
            if (reports.size() < BOUND) {
                reports.add(new Report(kind, state, cause, closed));
            }
        }
        // Without an end the drawing shows a report that hangs.
        trial.record(lane, TckEvent.Kind.NOTIFIED_END, kind.toString());
    }

    /** From now on nothing is to be reported. */
    void closed() {
        closed = true;
    }

    List<Report> reports() {
        synchronized (reports) {
            return new ArrayList<>(reports);
        }
    }

    List<Report> reports(Kind kind) {
        return reports().stream().filter(report -> report.kind() == kind).toList();
    }

    boolean hasReport(Predicate<Report> condition) {
        return reports().stream().anyMatch(condition);
    }

    void forget() {
        synchronized (reports) {
            reports.clear();
        }
    }
}
