package io.github.offlinestate.benchmarks;

import com.lmax.disruptor.EventHandler;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.engio.mbassy.listener.Handler;
import org.openjdk.jmh.annotations.CompilerControl;
import org.springframework.context.ApplicationListener;

/**
 * Who is told. It is a listener of every peer itself, so that none pays for an adapter, and all end in the same method.
 */
public abstract class Client
        implements OfflineNotify,
                PropertyChangeListener,
                Consumer<OfflineNotification>,
                io.reactivex.rxjava3.functions.Consumer<OfflineNotification>,
                ApplicationListener<SpringPeer.Told>,
                EventHandler<DisruptorPeer.Slot> {
    /** How often it was told, in effect; what keeps the compiler from leaving the call out. */
    long sum;

    /** Whether it was told that it will be told nothing more. */
    volatile boolean ended;

    @Override
    public final void propertyChange(PropertyChangeEvent event) {
        onNotify((OfflineNotification) event.getNewValue());
    }

    @Override
    public final void accept(OfflineNotification what) {
        onNotify(what);
    }

    /** For the buses; not an overriding one, whose bridges MBassador would call too. */
    @com.google.common.eventbus.Subscribe
    @org.greenrobot.eventbus.Subscribe
    @Handler
    public final void handle(OfflineNotification what) {
        onNotify(what);
    }

    @Override
    public final void onApplicationEvent(SpringPeer.Told event) {
        onNotify(event.what());
    }

    @Override
    public final void onEvent(DisruptorPeer.Slot slot, long sequence, boolean endOfBatch) {
        onNotify(slot.what());
    }

    /** What kind of clients there are. */
    enum Kind {
        /** Of one class, which is predicted, and called: as a callback is that does something. */
        CALLED {
            @Override
            List<Client> make(int count) {
                return repeat(count, List.of(First::new));
            }
        },

        /** Of one class, so small that the compiler makes it a part of the loop. */
        INLINED {
            @Override
            List<Client> make(int count) {
                return repeat(count, List.of(Tiny::new));
            }
        },

        /** Of eight classes in an order that nobody predicts. */
        MANY {
            @Override
            List<Client> make(int count) {
                List<Client> clients = repeat(
                        count,
                        List.of(
                                First::new,
                                Second::new,
                                Third::new,
                                Fourth::new,
                                Fifth::new,
                                Sixth::new,
                                Seventh::new,
                                Eighth::new));
                Collections.shuffle(clients, new Random(1));
                return clients;
            }
        };

        /** New ones; always the same order. */
        abstract List<Client> make(int count);

        private static List<Client> repeat(int count, List<Supplier<Client>> classes) {
            List<Client> clients = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                clients.add(classes.get(i % classes.size()).get());
            }
            return clients;
        }
    }

    /** The usual one. */
    public static final class First extends Client {
        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void onNotify(OfflineNotification what) {
            sum += what.newState();
        }
    }

    /** One that differs. */
    public static final class Second extends Client {
        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void onNotify(OfflineNotification what) {
            sum += what.newState() + 1;
        }
    }

    /** One that differs. */
    public static final class Third extends Client {
        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void onNotify(OfflineNotification what) {
            sum += what.newState() + 2;
        }
    }

    /** One that differs. */
    public static final class Fourth extends Client {
        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void onNotify(OfflineNotification what) {
            sum += what.newState() + 3;
        }
    }

    /** One that differs. */
    public static final class Fifth extends Client {
        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void onNotify(OfflineNotification what) {
            sum += what.newState() + 4;
        }
    }

    /** One that differs. */
    public static final class Sixth extends Client {
        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void onNotify(OfflineNotification what) {
            sum += what.newState() + 5;
        }
    }

    /** One that differs. */
    public static final class Seventh extends Client {
        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void onNotify(OfflineNotification what) {
            sum += what.newState() + 6;
        }
    }

    /** One that differs. */
    public static final class Eighth extends Client {
        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void onNotify(OfflineNotification what) {
            sum += what.newState() + 7;
        }
    }

    /** One that may be inlined. */
    public static final class Tiny extends Client {
        @Override
        public void onNotify(OfflineNotification what) {
            sum += what.newState();
        }
    }
}
