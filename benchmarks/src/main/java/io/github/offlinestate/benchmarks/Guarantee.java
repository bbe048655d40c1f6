package io.github.offlinestate.benchmarks;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What the contract promises to clients, as a check that needs no luck: it breaks a peer that does not promise it, each
 * time. A peer that it does not break may still have a narrower race.
 */
enum Guarantee {
    NOTHING_STARTS("nothing starts once removal returned (UNADVISE-2)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            try (Stage stage = new Stage(peers)) {
                List<Probe> removed = new ArrayList<>();
                AtomicReference<Probe> first = new AtomicReference<>();
                AtomicBoolean broken = new AtomicBoolean();
                stage.add(3, (probe, number) -> {
                    if (first.compareAndSet(null, probe)) {
                        for (Probe other : stage.probes()) {
                            if (other != probe) {
                                stage.remove(other);
                                synchronized (removed) {
                                    removed.add(other);
                                }
                            }
                        }
                    } else {
                        synchronized (removed) {
                            if (removed.contains(probe)) {
                                broken.set(true);
                            }
                        }
                    }
                });
                stage.tell(1);
                stage.tell(2);
                stage.eventually(() -> first.get() != null && first.get().wasTold(2));
                return !broken.get();
            }
        }
    },

    REMOVAL_WAITS("removal waits for the call that runs (UNADVISE-2)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            try (Stage stage = new Stage(peers)) {
                CountDownLatch running = new CountDownLatch(1);
                CountDownLatch goOn = new CountDownLatch(1);
                AtomicBoolean returned = new AtomicBoolean();
                AtomicBoolean waited = new AtomicBoolean();
                stage.add(1, (probe, number) -> {
                    running.countDown();
                    Stage.await(goOn);
                    returned.set(true);
                });
                stage.begin(1);
                Stage.await(running);
                Thread remover = stage.start(() -> {
                    stage.remove(stage.probes().get(0));
                    waited.set(returned.get());
                });
                Stage.within(Stage.SHORT, () -> !remover.isAlive());
                goOn.countDown();
                Stage.join(remover);
                return waited.get();
            }
        }
    },

    REMOVES_ITSELF("a client removes itself while it is called (NOTIFY-7)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            try (Stage stage = new Stage(peers)) {
                AtomicReference<Thread> caller = new AtomicReference<>();
                CountDownLatch removed = new CountDownLatch(1);
                stage.add(1, (probe, number) -> {
                    caller.set(Thread.currentThread());
                    stage.remove(probe);
                    removed.countDown();
                });
                stage.begin(1);
                boolean kept = Stage.within(Stage.SHORT, () -> removed.getCount() == 0);
                Thread stuck = caller.get();
                if (!kept && stuck != null) {
                    stuck.interrupt();
                }
                return kept;
            }
        }
    },

    THROWER_STOPS_NOBODY("who throws stops nobody (NOTIFY-6)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            return allAreTold(peers, new IllegalStateException("thrown on purpose"));
        }
    },

    ERROR_STOPS_NOBODY("nor who throws an Error (NOTIFY-6)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            return allAreTold(peers, new NoClassDefFoundError("thrown on purpose"));
        }
    },

    THROWER_STAYS("who throws stays registered (NOTIFY-6)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            try (Stage stage = new Stage(peers)) {
                stage.add(1, (probe, number) -> {
                    if (number == 1) {
                        throw new IllegalStateException("thrown on purpose");
                    }
                });
                Probe thrower = stage.probes().get(0);
                stage.tell(1);
                stage.tell(2);
                stage.eventually(() -> thrower.wasTold(2) || thrower.ended);
                return thrower.wasTold(2);
            }
        }
    },

    ONE_AT_A_TIME("never twice at a time (NOTIFY-5)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            try (Stage stage = new Stage(peers)) {
                tellTwiceAtATime(stage);
                return stage.probes().stream().noneMatch(Probe::wasTwiceAtATime);
            }
        }
    },

    ONE_ORDER("one order for all (NOTIFY-4)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            try (Stage stage = new Stage(peers)) {
                tellTwiceAtATime(stage);
                return new HashSet<>(stage.probes().stream().map(Probe::told).toList()).size() == 1;
            }
        }
    },

    HANGING_ONE_IS_PASSED("one that hangs is passed by (NOTIFY-12)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            try (Stage stage = new Stage(peers)) {
                CountDownLatch end = new CountDownLatch(1);
                AtomicReference<Thread> hung = new AtomicReference<>();
                stage.add(3, (probe, number) -> {
                    if (hung.compareAndSet(null, Thread.currentThread())) {
                        Stage.await(end);
                    }
                });
                Thread teller = stage.begin(1);
                Stage.within(
                        Stage.LONG,
                        () -> hung.get() == teller || stage.probes().stream().allMatch(probe -> probe.wasTold(1)));
                boolean kept = stage.probes().stream().allMatch(probe -> probe.wasTold(1));
                end.countDown();
                return kept;
            }
        }
    },

    CLIENT_IS_KEPT("a registration keeps its client (ADVISE-8)") {
        @Override
        boolean isKeptBy(Supplier<Peer> peers) {
            try (Stage stage = new Stage(peers)) {
                AtomicInteger told = new AtomicInteger();
                stage.addUnheld((probe, number) -> told.incrementAndGet());
                WeakReference<Object> collected = new WeakReference<>(new Object());
                Stage.within(Stage.LONG, () -> {
                    System.gc();
                    return collected.get() == null;
                });
                System.gc();
                stage.tell(1);
                return stage.eventually(() -> told.get() == 1);
            }
        }
    };

    private final String title;

    Guarantee(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * Tries to break it.
     *
     * @param peers makes new ones
     * @return whether that failed
     */
    abstract boolean isKeptBy(Supplier<Peer> peers);

    private static boolean allAreTold(Supplier<Peer> peers, Throwable thrown) {
        try (Stage stage = new Stage(peers)) {
            stage.add(3, (probe, number) -> Guarantee.<RuntimeException>sneak(thrown));
            stage.tell(1);
            return stage.eventually(() -> stage.probes().stream().allMatch(probe -> probe.wasTold(1)));
        }
    }

    /** One thread tells 1 and is held up in the first client that it calls, meanwhile another tells 2. */
    private static void tellTwiceAtATime(Stage stage) {
        AtomicReference<Probe> first = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        stage.add(3, (probe, number) -> {
            if (number == 1 && first.compareAndSet(null, probe)) {
                running.countDown();
                Stage.await(goOn);
            }
        });
        Thread one = stage.begin(1);
        Stage.await(running);
        Thread two = stage.begin(2);
        Stage.within(Stage.SHORT, () -> !two.isAlive());
        goOn.countDown();
        Stage.join(one);
        Stage.join(two);
        stage.tell(3);
        stage.eventually(() -> stage.probes().stream().allMatch(probe -> probe.wasTold(3)));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
