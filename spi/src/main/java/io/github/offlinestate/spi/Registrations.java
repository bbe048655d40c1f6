package io.github.offlinestate.spi;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateException;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told of one profile. Advise and Unadvise take constant time at any number of registrations; telling all
 * of them costs an exchange a registration beside the call itself; no lock is held while a client runs.
 */
final class Registrations {
    /** What {@link #tell} gives where the watchdog took the delivery away from the thread. */
    static final int GIVEN_UP = -1;

    private static final int STRIPES = 1 << AdviseTokens.STRIPE_BITS;
    private static final Segment[] NO_SEGMENTS = {};
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final String profile;
    private final AdviseTokens tokens;
    private final AtomicReferenceArray<@Nullable Stripe> stripes = new AtomicReferenceArray<>(STRIPES);
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    /** Whether two threads have met: from then on each starts at a stripe of its own. */
    private volatile boolean contended;

    Registrations(String profile, AdviseTokens tokens) {
        this.profile = profile;
        this.tokens = tokens;
    }

    /**
     * Adds a registration, unless its offline object is closed: that is looked at under the lock which {@link
     * #removeAll} takes afterwards, so that no registration slips in behind a closing.
     */
    AdviseToken add(EngineManager owner, OfflineNotify callback, int clientToken) {
        int start = contended ? (int) ((Thread.currentThread().getId() * GOLDEN) >>> 62) : 0;
        for (int i = 0; i < STRIPES; i++) {
            Stripe stripe = stripe(start + i & STRIPES - 1);
            if (!stripe.tryLock()) {
                contended = true;
                if (i < STRIPES - 1) {
                    continue;
                }
                stripe.lock();
            }
            long token;
            try {
                owner.requireOpen();
                token = stripe.add(owner.number(), callback, clientToken);
            } finally {
                stripe.unlock();
            }
            if (token != 0) {
                // The registration is there before the caller reads the state (ADVISE-10): who flips it later sees it.
                VarHandle.fullFence();
                return new AdviseToken(token);
            }
        }
        throw new OfflineStateException(
                HResult.MAPI_E_CALL_FAILED,
                "Advise: " + profile + " has about " + (STRIPES << AdviseTokens.INDEX_BITS)
                        + " registrations, and that is all it can have; unadvise some");
    }

    private Stripe stripe(int number) {
        Stripe stripe = stripes.get(number);
        if (stripe != null) {
            return stripe;
        }
        Stripe made = new Stripe(number, tokens);
        Stripe before = stripes.compareAndExchange(number, null, made);
        return before == null ? made : before;
    }

    /** Removes a registration and, outside of callbacks, waits for a call of it that is running (UNADVISE-2). */
    void remove(AdviseToken token, EngineManager owner) {
        long value = token.value();
        Stripe stripe = value <= 0 ? null : stripes.get(AdviseTokens.stripe(value));
        if (stripe == null) {
            return;
        }
        stripe.lock();
        try {
            stripe.remove(value, owner.number());
        } finally {
            stripe.unlock();
        }
        // Removed, then looked: the other half of Delivery's protocol. Also where it had been removed before: who did
        // that may be waiting still, or was inside a callback and did not wait.
        VarHandle.fullFence();
        if (!EngineThread.isInsideCallback()) {
            for (Delivery delivery : deliveries) {
                if (delivery.called() == value && delivery.isCalling(owner.number())) {
                    delivery.awaitReturn(value);
                }
            }
        }
    }

    /** Removes all registrations of an offline object that is closed, with the same guarantee (CLOSE-1, CLOSE-2). */
    void removeAll(EngineManager owner) {
        for (int i = 0; i < STRIPES; i++) {
            Stripe stripe = stripes.get(i);
            if (stripe != null) {
                stripe.lock();
                try {
                    stripe.removeAll(owner.number());
                } finally {
                    stripe.unlock();
                }
            }
        }
        VarHandle.fullFence();
        if (!EngineThread.isInsideCallback()) {
            for (Delivery delivery : deliveries) {
                delivery.awaitReturnOfAll(owner.number());
            }
        }
    }

    /** A thread begins to deliver: from now on Unadvise looks at what it calls. */
    Delivery beginDelivery() {
        Delivery delivery = new Delivery();
        deliveries.add(delivery);
        return delivery;
    }

    void endDelivery(Delivery delivery) {
        deliveries.remove(delivery);
    }

    /** What clients are waited for, for messages. */
    String waitingFor() {
        for (Delivery delivery : deliveries) {
            long token = delivery.called();
            if (token != Delivery.NOTHING) {
                return "; waiting for the callback of " + new AdviseToken(token);
            }
        }
        return "";
    }

    /**
     * Tells every registration.
     *
     * @param delivery of the current thread
     * @param what what to tell; each gets it with its own client token
     * @param after where another thread was given up: the registration that it hangs in, told already; else 0
     * @param hung keeps what is for registrations that hang
     * @return how many were told, at least, or {@link #GIVEN_UP}
     */
    int tell(Delivery delivery, OfflineNotification what, long after, HungCallbacks hung) {
        int told = after == 0 && !hung.any() ? 0 : 1; // those that hang are told when they return
        int firstStripe = after == 0 ? 0 : AdviseTokens.stripe(after);
        int skip = after == 0 ? 0 : AdviseTokens.index(after) + 1;
        long running = Delivery.NOTHING;
        delivery.beginRound();
        for (int i = firstStripe; i < STRIPES; i++) {
            Stripe stripe = stripes.get(i);
            Segment[] segments = stripe == null ? NO_SEGMENTS : stripe.segments();
            for (int which = 0; which < segments.length; which++) {
                int from = Math.max(0, skip - Stripe.base(which));
                long end = tellSegment(delivery, what, segments[which], from, running, hung);
                if (end < 0) {
                    return GIVEN_UP;
                }
                told += end == running ? 0 : 1;
                running = end;
            }
            skip = 0;
        }
        boolean marked = delivery.announce(Delivery.NOTHING, 0) != running;
        return marked && hung.isTakenOver(delivery) ? GIVEN_UP : told;
    }

    /**
     * The inner loop, on its own so that it is compiled on its own.
     *
     * @return what stays announced, or -1 where the watchdog took the delivery away
     */
    private long tellSegment(
            Delivery delivery,
            OfflineNotification what,
            Segment segment,
            int from,
            long announced,
            HungCallbacks hung) {
        Thread thread = delivery.thread();
        // In locals: what is read through the segment would be read again after each exchange.
        @Nullable OfflineNotify[] callbacks = segment.callbacks;
        int[] clientTokens = segment.clientTokens;
        int[] owners = segment.owners;
        boolean anyHung = hung.any();
        OfflineNotification notification = what;
        int carried = what.clientToken();
        long running = announced;
        int limit = segment.limit();
        for (int slot = from; slot < limit; slot++) {
            long token = segment.token(slot);
            if (token == 0) {
                continue;
            }
            if (anyHung && hung.keep(token, what)) {
                continue;
            }
            OfflineNotify callback = callbacks[slot];
            int clientToken = clientTokens[slot];
            if (carried != clientToken) {
                notification = withClientToken(what, clientToken);
                carried = clientToken;
            }
            if (delivery.announce(token, owners[slot]) != running && hung.isTakenOver(delivery)) {
                return GIVEN_UP;
            }
            running = token;
            if (callback == null || segment.token(slot) != token) {
                continue; // removed meanwhile; Unadvise may have returned already
            }
            try {
                callback.onNotify(notification);
            } catch (Throwable thrown) {
                logThrown(token, thrown);
            }
            if (thread.isInterrupted()) {
                Thread.interrupted(); // not the next client's (NOTIFY-6)
            }
        }
        return running;
    }

    /** Tells one registration alone, where it is still there: what was kept for it while it hung. */
    void tellOne(Delivery delivery, long token, OfflineNotification what) {
        Stripe stripe = stripes.get(AdviseTokens.stripe(token));
        int index = AdviseTokens.index(token);
        Segment segment = stripe == null ? null : stripe.segmentOf(index);
        int slot = index - Stripe.base(Stripe.which(index));
        if (segment == null || segment.token(slot) != token) {
            return;
        }
        OfflineNotify callback = segment.callbacks[slot];
        OfflineNotification notification = withClientToken(what, segment.clientTokens[slot]);
        delivery.announce(token, segment.owners[slot]);
        if (callback != null && segment.token(slot) == token) {
            try {
                callback.onNotify(notification);
            } catch (Throwable thrown) {
                logThrown(token, thrown);
            }
            Thread.interrupted();
        }
        delivery.announce(Delivery.NOTHING, 0);
    }

    private static OfflineNotification withClientToken(OfflineNotification what, int clientToken) {
        return new OfflineNotification(what.type(), clientToken, what.mask(), what.oldState(), what.newState());
    }

    private void logThrown(long token, Throwable thrown) {
        Log.warning(
                () -> "a callback of " + profile + " threw; it stays registered (" + new AdviseToken(token) + ")",
                thrown);
    }
}
