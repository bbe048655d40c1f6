package io.github.offlinestate;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;

/**
 * The kit of Reactive Streams on {@link ConnectionMonitor#changes()}. A publisher of n elements is a monitor whose
 * profile makes n changes when the first subscriber has come, and is closed then.
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

    @Override
    public long maxElementsFromPublisher() {
        return MOST;
    }

    @Override
    public Flow.Publisher<ConnectionChange> createFlowPublisher(long elements) {
        FakeManager manager = new FakeManager();
        ConnectionMonitor monitor = ConnectionMonitor.of(manager);
        Flow.Publisher<ConnectionChange> changes =
                monitor.changes(ListenerOptions.DEFAULT.withoutReplay().buffer(MOST));
        AtomicLong subscribers = new AtomicLong();
        return subscriber -> {
            changes.subscribe(subscriber);
            if (subscribers.getAndIncrement() == 0) {
                threads.execute(() -> {
                    manager.flip((int) Math.min(elements, MOST));
                    if (elements <= MOST) {
                        monitor.close();
                    }
                });
            }
        };
    }

    @Override
    public Flow.Publisher<ConnectionChange> createFailedFlowPublisher() {
        ConnectionMonitor monitor = ConnectionMonitor.of(new FakeManager());
        monitor.close();
        return monitor.changes();
    }
}
