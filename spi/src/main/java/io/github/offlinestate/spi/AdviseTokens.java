package io.github.offlinestate.spi;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the tokens of one provider's registrations come from. A token is a number that is never given twice, above the
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
    /** How many numbers a stripe draws at once, so that stripes rarely meet here. */
    static final long BATCH = 1 << 12;

    private static final int PLACE_BITS = INDEX_BITS + STRIPE_BITS;
    private static final long LIMIT = 1L << (63 - PLACE_BITS);

    private final AtomicLong next;

    AdviseTokens() {
        this(new AtomicLong(BATCH)); // 0 is never a token
    }

    AdviseTokens(AtomicLong next) {
        this.next = next;
    }

    /** The first of {@link #BATCH} numbers that nobody else has. */
    long draw() {
        long first = next.getAndAdd(BATCH);
        if (first < 0 || first > LIMIT - BATCH) {
            next.set(LIMIT);
            throw new OfflineStateException(
                    HResult.MAPI_E_CALL_FAILED,
                    "Advise: all " + LIMIT + " tokens of this provider have been given, and none is given twice;"
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
