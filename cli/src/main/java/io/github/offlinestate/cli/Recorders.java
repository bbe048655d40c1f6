package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionHistory;
import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionStatus;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Monitors beside what is shown, undamped: for the history file and the status line; none where neither is wanted. */
final class Recorders {
    private final TimeSource time;
    private final @Nullable HistoryFile file;
    private final boolean forStatus;
    private final Ending ending;
    private final List<Recorder> recorders = new CopyOnWriteArrayList<>();
    private volatile @Nullable OutputException failure;

    /**
     * One profile.
     *
     * @param opening how many changes its opening counts as: from unknown to its first state
     */
    private record Recorder(Target target, ConnectionMonitor monitor, long opening) {}

    Recorders(TimeSource time, @Nullable HistoryFile file, boolean forStatus, Ending ending) {
        this.time = time;
        this.file = file;
        this.forStatus = forStatus;
        this.ending = ending;
    }

    /**
     * Records a profile, if anything is to be recorded.
     *
     * @param target the profile
     * @param manager its open offline object
     * @param giveBack learns how to end it
     */
    void add(Target target, OfflineManager manager, GiveBack giveBack) {
        HistoryFile to = file;
        if (to == null && !forStatus) {
            return;
        }
        ConnectionMonitor monitor = ConnectionMonitor.builder()
                .manager(manager)
                .time(time)
                .historySize(0)
                .open();
        giveBack.remember(() -> {
            monitor.close();
            if (to != null) {
                write(() -> to.end(target, time.instant()));
            }
        });
        recorders.add(new Recorder(target, monitor, monitor.status().changes()));
        if (to != null) {
            monitor.listen(change -> write(() -> to.add(target, change)));
        }
    }

    private void write(Runnable writing) {
        if (failure != null) {
            return;
        }
        try {
            writing.run();
        } catch (OutputException e) {
            failure = e;
            ending.reach();
        }
    }

    /**
     * Why the history could not be written.
     *
     * @return null where it could
     */
    @Nullable
    OutputException failure() {
        return failure;
    }

    /**
     * What holds now, of each profile.
     *
     * @return a line
     */
    String status() {
        StringBuilder text = new StringBuilder();
        for (Recorder recorder : recorders) {
            ConnectionStatus status = recorder.monitor.status();
            ConnectionHistory history = recorder.monitor.history();
            Duration since = Duration.between(status.since(), time.instant());
            text.append(text.isEmpty() ? "" : " | ")
                    .append(Text.line(recorder.target.profile()))
                    .append(' ')
                    .append(status.state())
                    .append(" for ")
                    .append(Durations.text(since.isNegative() ? Duration.ZERO : since))
                    .append(", ")
                    .append(Text.counted(status.changes() - recorder.opening, "change"))
                    .append(", offline ")
                    .append(Durations.text(history.timeOffline()));
        }
        return text.toString();
    }
}
