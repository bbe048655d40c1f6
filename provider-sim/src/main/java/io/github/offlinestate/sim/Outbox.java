package io.github.offlinestate.sim;

import io.github.offlinestate.TimeSource;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a source has to say, said in its order, by one thread at a time, and under no lock: put in while the source's
 * lock is held, sent after it was released.
 */
final class Outbox {
    private final TimeSource time;
    private final Queue<Report> reports = new ArrayDeque<>();
    private boolean sending;

    Outbox(TimeSource time) {
        this.time = time;
    }

    synchronized void put(String what, Runnable send) {
        reports.add(new Report(time.begin(what), what, send));
    }

    /** Sends all reports; where another thread is sending already, it sends these too. */
    void send() {
        Report report = nextUnlessSending();
        while (report != null) {
            try {
                report.send.run();
            } catch (RuntimeException | Error e) {
                Log.LOG.log(Level.ERROR, report.what + " failed: a sink has to take every report", e);
            } finally {
                report.work.finish();
            }
            report = next();
        }
    }

    private synchronized @Nullable Report nextUnlessSending() {
        if (sending) {
            return null;
        }
        sending = true;
        return next();
    }

    private synchronized @Nullable Report next() {
        Report report = reports.poll();
        sending = report != null;
        return report;
    }

    private record Report(TimeSource.Work work, String what, Runnable send) {}
}
