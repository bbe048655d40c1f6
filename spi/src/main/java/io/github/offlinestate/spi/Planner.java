package io.github.offlinestate.spi;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from each fact: what the backend reports, what becomes of a request, which time is over. Facts
 * are taken in the order in which they come, under the profile's lock, against the state that holds when all that is
 * queued has been told; what follows is queued for the notifier. So here is healed what a backend leaves out, repeats
 * or contradicts.
 */
final class Planner implements BackendSink {
    private static final Set<Integer> STATE_CHANGES = Set.of(
            NotifyType.STATECHANGE_START.code(), NotifyType.STATECHANGE.code(), NotifyType.STATECHANGE_DONE.code());
    private static final Set<Integer> OWN_TYPES =
            Set.of(NotifyType.BACKEND_LOST.code(), NotifyType.BACKEND_RESTORED.code());

    private final ProfileState profile;
    private final Capabilities capabilities;
    private final EngineSettings settings;
    private final Notifier notifier;

    // All guarded by the profile's lock.
    private ConnectionState planned;
    /** The START that waits for its change; an object, so that it is not taken for a later one. */
    private @Nullable Object openStart;

    private TimeSource.@Nullable Scheduled startLimit;
    private boolean lost;
    private @Nullable Request request;
    private long underWaySince;
    /** Where a capability is missing: what the backend will still report of a request that has said its success. */
    private @Nullable ConnectionState expectedReport;
    /** Counts facts, so that who asked the backend knows whether the answer is still the newest. */
    private long facts;

    private boolean closed;
    private final List<Runnable> afterwards = new ArrayList<>();

    Planner(ProfileState profile, Capabilities capabilities, EngineSettings settings, Notifier notifier) {
        this.profile = profile;
        this.capabilities = capabilities;
        this.settings = settings;
        this.notifier = notifier;
        this.planned = profile.view().state();
    }

    // What the backend reports.

    @Override
    public void changed(ConnectionState now) {
        fact("changed", now, () -> {
            if (!lost) {
                change(now);
            }
        });
    }

    @Override
    public void changeStarting(ConnectionState target) {
        fact("changeStarting", target, () -> {
            if (!lost && openStart == null && target != planned && capabilities.notifies(target)) {
                Object start = new Object();
                openStart = start;
                later(() -> limitStart(start));
                add(Step.start(planned));
            }
        });
    }

    @Override
    public void changeCancelled() {
        fact(() -> {
            if (!lost && openStart != null) {
                closeStart(null, null);
            }
        });
    }

    @Override
    public void backendLost(Throwable cause) {
        fact("backendLost", cause, () -> {
            if (!lost) {
                lost = true;
                profile.lose(cause);
                if (openStart != null && notifier.removeStart()) {
                    openStart = null; // it reached nobody
                }
                expectedReport = null;
                if (request != null) {
                    end(request, profile.away("SetCurrentState", cause));
                }
                add(Step.lost(planned));
            }
        });
    }

    @Override
    public void backendRestored(ConnectionState now) {
        fact("backendRestored", now, () -> {
            if (lost) {
                lost = false;
                long loss = profile.view().loss();
                if (!add(Step.restored(planned, loss))) {
                    profile.restore(loss); // neither is told
                }
                if (openStart != null && now == planned) {
                    closeStart(null, null);
                }
            }
            if (now != planned) {
                change(now);
            }
        });
    }

    @Override
    public void otherNotification(int type, int mask, int oldState, int newState) {
        if (OWN_TYPES.contains(type)
                || (STATE_CHANGES.contains(type) && mask == MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK)) {
            Log.warning("the backend of " + profile + " passed on " + new NotifyType(type)
                    + " as a foreign notification; it is not delivered, since it would look like the engine's"
                    + " own: report it by changed, changeStarting, backendLost or backendRestored");
            return;
        }
        OfflineNotification other = new OfflineNotification(new NotifyType(type), 0, mask, oldState, newState);
        fact(() -> {
            if (!lost) {
                add(Step.other(planned, other));
            }
        });
    }

    // What becomes of a request.

    /** The stage of a request has completed, or its time is over. */
    void requestEnded(Request ended, @Nullable Throwable thrown) {
        fact(() -> {
            if (request == ended && !ended.isDecided()) {
                if (thrown == null) {
                    boolean reportToCome = !capabilities.notifiesBoth();
                    change(ended.target());
                    expectedReport = reportToCome ? ended.target() : null;
                } else {
                    fail(ended, thrown);
                }
            }
        });
    }

    private void fail(Request failed, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        Failure failure = new Failure(
                HResult.MAPI_E_CALL_FAILED,
                "SetCurrentState: the backend of " + profile + " could not go " + failed.target() + ": " + cause
                        + "; the state stays " + planned,
                cause);
        decide(failed);
        logUnlessWaitedFor(failed, failure);
        if (openStart != null && closeStart(failed, failure)) {
            return;
        }
        if (notifier.hasTransition()) { // an abort that the backend has asked for itself is told first (SET-6)
            add(Step.failedRequest(planned, failed, failure));
        } else {
            request = null;
            failed.end(failure);
        }
    }

    private void end(Request ended, Failure failure) {
        logUnlessKnown(ended, failure);
        decide(ended);
        ended.end(failure);
        request = null;
    }

    private void logUnlessKnown(Request failed, Failure failure) {
        if (!failed.isDecided()) {
            logUnlessWaitedFor(failed, failure);
        }
    }

    private void logUnlessWaitedFor(Request failed, Failure failure) {
        if (!failed.isWaitedFor()) {
            later(() -> Log.warning(failure.message(), failure.cause())); // nobody else learns of it (SET-6)
        }
    }

    private void limitStart(Object start) {
        TimeSource.Scheduled limit = settings.time().schedule(() -> startExpired(start), settings.startLimit());
        synchronized (profile) {
            if (openStart == start && !lost) {
                startLimit = limit;
                return;
            }
        }
        limit.cancel();
    }

    private void startExpired(Object start) {
        fact(() -> {
            if (openStart == start && !lost) {
                later(() -> Log.warning("the backend of " + profile + " began a change and has not made it within "
                        + settings.startLimit() + "; it is given up"));
                closeStart(null, null);
            }
        });
    }

    // What follows; all under the lock.

    private void change(ConnectionState now) {
        if (now == planned) {
            if (capabilities.notifiesBoth() || !capabilities.notifies(now)) {
                return; // said before
            }
            if (expectedReport == now) {
                expectedReport = null;
                return; // the report of the change that a request's success has told already
            }
            // It was another state meanwhile, which the backend could not tell.
            makeChange(now.opposite(), false);
        }
        expectedReport = null;
        makeChange(now, capabilities.notifies(now));
    }

    private void makeChange(ConnectionState to, boolean told) {
        stopStartLimit();
        Request decided = request != null && !request.isDecided() && request.target() == to ? request : null;
        if (decided != null) {
            decide(decided);
        }
        boolean continues = openStart != null;
        openStart = null;
        planned = to;
        add(Step.change(to, told, continues, decided));
    }

    /** Closes a START without its change; whether somebody may have to be told. */
    private boolean closeStart(@Nullable Request failed, @Nullable Failure failure) {
        stopStartLimit();
        openStart = null;
        return !notifier.removeStart() && add(Step.abort(planned, failed, failure));
    }

    private void decide(Request decided) {
        decided.decide();
        later(decided::cancelLimit);
    }

    private void stopStartLimit() {
        if (startLimit != null) {
            later(startLimit::cancel);
            startLimit = null;
        }
    }

    private boolean add(Step step) {
        boolean added = notifier.add(step);
        logUnlessAdded(added);
        return added;
    }

    private void logUnlessAdded(boolean added) {
        if (!added) {
            later(notifier::logLeftOut);
        }
    }

    /** What a decision wants of others (timers, the log) is done after it, outside the lock. */
    private void later(Runnable task) {
        afterwards.add(task);
    }

    private void fact(String report, Object argument, Runnable decision) {
        if (argument == null) { // from backends without null checking
            Log.warning("the backend of " + profile + " reported " + report + "(null); it is ignored");
        } else {
            fact(decision);
        }
    }

    private void fact(Runnable decision) {
        boolean wake;
        List<Runnable> tasks;
        synchronized (profile) {
            if (closed) {
                return;
            }
            facts++;
            boolean underWay = isUnderWay();
            decision.run();
            if (!underWay) {
                underWaySince = System.nanoTime();
            }
            wake = notifier.claim();
            tasks = takeAfterwards();
        }
        if (wake) {
            notifier.start();
        }
        tasks.forEach(this::runAfterwards);
    }

    private void runAfterwards(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) { // of the time, which is foreign: no report throws
            Log.error("what follows from a report of the backend of " + profile + " failed", e);
        }
    }

    private List<Runnable> takeAfterwards() {
        if (afterwards.isEmpty()) {
            return List.of();
        }
        List<Runnable> tasks = List.copyOf(afterwards);
        afterwards.clear();
        return tasks;
    }

    // What the others ask; all under the lock, which they hold.

    boolean isUnderWay() {
        return request != null || openStart != null || notifier.hasTransition();
    }

    /** How long a change has been under way. */
    long nanosUnderWay() {
        return System.nanoTime() - underWaySince;
    }

    boolean isLost() {
        return lost;
    }

    void begin(Request begun) {
        underWaySince = System.nanoTime();
        request = begun;
    }

    @Nullable
    Request request() {
        return request;
    }

    /** The notifier has told all of a step. */
    void done(Step step) {
        Request ended = step.request();
        if (ended != null) {
            if (request == ended) {
                request = null; // free before anybody who waits goes on (SET-4)
            }
            ended.end(step.failure());
        }
    }

    long facts() {
        return facts;
    }

    /** The backend was asked and is in a state that it could not report (STATE-4). */
    void discover(ConnectionState now, long factsThen) {
        if (!closed && !lost && facts == factsThen && !isUnderWay() && now != planned && !capabilities.notifies(now)) {
            planned = now;
            expectedReport = null;
            profile.become(now);
        }
    }

    /** Nothing that comes from now on matters. */
    void close() {
        List<Runnable> tasks;
        synchronized (profile) {
            closed = true;
            stopStartLimit();
            if (request != null) {
                decide(request);
                request = null;
            }
            tasks = takeAfterwards();
        }
        tasks.forEach(this::runAfterwards);
    }
}
