package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the objects of one profile share. Its lock guards all fields and is never held while a client or the source
 * runs. What the source reports becomes steps; one thread at a time takes them in order and tells the clients.
 */
class PlainProfile implements BackendSink {
    private static final Logger LOG = System.getLogger("io.github.offlinestate.tck.catalogue");
    private static final int BOUND = 1_024;

    private final PlainProvider provider;
    private final String name;
    private final Deque<PlainStep> queue = new ArrayDeque<>();
    private final Set<Registration> registrations = new LinkedHashSet<>();
    private @Nullable Backend backend;
    private Capabilities capabilities = Capabilities.NONE;
    private int objects;
    private boolean connected;
    private boolean closed;

    /** What readers see. */
    private @Nullable ConnectionState state;

    /** The state that holds when all that is queued has been told. */
    private @Nullable ConnectionState planned;

    private @Nullable Throwable lostBy;

    /** Readers see the loss until just before BACKEND_RESTORED is told. */
    private @Nullable Throwable seenLost;

    private boolean startOpen;
    private long starts;
    private TimeSource.@Nullable Scheduled startTimer;
    private @Nullable PlainRequest request;
    private long facts;

    private long leftOut;

    private boolean draining;
    private @Nullable PlainStep running;
    private boolean startTold;
    private @Nullable Registration calling;
    private @Nullable Thread callingThread;

    PlainProfile(PlainProvider provider, String name) {
        this.provider = provider;
        this.name = name;
    }

    final String name() {
        return name;
    }

    final PlainProvider provider() {
        return provider;
    }

    // Opening and closing, under the provider's lock.

    final void connect() {
        Backend opened = provider.openBackend(name, this);
        ConnectionState now = opened.currentState();
        OfflineStateException failure = null;
        synchronized (this) {
            backend = opened;
            capabilities = opened.capabilities();
            planned = planned == null ? now : planned; // a report is newer than what was read
            state = planned;
            connected = true;
            if (lostBy != null) {
                failure = away("open", lostBy);
            }
        }
        if (failure != null) {
            opened.close();
            throw failure;
        }
        startNotifier();
    }

    final synchronized PlainManager join() {
        requireThere();
        objects++;
        return manager();
    }

    /** Who opens meets the loss at once (OPEN-7). */
    void requireThere() {
        if (lostBy != null) {
            throw away("open", lostBy);
        }
    }

    PlainManager manager() {
        return new PlainManager(this);
    }

    /** Whether it was the last object. */
    final synchronized boolean leave() {
        objects--;
        return objects == 0;
    }

    final void disconnect() {
        synchronized (this) {
            closed = true;
            queue.clear();
            stopStartTimer();
            notifyAll();
        }
        closeBackend();
    }

    void closeBackend() {
        backend().close();
    }

    final synchronized Backend backend() {
        if (backend == null) {
            throw new IllegalStateException(name + " is not connected");
        }
        return backend;
    }

    final synchronized Capabilities capabilities() {
        return capabilities;
    }

    final boolean canSet() {
        return backend().canSet();
    }

    // Reading.

    ConnectionState read() {
        discover();
        synchronized (this) {
            if (seenLost != null) {
                throw away("GetCurrentState", seenLost);
            }
            return state();
        }
    }

    final synchronized ConnectionState state() {
        if (state == null) {
            throw new IllegalStateException(name + " is not connected");
        }
        return state;
    }

    final synchronized ConnectionState planned() {
        return planned == null ? state() : planned;
    }

    /** Where the source cannot tell every change, it is asked, unless a report is on its way (STATE-4). */
    void discover() {
        long then;
        synchronized (this) {
            if (capabilities.notifiesBoth() || isUnderWay() || lostBy != null) {
                return;
            }
            then = facts;
        }
        ConnectionState now = backend().currentState();
        synchronized (this) {
            if (facts == then && !isUnderWay() && lostBy == null && now != planned && !capabilities.notifies(now)) {
                planned = now;
                become(now);
            }
        }
    }

    final synchronized void become(ConnectionState now) {
        state = now;
    }

    /** Whether anything has ever been reported. */
    final synchronized boolean hasChanged() {
        return facts > 0;
    }

    private OfflineStateException away(String call, Throwable cause) {
        return new OfflineStateException(
                HResult.MAPI_E_END_OF_SESSION, call + ": the source of " + name + " is away: " + cause, cause);
    }

    // Setting.

    void set(PlainManager manager, ConnectionState target, SetFlag flag) {
        discover();
        PlainRequest begun = begin(manager, target, flag);
        if (begun != null) {
            ask(begun);
            if (flag == SetFlag.BLOCK) {
                begun.await();
            }
        }
    }

    /** The request, or nothing where the state is that one already. */
    private synchronized @Nullable PlainRequest begin(PlainManager manager, ConnectionState target, SetFlag flag) {
        manager.requireOpen();
        requirePresent(manager);
        if (flag == SetFlag.BLOCK && !mayBlock()) {
            throw pending("waiting inside a callback would never end");
        }
        requireFree(manager);
        if (state() == target) {
            alreadyThere(target);
            return null;
        }
        PlainRequest begun = new PlainRequest(manager, target);
        request = begun;
        return begun;
    }

    private static OfflineStateException pending(String why) {
        return new OfflineStateException(HResult.E_PENDING, "SetCurrentState: " + why + "; try again later");
    }

    void requirePresent(PlainManager manager) {
        if (seenLost != null) {
            throw away("SetCurrentState", seenLost);
        }
    }

    boolean mayBlock() {
        return !Callbacks.isInside();
    }

    void requireFree(PlainManager manager) {
        if (isUnderWay()) {
            throw pending("a change of " + name + " is under way");
        }
    }

    /** Nobody is told (SET-5). */
    void alreadyThere(ConnectionState target) {}

    final synchronized boolean isUnderWay() {
        return request != null
                || startOpen
                || (running != null && running.isTransition())
                || queue.stream().anyMatch(PlainStep::isTransition);
    }

    final synchronized boolean isOwnChange(PlainManager manager) {
        return request != null && request.manager() == manager;
    }

    /** On a thread of its own: neither the caller's interrupt nor a slow source matters to the other. */
    void ask(PlainRequest begun) {
        startThread("request", () -> {
            CompletionStage<Void> outcome = backend().beginChange(begun.target());
            outcome.whenComplete((done, thrown) -> answered(begun, thrown));
        });
    }

    final void answered(PlainRequest asked, @Nullable Throwable thrown) {
        fact(() -> {
            if (request == asked && !asked.isDecided()) {
                if (thrown == null) {
                    change(asked.target());
                } else {
                    refused(asked, thrown);
                }
            }
        });
        wake();
    }

    void refused(PlainRequest asked, Throwable thrown) {
        OfflineStateException failure = new OfflineStateException(
                HResult.MAPI_E_CALL_FAILED,
                "SetCurrentState: the source of " + name + " cannot go " + asked.target() + ": " + thrown,
                thrown);
        logRefused(failure);
        asked.decide();
        failCaller(asked, failure);
        if (startOpen && !removeQueued(PlainStep::isStart)) {
            add(PlainStep.abort(planned(), asked));
        } else {
            finish(asked);
        }
        startOpen = false;
    }

    void logRefused(OfflineStateException failure) {
        LOG.log(Level.INFO, failure.getMessage());
    }

    void failCaller(PlainRequest asked, OfflineStateException failure) {
        asked.failWith(failure);
    }

    /** Free first, then whoever waits goes on (SET-4). */
    private void finish(PlainRequest done) {
        free(done);
        done.end();
    }

    void free(PlainRequest done) {
        if (request == done) {
            request = null;
        }
    }

    /** Nobody is told what became of the request. */
    final void dropRequest() {
        if (request != null) {
            finish(request);
        }
    }

    /** Lets who waits for a step's request go on. */
    static void endCaller(PlainStep step) {
        if (step.request() != null) {
            step.request().end();
        }
    }

    // What the source reports. It is called under the source's lock, so it only takes note.

    private synchronized void fact(Runnable fact) {
        if (!closed) {
            facts++;
            fact.run();
            notifyAll();
        }
    }

    @Override
    public final void changed(ConnectionState now) {
        fact(() -> {
            if (!connected) {
                planned = now;
            } else if (lostBy == null) {
                change(now);
            }
        });
    }

    private void change(ConnectionState now) {
        if (now == planned()) {
            boolean known = request != null && request.target() == now; // reported before it was answered
            if (known || capabilities.notifiesBoth() || !capabilities.notifies(now) || !mayHaveBeenElsewhere()) {
                return;
            }
            queueChange(now.opposite()); // which the source could not tell
        }
        queueChange(now);
    }

    /** The source cannot tell all, and says again what it said before. */
    boolean mayHaveBeenElsewhere() {
        return true;
    }

    void queueChange(ConnectionState to) {
        boolean continues = startOpen;
        stopStartTimer();
        startOpen = false;
        planned = to;
        PlainRequest decided = request != null && !request.isDecided() && request.target() == to ? request : null;
        if (decided != null) {
            decided.decide();
        }
        add(PlainStep.change(to, isTold(to), continues, decided));
    }

    boolean isTold(ConnectionState to) {
        return capabilities.notifies(to);
    }

    @Override
    public final void changeStarting(ConnectionState target) {
        fact(() -> {
            if (connected && lostBy == null && !startOpen && target != planned() && capabilities.notifies(target)) {
                startOpen = true;
                starts++;
                startTimer = limitStart(starts);
                add(PlainStep.start(planned()));
            }
        });
    }

    TimeSource.@Nullable Scheduled limitStart(long start) {
        return TimeSource.system().schedule(() -> startExpired(start), provider.startLimit());
    }

    private void startExpired(long start) {
        fact(() -> {
            if (starts == start && startTimer != null) {
                closeStart();
            }
        });
        wake();
    }

    @Override
    public final void changeCancelled() {
        fact(() -> {
            if (lostBy == null) {
                closeStart();
            }
        });
    }

    /** A START that is waiting to be told reaches nobody; one that was told is closed by an abort. */
    final void closeStart() {
        if (startOpen) {
            stopStartTimer();
            startOpen = false;
            if (!removeQueued(PlainStep::isStart)) {
                add(PlainStep.abort(planned(), null));
            }
        }
    }

    final void stopStartTimer() {
        if (startTimer != null) {
            startTimer.cancel();
            startTimer = null;
        }
    }

    @Override
    public final void backendLost(Throwable cause) {
        fact(() -> {
            if (!connected) {
                lostBy = cause;
            } else if (lostBy == null) {
                lose(cause);
                add(PlainStep.lost(planned()));
            }
        });
    }

    void lose(Throwable cause) {
        lostBy = cause;
        seenLost = cause;
        stopForLoss();
        forgetStart();
        loseRequest(cause);
    }

    /** The time of an open START stands still; the restoring closes it. */
    void stopForLoss() {
        stopStartTimer();
    }

    void forgetStart() {
        if (startOpen && removeQueued(PlainStep::isStart)) {
            startOpen = false;
        }
    }

    void loseRequest(Throwable cause) {
        PlainRequest waiting = request;
        if (waiting != null) {
            waiting.decide();
            waiting.failWith(away("SetCurrentState", cause));
            finish(waiting);
        }
    }

    final void freeRequest() {
        if (request != null) {
            request.decide();
            request = null;
        }
    }

    @Override
    public final void backendRestored(ConnectionState now) {
        fact(() -> {
            if (connected && lostBy != null) {
                restore(now);
            }
        });
    }

    void restore(ConnectionState now) {
        lostBy = null;
        add(PlainStep.restored(planned()));
        if (now == planned()) {
            closeStart();
        } else {
            queueRestoredChange(now);
        }
    }

    void queueRestoredChange(ConnectionState now) {
        queueChange(now);
    }

    @Override
    public final void otherNotification(int type, int mask, int oldState, int newState) {
        fact(() -> {
            if (connected && lostBy == null && foreign() < BOUND) {
                add(PlainStep.foreign(
                        planned(), new OfflineNotification(new NotifyType(type), 0, mask, oldState, newState)));
            }
        });
    }

    // The queue.

    private long foreign() {
        return queue.size() < BOUND
                ? 0
                : queue.stream().filter(PlainStep::isForeign).count();
    }

    /** Of clients that lag, what comes after the oldest 1,024 transitions and is undone again is left out. */
    void add(PlainStep step) {
        PlainStep last = queue.peekLast();
        if (last != null && last.isUndoneBy(step) && (isLong() || (last.isLoss() && isLongWithLosses()))) {
            queue.removeLast();
            leftOut++;
            if (Long.bitCount(leftOut) == 1) {
                logLeftOut(leftOut);
            }
            if (step.kind() == PlainStep.Kind.RESTORED) {
                seenLost = null;
            }
        } else {
            queue.add(step);
        }
    }

    boolean isLong() {
        return queue.size() > BOUND
                && queue.stream().filter(PlainStep::isToldTransition).count() > BOUND;
    }

    boolean isLongWithLosses() {
        return queue.size() > BOUND
                && queue.stream()
                                .filter(step -> step.isToldTransition() || step.isLoss())
                                .count()
                        > BOUND;
    }

    /** Now and then: at the first, and then at twice as many each. */
    void logLeftOut(long count) {
        LOG.log(Level.INFO, "clients of {0} lag: {1} changes or losses that came to nothing are left out", name, count);
    }

    final int queued() {
        return queue.size();
    }

    final void addFirst(PlainStep step) {
        queue.addFirst(step);
    }

    final void plan(ConnectionState now) {
        planned = now;
    }

    final boolean removeQueued(Predicate<PlainStep> which) {
        return queue.removeIf(which);
    }

    /** The change that waits next, if it is one of the source's own. */
    final synchronized @Nullable PlainStep nextChange() {
        PlainStep next = queue.peek();
        return next != null && next.isPlainChange() ? next : null;
    }

    // Registering.

    long nextToken() {
        return provider.nextToken();
    }

    final synchronized long advise(PlainManager owner, OfflineNotify callback, int clientToken) {
        owner.requireOpen();
        long token = owner.nextToken();
        register(new Registration(owner, token, callback, clientToken));
        return token;
    }

    void register(Registration registration) {
        registrations.add(registration);
    }

    final synchronized List<Registration> registered() {
        return List.copyOf(registrations);
    }

    /** Removes a registration; outside of callbacks, waits for a call of it that runs (UNADVISE-2). */
    synchronized void unadvise(PlainManager owner, long token) {
        removeMeant(owner, token);
        while (mayAwaitReturn() && isCalling(owner, token)) {
            awaitReturn();
        }
    }

    final void removeMeant(PlainManager owner, long token) {
        for (Registration one : registered()) {
            if (isMeant(one, owner, token)) {
                unregister(one);
                return;
            }
        }
    }

    boolean isMeant(Registration registration, PlainManager owner, long token) {
        return registration.owner() == owner && registration.token() == token;
    }

    void unregister(Registration registration) {
        registrations.remove(registration);
        registration.remove();
    }

    /** Removes all of one object's, with the same guarantee, and ends who waits in a set through it (CLOSE-1). */
    final synchronized void leave(PlainManager owner) {
        endCallerOf(owner);
        unregisterAll(owner);
        awaitReturnOfAll(owner);
    }

    void endCallerOf(PlainManager owner) {
        if (request != null && request.manager() == owner) {
            request.failWith(owner.closedFailure());
            request.end();
        }
    }

    void unregisterAll(PlainManager owner) {
        for (Registration one : registered()) {
            if (one.owner() == owner) {
                unregister(one);
            }
        }
    }

    void awaitReturnOfAll(PlainManager owner) {
        while (mayAwaitReturn() && isCalling(owner)) {
            awaitReturn();
        }
    }

    boolean mayAwaitReturn() {
        return !Callbacks.isInside();
    }

    final synchronized boolean isCalling() {
        return calling != null;
    }

    final synchronized boolean isCalling(PlainManager owner) {
        return calling != null && calling.owner() == owner;
    }

    final boolean isCalling(PlainManager owner, long token) {
        return calling != null && calling.owner() == owner && calling.token() == token;
    }

    final synchronized boolean isCallingHere() {
        return callingThread == Thread.currentThread();
    }

    /** Under the lock, until something has changed; an interrupt does not shorten it and is kept. */
    void awaitReturn() {
        boolean interrupted = false;
        Registration waitedFor = calling;
        while (calling == waitedFor) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // Telling.

    void startNotifier() {
        startThread("notifier", () -> {
            while (awaitStep()) {
                drain();
            }
        });
    }

    private synchronized boolean awaitStep() {
        while (queue.isEmpty() && !isOver()) {
            try {
                wait();
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "somebody interrupted the notifier of " + name);
            }
        }
        return !isOver();
    }

    boolean isOver() {
        return closed;
    }

    /** Something may have to be told that no report of the source has said. */
    void wake() {}

    final void startThread(String what, Runnable work) {
        Thread thread = new Thread(work, "plain-" + what + "-" + name);
        thread.setDaemon(isDaemon());
        thread.setUncaughtExceptionHandler(
                (dead, thrown) -> LOG.log(Level.WARNING, dead.getName() + " has died", thrown));
        thread.start();
    }

    boolean isDaemon() {
        return true;
    }

    /** Tells all that is there to be told, unless another thread does. */
    final void drain() {
        for (PlainStep step = next(); step != null; step = next()) {
            perform(step);
            done(step);
        }
    }

    private synchronized @Nullable PlainStep next() {
        if (draining || queue.isEmpty()) {
            return null;
        }
        draining = true;
        running = queue.poll();
        return running;
    }

    private synchronized void done(PlainStep step) {
        draining = false;
        running = null;
        if (step.request() != null) {
            finish(step.request());
        }
    }

    /** As if it were done, although there is more to tell. */
    final synchronized void freeEarly(PlainStep step) {
        running = null;
        if (step.request() != null) {
            finish(step.request());
        }
    }

    private void perform(PlainStep step) {
        switch (step.kind()) {
            case START -> startTold = tell(NotifyType.STATECHANGE_START, step);
            case CHANGE -> performChange(step);
            case UNTOLD_CHANGE -> performUntoldChange(step);
            case ABORT -> performAbort(step);
            case LOST -> performLost();
            case RESTORED -> performRestored();
            case FOREIGN -> performForeign(step);
        }
    }

    void performChange(PlainStep step) {
        tellStart(step);
        become(step.to());
        tell(NotifyType.STATECHANGE, step);
        tell(NotifyType.STATECHANGE_DONE, step);
    }

    /** Unless the source began the change and somebody has been told so. */
    final void tellStart(PlainStep step) {
        if (!startTold) {
            tell(NotifyType.STATECHANGE_START, step);
        }
        startTold = false;
    }

    void performUntoldChange(PlainStep step) {
        become(step.to());
    }

    private void performAbort(PlainStep step) {
        if (startTold) {
            tell(NotifyType.STATECHANGE_DONE, step);
        }
        startTold = false;
    }

    void performLost() {
        tellAll(new OfflineNotification(NotifyType.BACKEND_LOST, 0, 0, 0, 0));
    }

    void performRestored() {
        endLoss();
        tellRestored(recipients());
    }

    final synchronized boolean isLost() {
        return lostBy != null;
    }

    /** Unless it is away again. */
    final synchronized void endLoss() {
        seenLost = lostBy;
    }

    final void tellRestored(List<Registration> whom) {
        whom.forEach(one -> tellOne(one, new OfflineNotification(NotifyType.BACKEND_RESTORED, 0, 0, 0, 0)));
    }

    void performForeign(PlainStep step) {
        if (step.foreign() != null) {
            tellAll(step.foreign());
        }
    }

    /** Whether there was somebody to tell. */
    boolean tell(NotifyType type, PlainStep step) {
        return tellAll(notification(type, step));
    }

    OfflineNotification notification(NotifyType type, PlainStep step) {
        return new OfflineNotification(
                type,
                0,
                MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK,
                step.from().code(),
                step.to().code());
    }

    boolean tellAll(OfflineNotification what) {
        List<Registration> whom = recipients();
        whom.forEach(one -> tellOne(one, what));
        return !whom.isEmpty();
    }

    List<Registration> recipients() {
        return registered();
    }

    void tellOne(Registration one, OfflineNotification what) {
        OfflineNotify callback = beginCall(one);
        if (callback != null) {
            try {
                call(callback, addressed(what, one));
            } finally {
                endCall();
            }
        }
    }

    OfflineNotification addressed(OfflineNotification what, Registration to) {
        return new OfflineNotification(what.type(), to.clientToken(), what.mask(), what.oldState(), what.newState());
    }

    /** Whom to call, announced; nobody where it has been removed meanwhile. */
    private synchronized @Nullable OfflineNotify beginCall(Registration one) {
        OfflineNotify callback = callbackOf(one);
        if (callback != null) {
            calling = one;
            callingThread = Thread.currentThread();
        }
        return callback;
    }

    @Nullable
    OfflineNotify callbackOf(Registration one) {
        return one.callback();
    }

    private synchronized void endCall() {
        calling = null;
        callingThread = null;
        notifyAll();
    }

    /** What a client throws, or leaves behind as an interrupt, is its own affair (NOTIFY-6). */
    void call(OfflineNotify callback, OfflineNotification what) {
        try {
            Callbacks.inside(() -> callback.onNotify(what));
        } catch (Throwable thrown) {
            logThrown(thrown);
        }
        clearInterrupt();
    }

    final void logThrown(Throwable thrown) {
        LOG.log(Level.WARNING, "a callback of " + name + " threw", thrown);
    }

    void clearInterrupt() {
        boolean unused = Thread.interrupted();
    }
}
