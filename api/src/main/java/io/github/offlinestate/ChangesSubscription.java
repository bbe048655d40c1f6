package io.github.offlinestate;

import java.lang.System.Logger.Level;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One subscriber's demand. */
final class ChangesSubscription implements Flow.Subscription, Lane.Target {
    private final Flow.Subscriber<? super ConnectionChange> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean subscribed;
    private volatile @Nullable Lane lane;

    ChangesSubscription(Flow.Subscriber<? super ConnectionChange> subscriber) {
        this.subscriber = subscriber;
    }

    /** Introduces the subscription; nothing else is signalled before that has returned. */
    void start(Lane lane) {
        this.lane = lane;
        try {
            subscriber.onSubscribe(this);
        } catch (Throwable e) { // against the rules, and nobody to be told anything
            lane.drop();
            throw e;
        }
        subscribed = true;
        lane.signal();
    }

    @Override
    public void request(long count) {
        Lane mine = lane;
        if (mine == null) {
            return;
        }
        if (count <= 0) {
            IllegalArgumentException reason = new IllegalArgumentException(
                    "a subscriber requests at least 1 element, not " + count + " (Reactive Streams, rule 3.9)");
            mine.end(() -> subscriber.onError(reason), true);
        } else {
            demand.accumulateAndGet(count, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
            mine.signal();
        }
    }

    @Override
    public void cancel() {
        Lane mine = lane;
        if (mine != null) {
            mine.drop();
        }
    }

    @Override
    public boolean isReady() {
        return subscribed && demand.get() > 0;
    }

    @Override
    public void take(ConnectionChange change) {
        demand.updateAndGet(had -> had == Long.MAX_VALUE ? had : had - 1);
        try {
            subscriber.onNext(change);
        } catch (Throwable e) { // rule 2.13: it counts as cancelled
            cancel();
            Log.LOG.log(Level.ERROR, lane + " threw, against rule 2.13 of Reactive Streams; it is cancelled", e);
        }
    }

    @Override
    public Runnable lastCall() {
        return subscriber::onComplete;
    }
}
