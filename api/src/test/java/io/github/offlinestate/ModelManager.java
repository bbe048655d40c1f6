package io.github.offlinestate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An offline object that keeps the contract, one small step at a time, and lets {@link Choices} say how many steps of
 * the provider come before, within and after each call of the client. All on one thread, so that every interleaving can
 * be tried.
 */
final class ModelManager implements OfflineManager {
    /** What may happen to a profile. */
    enum Happening {
        CHANGE,
        ABORT,
        LOSS,
        LOSS_AND_CHANGE,
        LOST_IN_FLIGHT_THEN_CHANGED,
        LOST_IN_FLIGHT_THEN_ABORTED
    }

    private final Capabilities capabilities;
    private final Choices choices;
    private final Deque<Runnable> steps = new ArrayDeque<>();

    /** What a client with a perfect view would see: each state in turn; UNKNOWN while it is away. */
    final List<Connectivity> truth = new ArrayList<>();

    /** Where in {@link #truth} the registration was made. */
    int truthAtAdvise;

    final List<Object> log = new ArrayList<>();

    private ConnectionState state;
    private ConnectionState backend;
    private boolean away;
    private OfflineNotify callback;
    private boolean registeredAtChange;
    private boolean inCallback;

    ModelManager(Capabilities capabilities, ConnectionState state, Choices choices) {
        this.capabilities = capabilities;
        this.choices = choices;
        this.state = state;
        this.backend = state;
        truth.add(Connectivity.of(state));
    }

    void happen(Happening what) {
        ConnectionState from = backend;
        ConnectionState to = from.opposite();
        boolean told = capabilities.notifies(to);
        switch (what) {
            case CHANGE -> {
                change(told, from, to);
                backend = to;
            }
            case ABORT -> {
                if (told) {
                    start(from, to);
                    done(from, from);
                }
            }
            case LOSS -> {
                loss();
                restored(from);
            }
            case LOSS_AND_CHANGE -> {
                loss();
                if (told) {
                    restored(from);
                    change(true, from, to);
                } else {
                    restored(to);
                }
                backend = to;
            }
            case LOST_IN_FLIGHT_THEN_CHANGED, LOST_IN_FLIGHT_THEN_ABORTED -> {
                boolean changes = what == Happening.LOST_IN_FLIGHT_THEN_CHANGED;
                if (told) {
                    start(from, to);
                    loss();
                    restored(from);
                    if (changes) {
                        flip(to);
                        changed(from, to);
                        done(from, to);
                        backend = to;
                    } else {
                        done(from, from);
                    }
                }
            }
        }
    }

    private void change(boolean told, ConnectionState from, ConnectionState to) {
        if (told) {
            start(from, to);
        }
        flip(to);
        if (told) {
            changed(from, to);
            done(from, to);
        }
    }

    private void start(ConnectionState from, ConnectionState to) {
        steps.add(() -> notify(NotifyType.STATECHANGE_START, from, to));
    }

    private void flip(ConnectionState to) {
        steps.add(() -> {
            log.add(to);
            state = to;
            truth.add(Connectivity.of(to));
        });
    }

    private void changed(ConnectionState from, ConnectionState to) {
        steps.add(() -> registeredAtChange = callback != null); // who is told is settled after the flip
        steps.add(() -> {
            if (registeredAtChange) {
                notify(NotifyType.STATECHANGE, from, to);
            }
        });
    }

    private void done(ConnectionState from, ConnectionState to) {
        steps.add(() -> notify(NotifyType.STATECHANGE_DONE, from, to));
    }

    private void loss() {
        steps.add(() -> {
            log.add("away");
            away = true;
            truth.add(Connectivity.UNKNOWN);
        });
        steps.add(() -> notify(NotifyType.BACKEND_LOST, 0, 0, 0));
    }

    private void restored(ConnectionState now) {
        steps.add(() -> {
            log.add("back, in");
            log.add(now);
            away = false;
            state = now;
            truth.add(Connectivity.of(now));
        });
        steps.add(() -> notify(NotifyType.BACKEND_RESTORED, 0, 0, 0));
    }

    private void notify(NotifyType type, ConnectionState from, ConnectionState to) {
        notify(type, MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK, from.code(), to.code());
    }

    private void notify(NotifyType type, int mask, int from, int to) {
        if (callback != null) {
            OfflineNotification notification = new OfflineNotification(type, 0, mask, from, to);
            log.add(notification);
            inCallback = true;
            callback.onNotify(notification);
            inCallback = false;
        }
    }

    /** The provider takes as many steps as it is chosen to; none to be told of within a callback. */
    void pause() {
        if (!inCallback) {
            for (int count = choices.next(steps.size() + 1); count > 0; count--) {
                step();
            }
        }
    }

    boolean step() {
        Runnable step = steps.poll();
        if (step == null) {
            return false;
        }
        step.run();
        return true;
    }

    ConnectionState state() {
        return state;
    }

    @Override
    public AdviseToken advise(AdviseInfo info) {
        pause();
        callback = (OfflineNotify) info.callback();
        truthAtAdvise = truth.size() - 1;
        log.add("advised");
        pause();
        return new AdviseToken(1);
    }

    @Override
    public void unadvise(AdviseToken token) {
        callback = null;
    }

    @Override
    public ConnectionState currentState() {
        pause();
        ConnectionState read = state;
        boolean failed = away;
        log.add(failed ? "reading fails" : "read");
        pause();
        log.add("reading returns");
        if (failed) {
            throw new OfflineStateException(HResult.MAPI_E_END_OF_SESSION, "the model is away");
        }
        return read;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public void setCurrentState(ConnectionState wanted, SetFlag flag) {
        throw new OfflineStateException(HResult.MAPI_E_NO_SUPPORT, "a model is not set");
    }

    @Override
    public boolean canSet() {
        return false;
    }

    @Override
    public void close() {
        callback = null;
    }
}
