package io.github.offlinestate;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;

/**
 * The kit of Reactive Streams on {@link ConnectionMonitor#changes()}. A publisher of n elements is a monitor whose
 * profile makes n changes when something is demanded for the first time, and is closed then.
 *
 * <p>What is skipped is what the kit itself has no test for ({@code untested_...}: rules 1.6 to 1.10, 3.4, 3.5).
 */
public class ChangesPublisherTckTest extends FlowPublisherVerification<ConnectionChange> {
    private static final int MOST = 1_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    public ChangesPublisherTckTest() {
        super(new TestEnvironment(1_000, 50), 1_000);
    }

    @AfterClass
    public void endThreads() {
        threads.shutdown();
    }

    /** More than {@value #MOST} are promised and not made: the kit cancels long before. */
    @Override
    public long maxElementsFromPublisher() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Flow.Publisher<ConnectionChange> createFlowPublisher(long elements) {
        FakeManager manager = new FakeManager();
        ConnectionMonitor monitor = ConnectionMonitor.of(manager);
        Flow.Publisher<ConnectionChange> changes =
                monitor.changes(ListenerOptions.DEFAULT.withoutReplay().buffer(MOST));
        AtomicBoolean begun = new AtomicBoolean();
        Runnable begin = () -> {
            if (begun.compareAndSet(false, true)) {
                threads.execute(() -> {
                    manager.flip((int) Math.min(elements, MOST));
                    if (elements <= MOST) {
                        monitor.close();
                    }
                });
            }
        };
        if (elements == 0) { // an empty publisher ends without being asked
            return subscriber -> {
                changes.subscribe(subscriber);
                begin.run();
            };
        }
        // The kit passes null too, which is the publisher's to refuse.
        return subscriber -> changes.subscribe(subscriber == null ? null : new Beginning(subscriber, begin));
    }

    /** Lets the changes begin at the first demand, so that all whom the kit subscribes are there by then. */
    private record Beginning(Flow.Subscriber<? super ConnectionChange> subscriber, Runnable begin)
            implements Flow.Subscriber<ConnectionChange> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    subscription.request(count);
                    begin.run();
                }

                @Override
                public void cancel() {
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(ConnectionChange change) {
            subscriber.onNext(change);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }

    @Override
    public Flow.Publisher<ConnectionChange> createFailedFlowPublisher() {
        ConnectionMonitor monitor = ConnectionMonitor.of(new FakeManager());
        monitor.close();
        return monitor.changes();
    }
}
