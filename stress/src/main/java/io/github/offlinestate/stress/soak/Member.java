package io.github.offlinestate.stress.soak;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.StateChange;
import io.github.offlinestate.stress.model.Findings;
import io.github.offlinestate.stress.model.Mistake;
import io.github.offlinestate.stress.model.Witness;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One registration, from Advise to Unadvise or close. */
public final class Member {
    private static final long SLOW_NANOS = 1_000_000;
    private static final int SLOW_EVERY = 64;
    private static final int LEAVES_AFTER = 100;

    private final OfflineManager manager;
    private final Course course;
    private final Findings findings;
    private final Behaviour behaviour;
    private final Duration hang;
    private final Witness witness;
    private volatile @Nullable AdviseToken token;
    private volatile boolean left;
    private int calls;

    Member(
            OfflineManager manager,
            Course course,
            Findings findings,
            int clientToken,
            Behaviour behaviour,
            Duration hang) {
        this.manager = manager;
        this.course = course;
        this.findings = findings;
        this.behaviour = behaviour;
        this.hang = hang;
        this.witness = new Witness(course.ledger(), findings, clientToken, this::act);
    }

    Witness witness() {
        return witness;
    }

    void join() {
        witness.joining(course.toldToAll());
        token = manager.advise(witness, witness.clientToken());
        witness.joined();
        try {
            witness.read(manager.currentState());
        } catch (OfflineStateException e) {
            requireAway(e);
        }
    }

    void leave() {
        int told = course.toldToAll();
        AdviseToken mine = token;
        if (mine != null) {
            manager.unadvise(mine);
        }
        gone(told);
    }

    /** Unadvise or close has returned; before it was called, that much had been told to everybody. */
    void gone(int told) {
        if (!left) {
            witness.removed();
        }
        if (!left && behaviour != Behaviour.HANGS) {
            witness.requireTold(told);
        }
    }

    /** Whether it has been told everything, or has removed itself. */
    boolean isAtEnd() {
        return left || witness.isAtEnd();
    }

    private void act(OfflineNotification told) {
        calls++;
        switch (behaviour) {
            case QUIET -> {}
            case READS -> compareState(told);
            case THROWS -> fail();
            case INTERRUPTS -> Thread.currentThread().interrupt();
            case LEAVES -> removeMyself();
            case SLOW -> {
                if (calls % SLOW_EVERY == 0) {
                    LockSupport.parkNanos(this, SLOW_NANOS);
                }
            }
            case HANGS -> {
                if (calls == 1) {
                    hang();
                }
            }
        }
    }

    private void compareState(OfflineNotification told) {
        StateChange change = told.stateChange().orElse(null);
        if (change == null) {
            return;
        }
        ConnectionState right = change.phase() == StateChange.Phase.START ? change.oldState() : change.newState();
        try {
            ConnectionState now = manager.currentState();
            if (now != right) {
                findings.add(Mistake.WRONG_STATE, witness + " reads " + now + " while it is told " + change);
            }
        } catch (OfflineStateException e) {
            requireAway(e);
        }
    }

    /** Reading fails while the backend is away (LOST-1), and on an object that is closed meanwhile. */
    private void requireAway(OfflineStateException e) {
        if (!e.result().equals(HResult.MAPI_E_END_OF_SESSION) && !e.result().equals(HResult.MAPI_E_NOT_INITIALIZED)) {
            findings.add(Mistake.FAILED_CALL, "GetCurrentState failed with " + e);
        }
    }

    private void fail() {
        if (calls % 2 == 0) {
            throw new IllegalStateException("thrown on purpose");
        }
        throw new AssertionError("thrown on purpose");
    }

    private void removeMyself() {
        AdviseToken mine = token;
        if (calls >= LEAVES_AFTER && mine != null && !left) {
            left = true;
            witness.removedInside();
            manager.unadvise(mine);
        }
    }

    private void hang() {
        long end = System.nanoTime() + hang.toNanos();
        for (long rest = hang.toNanos(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(this, rest);
        }
    }
}
