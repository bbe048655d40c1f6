package io.github.offlinestate.spi;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the tokens of registrations come from. A token is a number that is never given twice, above the
 * place of the registration in its profile's table: differing across profiles (ADVISE-2), found without a search.
 *
 * <pre>  0 | number: 41 bits | stripe: 2 bits | index: 20 bits</pre>
 *
 * <p>The numbers last for seventy years of a thousand registrations a second; then Advise fails rather than give one
 * again.
 */
final class AdviseTokens {
    static final int INDEX_BITS = 20;
    static final int STRIPE_BITS = 2;
    /** How many numbers a stripe draws at first: profiles that are opened for one registration use up few. */
    static final long FIRST_BATCH = 1 << 4;
    /** How many it draws at most, so that stripes rarely meet here. */
    static final long BATCH = 1 << 12;

    private static final int PLACE_BITS = INDEX_BITS + STRIPE_BITS;
    private static final long LIMIT = 1L << (63 - PLACE_BITS);

    /** Of all providers, so that a token of another one is no token here (UNADVISE-1). */
    private static final AtomicLong NEXT = new AtomicLong(BATCH); // 0 is never a token

    private final AtomicLong next;

    AdviseTokens() {
        this(NEXT);
    }

    AdviseTokens(AtomicLong next) {
        this.next = next;
    }

    /** The first of so many numbers that nobody else has. */
    long draw(long count) {
        long first = next.getAndAdd(count);
        if (first > LIMIT - count) {
            throw new OfflineStateException(
                    HResult.MAPI_E_CALL_FAILED,
                    "Advise: all " + LIMIT + " tokens have been given, and none is given twice;"
                            + " restart the program");
        }
        return first;
    }

    static long token(long number, int stripe, int index) {
        return number << PLACE_BITS | (long) stripe << INDEX_BITS | index;
    }

    static int stripe(long token) {
        return (int) (token >>> INDEX_BITS) & (1 << STRIPE_BITS) - 1;
    }

    static int index(long token) {
        return (int) token & (1 << INDEX_BITS) - 1;
    }
}
