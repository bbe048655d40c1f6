package io.github.offlinestate.spi;

import io.github.offlinestate.OfflineNotify;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
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
    private static final int MOST_SEGMENTS = AdviseTokens.INDEX_BITS - FIRST_BITS + 1;

    private static final VarHandle LOCKED;
    private static final VarHandle SEGMENTS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LOCKED = lookup.findVarHandle(Stripe.class, "locked", int.class);
            SEGMENTS = lookup.findVarHandle(Stripe.class, "segments", Segment[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int number;
    private final AdviseTokens tokens;

    @SuppressWarnings("UnusedVariable") // by its handle
    private int locked;

    /** Replaced by a longer or a shorter array, never changed; written under the lock. */
    private Segment[] segments = {new Segment(FIRST_SIZE)};

    /** Bit by bit, the segments with a free slot; those that are not there yet count as free. */
    private int open = (1 << MOST_SEGMENTS) - 1;

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

    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: the owner may have been taken off its core
    void lock() {
        while (!tryLock()) {
            Thread.yield();
        }
    }

    void unlock() {
        LOCKED.setRelease(this, 0);
    }

    /** The segments as they are now; for who delivers, without the lock. */
    Segment[] segments() {
        return (Segment[]) SEGMENTS.getAcquire(this);
    }

    /** The segment that holds a place, where there is one; for who delivers, without the lock. */
    @Nullable
    Segment segmentOf(int index) {
        Segment[] now = segments();
        int which = which(index);
        return which < now.length ? now[which] : null;
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
        if (which == segments.length) { // all that are there are full
            Segment[] longer = Arrays.copyOf(segments, which + 1);
            longer[which] = new Segment(base(which)); // as large as all before it
            SEGMENTS.setRelease(this, longer);
        }
        Segment segment = segments[which];
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
        Segment segment = segmentOf(index);
        int which = which(index);
        int slot = index - base(which);
        if (segment != null && segment.token(slot) == token && segment.owners[slot] == owner) {
            release(segment, which, slot);
            trim();
        }
    }

    /** Removes all registrations of that owner's, under the lock. */
    void removeAll(int owner) {
        for (int which = 0; which < segments.length; which++) {
            Segment segment = segments[which];
            for (int slot = 0; slot < segment.limit(); slot++) {
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
        int keep = segments.length;
        while (keep > 1 && segments[keep - 1].isEmpty() && segments[keep - 2].isEmpty()) {
            keep--;
        }
        if (keep < segments.length) {
            SEGMENTS.setRelease(this, Arrays.copyOf(segments, keep));
        }
    }

    static int which(int index) {
        return index < FIRST_SIZE ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(index) - FIRST_BITS;
    }

    static int base(int which) {
        return which == 0 ? 0 : FIRST_SIZE << (which - 1);
    }
}
