package io.github.offlinestate.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one delivering thread is calling right now, announced so that Unadvise can wait for exactly that and the
 * watchdog can give it up.
 *
 * <p>The protocol is Dekker's: the thread announces a registration and then looks whether it is still there; Unadvise
 * removes the registration and then looks whether it is announced. Each has a full fence between its two steps (here
 * the exchange itself), so at least one of them sees the other, and no call starts unseen.
 *
 * <p>The watchdog marks an announcement that stands for too long by negating it. The thread finds the mark when it
 * exchanges its next announcement in.
 */
final class Delivery {
    /** Announced while nothing is being called. */
    static final long NOTHING = 0;

    private static final AtomicLong DELIVERIES = new AtomicLong();

    private static final VarHandle ANNOUNCED;
    private static final VarHandle ROUNDS;
    private static final VarHandle OWNER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ANNOUNCED = lookup.findVarHandle(Delivery.class, "announced", long.class);
            ROUNDS = lookup.findVarHandle(Delivery.class, "rounds", long.class);
            OWNER = lookup.findVarHandle(Delivery.class, "owner", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The token of the registration being called, negated where it was given up, or {@link #NOTHING}. */
    private volatile long announced;

    /** Which offline object's registration it is; written before the announcement, so that who sees that sees this. */
    @SuppressWarnings("UnusedVariable") // by its handle
    private int owner;

    /**
     * Counts rounds, in each of which a registration is announced once at most, so that the watchdog tells one long call
     * from two short ones of one registration. No two deliveries have a round in common: each is short where each change
     * is delivered before the next comes, and their third rounds would look like one call that lasts.
     */
    private long rounds = DELIVERIES.incrementAndGet() << Integer.SIZE;

    /** Whether somebody waits for the announcement to change; written under the monitor, read without. */
    private volatile boolean awaited;

    private final Thread thread = Thread.currentThread();

    /** The thread that delivers. */
    Thread thread() {
        return thread;
    }

    /** Before the first announcement that may be of a registration that was announced before. */
    void beginRound() {
        ROUNDS.setOpaque(this, rounds + 1);
    }

    /**
     * Announces the next call, or that there is none. A full fence.
     *
     * @return what was announced until now; negative where the watchdog gave it up
     */
    long announce(long token, int ofOwner) {
        OWNER.setOpaque(this, ofOwner);
        long before = (long) ANNOUNCED.getAndSet(this, token);
        if (awaited) {
            wake();
        }
        return before;
    }

    private synchronized void wake() {
        awaited = false; // who still waits says so again
        notifyAll();
    }

    /** The registration being called, given up or not. */
    long called() {
        return Math.abs(announced);
    }

    /** Which round it is. */
    long rounds() {
        return (long) ROUNDS.getAcquire(this);
    }

    /** Whether a registration of that offline object is being called. */
    boolean isCalling(int ofOwner) {
        while (true) {
            long token = called();
            int seen = (int) OWNER.getAcquire(this);
            if (token == called()) {
                // An owner newer than the announcement belongs to a call that is not announced yet, so the announced
                // one has returned: a wrong yes is corrected by the announcement that follows.
                return token != NOTHING && seen == ofOwner;
            }
        }
    }

    /**
     * Gives up the call that was seen at an earlier look: it is the same one still.
     *
     * @param token what was announced then
     * @param roundsThen what {@link #rounds()} was then
     * @return whether that very call is given up now
     */
    boolean giveUp(long token, long roundsThen) {
        if (!ANNOUNCED.compareAndSet(this, token, -token)) {
            return false;
        }
        // Another call of the same registration may have been announced between the look and the mark. Then the mark
        // is taken back, unless the thread has found it already: it asks the notifier, who says that nothing happened.
        if (rounds() == roundsThen) {
            return true;
        }
        ANNOUNCED.compareAndSet(this, -token, token);
        return false;
    }

    /** Waits until that registration is not being called any more. An interrupt does not shorten it and is kept. */
    void awaitReturn(long token) {
        if (called() == token) {
            await(() -> called() != token);
        }
    }

    /** Waits until no registration of that offline object is being called. An interrupt is kept. */
    void awaitReturnOfAll(int ofOwner) {
        if (isCalling(ofOwner)) {
            await(() -> !isCalling(ofOwner));
        }
    }

    private void await(java.util.function.BooleanSupplier over) {
        boolean interrupted = false;
        synchronized (this) {
            awaited = true; // said, then looked: who announces looks whether it was said
            while (!over.getAsBoolean()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                awaited = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
