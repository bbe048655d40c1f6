package io.github.offlinestate;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An offline object that keeps the contract in the simplest way: what a test makes happen is notified on the test's
 * thread, which is the provider's then, before the call returns.
 */
final class FakeManager implements OfflineManager {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notNotifying = lock.newCondition();
    private final Map<AdviseToken, OfflineNotify> callbacks = new LinkedHashMap<>();
    private final Capabilities capabilities;
    private final Queue<Throwable> refusals = new ArrayDeque<>();
    private volatile ConnectionState state;
    private volatile RuntimeException unreadable;
    private volatile boolean closed;
    private volatile boolean settable = true;
    private Thread notifying;
    private long tokens;
    private volatile RuntimeException adviseRefusal;
    private volatile CountDownLatch hanging;
    private volatile boolean interrupted;
    private volatile RuntimeException closeFailure;

    FakeManager() {
        this(Capabilities.BOTH, ConnectionState.ONLINE);
    }

    FakeManager(Capabilities capabilities, ConnectionState state) {
        this.capabilities = capabilities;
        this.state = state;
    }

    void go(ConnectionState to) {
        ConnectionState from = state;
        if (from == to) {
            return;
        }
        boolean told = capabilities.notifies(to);
        if (told) {
            tell(NotifyType.STATECHANGE_START, from, to);
        }
        state = to;
        if (told) {
            tell(NotifyType.STATECHANGE, from, to);
            tell(NotifyType.STATECHANGE_DONE, from, to);
        }
    }

    void flip(int times) {
        for (int i = 0; i < times; i++) {
            go(state.opposite());
        }
    }

    void start(ConnectionState to) {
        tell(NotifyType.STATECHANGE_START, to.opposite(), to);
    }

    void abort() {
        tell(NotifyType.STATECHANGE_DONE, state, state);
    }

    void goAway() {
        unreadable = new OfflineStateException(HResult.MAPI_E_END_OF_SESSION, "the source is away");
        tell(NotifyType.BACKEND_LOST, 0, 0, 0);
    }

    void comeBack(ConnectionState in) {
        unreadable = null;
        ConnectionState before = state;
        if (!capabilities.notifies(in)) {
            state = in;
        }
        tell(NotifyType.BACKEND_RESTORED, 0, 0, 0);
        if (before != in) {
            go(in);
        }
    }

    void failReading(RuntimeException failure) {
        unreadable = failure;
    }

    void refuseToSet(Throwable... failures) {
        refusals.addAll(List.of(failures));
    }

    void refuseToAdvise(RuntimeException failure) {
        adviseRefusal = failure;
    }

    /** The next call that sets counts down and hangs until it is interrupted. */
    void hangInSetting(CountDownLatch reached) {
        hanging = reached;
    }

    boolean settingWasInterrupted() {
        return interrupted;
    }

    void failClosing(RuntimeException failure) {
        closeFailure = failure;
    }

    void cannotBeSet() {
        settable = false;
    }

    void tell(NotifyType type, int mask, int from, int to) {
        for (Map.Entry<AdviseToken, OfflineNotify> entry : List.copyOf(callbacks.entrySet())) {
            lock.lock();
            notifying = Thread.currentThread();
            lock.unlock();
            try {
                entry.getValue().onNotify(new OfflineNotification(type, 0, mask, from, to));
            } finally {
                lock.lock();
                notifying = null;
                notNotifying.signalAll();
                lock.unlock();
            }
        }
    }

    private void tell(NotifyType type, ConnectionState from, ConnectionState to) {
        tell(type, MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK, from.code(), to.code());
    }

    int registrations() {
        return callbacks.size();
    }

    private void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
            throw new OfflineStateException(HResult.MAPI_E_USER_CANCEL, "interrupted", e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public AdviseToken advise(AdviseInfo info) {
        if (adviseRefusal != null) {
            throw adviseRefusal;
        }
        AdviseToken token = new AdviseToken(++tokens);
        callbacks.put(token, (OfflineNotify) info.callback());
        return token;
    }

    @Override
    public void unadvise(AdviseToken token) {
        callbacks.remove(token);
        lock.lock();
        try {
            while (notifying != null && notifying != Thread.currentThread()) {
                notNotifying.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ConnectionState currentState() {
        if (closed) {
            throw new OfflineStateException(HResult.MAPI_E_NOT_INITIALIZED, "closed");
        }
        RuntimeException failure = unreadable;
        if (failure != null) {
            throw failure;
        }
        return state;
    }

    @Override
    public void setCurrentState(ConnectionState wanted, SetFlag flag) {
        CountDownLatch reached = hanging;
        if (reached != null) {
            reached.countDown();
            hang();
        }
        Throwable refusal = refusals.poll();
        if (refusal instanceof Error error) {
            throw error;
        }
        if (refusal != null) {
            throw (RuntimeException) refusal;
        }
        go(wanted);
    }

    @Override
    public boolean canSet() {
        return settable;
    }

    @Override
    public void close() {
        closed = true;
        callbacks.clear();
        if (closeFailure != null) {
            throw closeFailure;
        }
    }
}
