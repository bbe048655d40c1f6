package io.github.offlinestate.spi;

import io.github.offlinestate.OfflineNotify;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A part of a profile's registrations with a lock of its own, so that threads that register at the same time do not
 * queue. Its segments double in size; none is ever copied, so Advise and Unadvise cost the same at any number of
 * registrations, and who delivers walks them without the lock.
 *
 * <p>The lock is a spinning one: it is held for some ten instructions, none of which can block, and a monitor would
 * cost more than what it guards.
 */
final class Stripe {
    private static final int FIRST_BITS = 4;
    private static final int FIRST_SIZE = 1 << FIRST_BITS;
    private static final int SEGMENTS = AdviseTokens.INDEX_BITS - FIRST_BITS + 1;

    private static final int SPINS = 100;
    private static final long PAUSE_NANOS = 20_000;

    private static final VarHandle LOCKED;
    private static final VarHandle SEGMENT = MethodHandles.arrayElementVarHandle(Segment[].class);
    private static final VarHandle TOP;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LOCKED = lookup.findVarHandle(Stripe.class, "locked", int.class);
            TOP = lookup.findVarHandle(Stripe.class, "top", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int number;
    private final AdviseTokens tokens;
    private final @Nullable Segment[] segments = new Segment[SEGMENTS];

    @SuppressWarnings("UnusedVariable") // by its handle
    private int locked;

    /** There are no segments from here on. */
    private int top;

    /** Bit by bit, the segments with a free slot; those that are not there yet count as free. */
    private int open = (1 << SEGMENTS) - 1;

    private long nextNumber;
    private long numbersEnd;
    private long batch;

    Stripe(int number, AdviseTokens tokens) {
        this.number = number;
        this.tokens = tokens;
    }

    boolean tryLock() {
        return (int) LOCKED.getOpaque(this) == 0 && LOCKED.compareAndSet(this, 0, 1);
    }

    void lock() {
        for (int tries = 0; !tryLock(); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, PAUSE_NANOS); // the owner was taken off its core
            }
        }
    }

    void unlock() {
        LOCKED.setRelease(this, 0);
    }

    /** How many segments there may be; for who delivers, without the lock. */
    int segments() {
        return (int) TOP.getAcquire(this);
    }

    /** A segment as it is now; for who delivers, without the lock. */
    @Nullable
    Segment segment(int which) {
        return (Segment) SEGMENT.getAcquire(segments, which);
    }

    /** Adds a registration, under the lock: its token, or 0 where the stripe is full. */
    long add(int owner, OfflineNotify callback, int clientToken) {
        if (open == 0) {
            return 0;
        }
        if (nextNumber == numbersEnd) {
            batch = Math.min(AdviseTokens.BATCH, Math.max(AdviseTokens.FIRST_BATCH, 2 * batch));
            nextNumber = tokens.draw(batch);
            numbersEnd = nextNumber + batch;
        }
        int which = Integer.numberOfTrailingZeros(open);
        Segment segment = segments[which];
        if (segment == null) {
            segment = new Segment(size(which));
            SEGMENT.setRelease(segments, which, segment);
            if (which >= top) {
                TOP.setRelease(this, which + 1);
            }
        }
        int slot = segment.nextFree();
        long token = AdviseTokens.token(nextNumber++, number, base(which) + slot);
        segment.take(slot, token, owner, callback, clientToken);
        if (segment.isFull()) {
            open &= ~(1 << which);
        }
        return token;
    }

    /** Removes a registration of that owner's, under the lock; nothing where there is none. */
    void remove(long token, int owner) {
        int index = AdviseTokens.index(token);
        int which = which(index);
        Segment segment = segments[which];
        int slot = index - base(which);
        if (segment != null && segment.token(slot) == token && segment.owners[slot] == owner) {
            release(segment, which, slot);
            trim();
        }
    }

    /** Removes all registrations of that owner's, under the lock. */
    void removeAll(int owner) {
        for (int which = 0; which < SEGMENTS; which++) {
            Segment segment = segments[which];
            for (int slot = 0; segment != null && slot < segment.limit(); slot++) {
                if (segment.token(slot) != 0 && segment.owners[slot] == owner) {
                    release(segment, which, slot);
                }
            }
        }
        trim();
    }

    private void release(Segment segment, int which, int slot) {
        segment.release(slot);
        open |= 1 << which;
    }

    /**
     * Gives back the largest segments while two of them are empty: the one that is kept, half as large, has to be filled
     * before the other is needed again.
     */
    private void trim() {
        for (int last = top - 1; last > 0 && isEmpty(last) && isEmpty(last - 1); last--) {
            SEGMENT.setRelease(segments, last, null);
            TOP.setRelease(this, last);
        }
    }

    private boolean isEmpty(int which) {
        Segment segment = segments[which];
        return segment == null || segment.live() == 0;
    }

    static int which(int index) {
        return index < FIRST_SIZE ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(index) - FIRST_BITS;
    }

    static int base(int which) {
        return which == 0 ? 0 : FIRST_SIZE << (which - 1);
    }

    private static int size(int which) {
        return which == 0 ? FIRST_SIZE : FIRST_SIZE << (which - 1);
    }
}
