package io.github.offlinestate;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;

/** A monitor's changes as a {@link Flow.Publisher}: a lane with demand for each subscriber. */
final class Changes implements Flow.Publisher<ConnectionChange> {
    private final BiFunction<Lane.Target, Object, Lane> lanes;

    /** What makes the lane of a subscription and its subscriber; fails where the monitor is closed. */
    Changes(BiFunction<Lane.Target, Object, Lane> lanes) {
        this.lanes = lanes;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ConnectionChange> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        ChangesSubscription subscription = new ChangesSubscription(subscriber);
        Lane lane;
        try {
            lane = lanes.apply(subscription, subscriber);
        } catch (OfflineStateException closed) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {}

                @Override
                public void cancel() {}
            });
            subscriber.onError(closed);
            return;
        }
        subscription.start(lane);
    }
}
