package io.github.offlinestate;

import static io.github.offlinestate.Connectivity.OFFLINE;
import static io.github.offlinestate.Connectivity.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.ConnectionChange.Cause;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** {@link ConnectionMonitor#changes()} through the adapters of Reactor and RxJava, there and back. */
class ChangesAdaptersTest {
    private final FakeManager manager = new FakeManager();
    private final ConnectionMonitor monitor = ConnectionMonitor.of(manager);

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void aFluxGetsThePresentStateAndEveryChangeAndCompletesWithTheMonitor() {
        List<Connectivity> states = Collections.synchronizedList(new ArrayList<>());
        List<String> end = Collections.synchronizedList(new ArrayList<>());
        Disposable subscription = JdkFlowAdapter.flowPublisherToFlux(monitor.changes())
                .map(ConnectionChange::newState)
                .subscribe(states::add, failure -> end.add("failed"), () -> end.add("completed"));
        manager.flip(3);
        monitor.close();
        await().until(() -> end.equals(List.of("completed")));
        assertThat(states).containsExactly(ONLINE, OFFLINE, ONLINE, OFFLINE);
        assertThat(subscription.isDisposed()).isTrue();
    }

    @Test
    void aFlowableGetsThemToo() throws InterruptedException {
        TestSubscriber<Connectivity> states = Flowable.fromPublisher(FlowAdapters.toPublisher(monitor.changes()))
                .map(ConnectionChange::newState)
                .test();
        manager.flip(3);
        monitor.close();
        assertThat(completes(states)).isTrue();
        states.assertValues(ONLINE, OFFLINE, ONLINE, OFFLINE);
    }

    @Test
    void whoDemandsTooLittleGetsAGapAndThenTheRest() {
        List<ConnectionChange> got = Collections.synchronizedList(new ArrayList<>());
        BaseSubscriber<ConnectionChange> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(ConnectionChange change) {
                got.add(change);
            }
        };
        JdkFlowAdapter.flowPublisherToFlux(monitor.changes(ListenerOptions.DEFAULT.buffer(2)))
                .subscribe(slow);
        await().until(() -> got.size() == 1);
        manager.flip(7);
        slow.request(10);
        await().until(() -> got.get(got.size() - 1).number() == 8);
        assertThat(got).extracting(ConnectionChange::cause).contains(Cause.GAP);
        for (int i = 1; i < got.size(); i++) {
            assertThat(got.get(i).oldState()).isEqualTo(got.get(i - 1).newState());
        }
        slow.cancel();
    }

    @Test
    void aRoundTripThroughBothKeepsOrderAndNumber() throws InterruptedException {
        Flow.Publisher<ConnectionChange> back = JdkFlowAdapter.publisherToFlowPublisher(
                Flux.from(Flowable.fromPublisher(FlowAdapters.toPublisher(monitor.changes()))));
        TestSubscriber<Long> numbers = Flowable.fromPublisher(FlowAdapters.toPublisher(back))
                .map(ConnectionChange::number)
                .test();
        manager.flip(100);
        monitor.close();
        assertThat(completes(numbers)).isTrue();
        assertThat(numbers.values())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 101).boxed().toList());
    }

    @Test
    void aCancelledSubscriptionIsToldNothingMore() {
        TestSubscriber<ConnectionChange> cancelled = Flowable.fromPublisher(FlowAdapters.toPublisher(monitor.changes()))
                .test();
        TestSubscriber<ConnectionChange> fence = Flowable.fromPublisher(FlowAdapters.toPublisher(monitor.changes()))
                .test();
        await().until(() -> cancelled.values().size() == 1);
        cancelled.cancel();
        manager.flip(5);
        await().until(() -> fence.values().size() == 6);
        assertThat(cancelled.values()).hasSize(1);
    }

    @Test
    void aSubscriberThatThrowsCountsAsCancelled() {
        TestSubscriber<ConnectionChange> fence = Flowable.fromPublisher(FlowAdapters.toPublisher(monitor.changes()))
                .test();
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        monitor.changes().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ConnectionChange change) {
                calls.add(change.cause().toString());
                throw new IllegalStateException("on purpose, by the test");
            }

            @Override
            public void onError(Throwable failure) {
                calls.add("failed");
            }

            @Override
            public void onComplete() {
                calls.add("completed");
            }
        });
        await().until(() -> calls.size() == 1);
        manager.flip(5);
        await().until(() -> fence.values().size() == 6);
        monitor.close();
        assertThat(calls).containsExactly("REPLAYED");
    }

    @Test
    void aSubscriberThatFailsToSubscribeIsForgotten() {
        WeakReference<Object> failed = failToSubscribe();
        await().until(() -> {
            System.gc();
            return failed.get() == null;
        });
    }

    private WeakReference<Object> failToSubscribe() {
        Flow.Subscriber<ConnectionChange> subscriber = new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                throw new IllegalStateException("on purpose, by the test");
            }

            @Override
            public void onNext(ConnectionChange change) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        };
        assertThatThrownBy(() -> monitor.changes().subscribe(subscriber)).hasMessageContaining("on purpose");
        return new WeakReference<>(subscriber);
    }

    private static boolean completes(TestSubscriber<?> subscriber) throws InterruptedException {
        return subscriber.await(10, TimeUnit.SECONDS);
    }
}
