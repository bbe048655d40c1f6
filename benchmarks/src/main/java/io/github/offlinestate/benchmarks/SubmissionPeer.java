package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** The JDK's publisher, on its own executor. Being told is waited for, as a change that is set is (SET-1). */
final class SubmissionPeer implements Peer {
    private final SubmissionPublisher<OfflineNotification> publisher = new SubmissionPublisher<>();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private volatile long told;

    @Override
    public Object add(Client client) {
        Subscriber subscriber = new Subscriber(client, told);
        subscribers.add(subscriber);
        publisher.subscribe(subscriber);
        return subscriber;
    }

    @Override
    public void remove(Object registration) {
        Subscriber subscriber = (Subscriber) registration;
        subscribers.remove(subscriber);
        subscriber.subscription.join().cancel();
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread tells where it is measured
    public void tell(OfflineNotification what) {
        told++;
        publisher.submit(what);
    }

    @Override
    public boolean tellsOnItsCaller() {
        return false;
    }

    @Override
    public void settle() {
        for (Subscriber subscriber : subscribers) {
            while (subscriber.seen < told) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        publisher.close();
    }

    /** A new one each time: the publisher knows those that were cancelled until it tells again. */
    private static final class Subscriber implements Flow.Subscriber<OfflineNotification> {
        /** Given on another thread. */
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        private final Client client;
        private volatile long seen;

        Subscriber(Client client, long seen) {
            this.client = client;
            this.seen = seen;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            given.request(Long.MAX_VALUE);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // called by one thread at a time
        public void onNext(OfflineNotification what) {
            client.onNotify(what);
            seen++;
        }

        @Override
        public void onError(Throwable thrown) {
            client.ended = true;
        }

        @Override
        public void onComplete() {}
    }
}
