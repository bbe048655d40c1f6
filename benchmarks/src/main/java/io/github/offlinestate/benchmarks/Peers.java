package io.github.offlinestate.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Who is measured. The number says up to how many clients setting it up takes seconds and not hours. */
enum Peers {
    BARE("bare loop", BareLoop::new, 1_000_000),
    ENGINE("this engine", EngineFanOut::new, 1_000_000),
    COPY_ON_WRITE("CopyOnWriteArrayList", CopyOnWritePeer::new, 1_000_000),
    PROPERTY_CHANGE("PropertyChangeSupport", PropertyChangePeer::new, 65_536),
    GUAVA("Guava EventBus", GuavaPeer::new, 1_024),
    GREENROBOT("greenrobot EventBus", GreenrobotPeer::new, 1_024),
    MBASSADOR("MBassador", MbassadorPeer::new, 1_000_000),
    REACTOR("Reactor Sinks", ReactorPeer::new, 65_536),
    RXJAVA("RxJava PublishSubject", RxJavaPeer::new, 65_536),
    SPRING("Spring multicaster", SpringPeer::new, 65_536),
    SUBMISSION("SubmissionPublisher", SubmissionPeer::new, 1_024),
    DISRUPTOR("LMAX Disruptor", DisruptorPeer::new, 16);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor, each time another object
    private final Supplier<Peer> maker;

    private final int most;

    Peers(String title, Supplier<Peer> maker, int most) {
        this.title = title;
        this.maker = maker;
        this.most = most;
    }

    /** All but the limit and ourselves. */
    static List<Peers> others() {
        return Arrays.stream(values())
                .filter(peer -> peer != BARE && peer != ENGINE)
                .toList();
    }

    String title() {
        return title;
    }

    Peer open() {
        return maker.get();
    }

    /** Whether so many clients can be set up for a measurement. */
    boolean canHave(int clients) {
        return clients <= most;
    }
}
