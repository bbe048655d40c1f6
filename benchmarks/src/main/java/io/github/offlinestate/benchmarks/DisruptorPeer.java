package io.github.offlinestate.benchmarks;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import io.github.offlinestate.OfflineNotification;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A ring with a thread a handler, added and removed while it runs as in the library's own example. Being told is waited
 * for, as a change that is set is (SET-1).
 */
final class DisruptorPeer implements Peer {
    private static final int SIZE = 256;

    private final RingBuffer<Slot> ring = RingBuffer.createMultiProducer(Slot::new, SIZE, new BlockingWaitStrategy());
    private final List<Handler> handlers = new CopyOnWriteArrayList<>();

    private record Handler(BatchEventProcessor<Slot> processor, Thread thread) {}

    @Override
    public Object add(Client client) {
        BatchEventProcessor<Slot> processor = new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), client);
        processor.setExceptionHandler(new Ignoring());
        processor.getSequence().set(ring.getCursor());
        ring.addGatingSequences(processor.getSequence());
        Thread thread = new Thread(processor, "disruptor");
        thread.setDaemon(true);
        Handler handler = new Handler(processor, thread);
        handlers.add(handler);
        thread.start();
        return handler;
    }

    @Override
    public void remove(Object registration) {
        Handler handler = (Handler) registration;
        handlers.remove(handler);
        while (handler.thread.isAlive()) {
            handler.processor.halt(); // one that has not begun to run yet does not see it
            try {
                handler.thread.join(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        ring.removeGatingSequence(handler.processor.getSequence());
    }

    @Override
    public void tell(OfflineNotification what) {
        ring.publishEvent((slot, sequence, told) -> slot.what = told, what);
    }

    @Override
    public boolean tellsOnItsCaller() {
        return false;
    }

    @Override
    public void settle() {
        long last = ring.getCursor();
        for (Handler handler : handlers) {
            while (handler.processor.getSequence().get() < last) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {
        handlers.forEach(handler -> handler.processor.halt());
    }

    /** A place of the ring. */
    static final class Slot {
        private @Nullable OfflineNotification what;

        OfflineNotification what() {
            return Objects.requireNonNull(what, "published");
        }
    }

    /** Its default ends the handler's thread; the library's own other choice logs. */
    private static final class Ignoring implements com.lmax.disruptor.ExceptionHandler<Slot> {
        @Override
        public void handleEventException(Throwable thrown, long sequence, Slot slot) {}

        @Override
        public void handleOnStartException(Throwable thrown) {}

        @Override
        public void handleOnShutdownException(Throwable thrown) {}
    }
}
