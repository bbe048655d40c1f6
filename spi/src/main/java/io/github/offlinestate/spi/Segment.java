package io.github.offlinestate.spi;

import io.github.offlinestate.OfflineNotify;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Some slots of a {@link Stripe}, as parallel arrays that never move: 20 bytes a registration. Written under the
 * stripe's lock, read without it by who delivers: a slot is what it was read as if its token is the same before and
 * after, for no token is given twice.
 */
final class Segment {
    private static final VarHandle TOKEN = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle LIMIT;

    static {
        try {
            LIMIT = MethodHandles.lookup().findVarHandle(Segment.class, "limit", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int END_OF_FREE = -1;

    final @Nullable OfflineNotify[] callbacks;
    /** The client token of a taken slot; the next free slot in a free one. */
    final int[] clientTokens;

    final int[] owners;
    private final long[] tokens;
    private int limit;
    private int free = END_OF_FREE;
    private int live;

    Segment(int size) {
        callbacks = new OfflineNotify[size];
        clientTokens = new int[size];
        owners = new int[size];
        tokens = new long[size];
    }

    /** The slots from here on have not been taken yet. */
    int limit() {
        return (int) LIMIT.getAcquire(this);
    }

    /** The token of a slot, 0 where it is free. */
    long token(int slot) {
        return (long) TOKEN.getAcquire(tokens, slot);
    }

    boolean isEmpty() {
        return live == 0;
    }

    boolean isFull() {
        return live == tokens.length;
    }

    /** The slot that {@link #take} takes next. Under the stripe's lock, and not where it is full. */
    int nextFree() {
        return free == END_OF_FREE ? limit : free;
    }

    void take(int slot, long token, int owner, OfflineNotify callback, int clientToken) {
        boolean fresh = slot == limit;
        if (!fresh) {
            free = clientTokens[slot];
        }
        callbacks[slot] = callback;
        clientTokens[slot] = clientToken;
        owners[slot] = owner;
        TOKEN.setRelease(tokens, slot, token);
        if (fresh) {
            LIMIT.setRelease(this, slot + 1);
        }
        live++;
    }

    void release(int slot) {
        TOKEN.setRelease(tokens, slot, 0L);
        VarHandle.storeStoreFence(); // or a reader could see what follows under the token that is gone
        callbacks[slot] = null;
        live--;
        if (live == 0) {
            free = END_OF_FREE;
            LIMIT.setRelease(this, 0);
        } else {
            clientTokens[slot] = free;
            free = slot;
        }
    }
}
