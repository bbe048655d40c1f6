package io.github.offlinestate.tck.check;

import io.github.offlinestate.tck.model.TckEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A place where threads wait until the test lets them go on. Interrupts do not open it; they are kept. */
public final class Gate {
    private final Trial trial;
    private final String name;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger entered = new AtomicInteger();

    Gate(Trial trial, String name) {
        this.trial = trial;
        this.name = name;
    }

    /** Waits here. */
    public void pass() {
        entered.incrementAndGet();
        if (opened.getCount() > 0) {
            trial.record("kit", TckEvent.Kind.NOTE, "held at " + name);
        }
        boolean interrupted = false;
        while (true) {
            try {
                opened.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until somebody waits here, or has. */
    public void awaitEntered() {
        trial.await("a thread comes to " + name, () -> entered.get() > 0);
    }

    public boolean isEntered() {
        return entered.get() > 0;
    }

    /** Lets all go on, now and later. */
    public void open() {
        opened.countDown();
    }
}
