package io.github.offlinestate.sim;

import io.github.offlinestate.TimeSource.Work;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Work that has been handed over and is not finished: it can be waited for, and named. */
final class WorkInFlight {
    private static final int NAMED = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition nothingLeft = lock.newCondition();
    private final Set<Item> items = new LinkedHashSet<>();

    Work begin(String what) {
        Item item = new Item(what, System.nanoTime());
        lock.lock();
        try {
            items.add(item);
        } finally {
            lock.unlock();
        }
        return item;
    }

    /**
     * Waits, in real time, until all work is finished.
     *
     * @return whether it is
     */
    boolean awaitNone(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!items.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = nothingLeft.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest pieces of work, for a person who looks for what hangs. */
    String describe() {
        StringJoiner text = new StringJoiner(", ");
        lock.lock();
        try {
            Iterator<Item> oldest = items.iterator();
            for (int named = 0; named < NAMED && oldest.hasNext(); named++) {
                Item item = oldest.next();
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - item.since);
                text.add("'" + item.what + "' (" + millis + " ms)");
            }
            if (oldest.hasNext()) {
                text.add((items.size() - NAMED) + " more");
            }
        } finally {
            lock.unlock();
        }
        return text.toString();
    }

    private final class Item implements Work {
        private final String what;
        private final long since;

        Item(String what, long since) {
            this.what = what;
            this.since = since;
        }

        @Override
        public void finish() {
            lock.lock();
            try {
                if (items.remove(this) && items.isEmpty()) {
                    nothingLeft.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
