package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/** A client that notes what it is told and then does what a check wants. */
public final class Probe extends Client {
    private final List<Integer> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final ObjIntConsumer<Probe> behaviour;
    private volatile boolean twiceAtATime;

    /**
     * A client.
     *
     * @param behaviour is given the client and the number that it is told
     */
    Probe(ObjIntConsumer<Probe> behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public void onNotify(OfflineNotification what) {
        if (inside.incrementAndGet() > 1) {
            twiceAtATime = true;
        }
        try {
            told.add(what.newState());
            behaviour.accept(this, what.newState());
        } finally {
            inside.decrementAndGet();
        }
    }

    /** The numbers that it was told, in order. */
    List<Integer> told() {
        return List.copyOf(told);
    }

    boolean wasTold(int number) {
        return told.contains(number);
    }

    boolean wasTwiceAtATime() {
        return twiceAtATime;
    }
}
