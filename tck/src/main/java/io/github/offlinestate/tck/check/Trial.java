package io.github.offlinestate.tck.check;

import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.TckEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of one test: its history, its waiting, its threads, and what is to be cleaned up after it. Whatever the
 * subject does to the kit's threads, a trial comes to its end: all waiting is bounded, interrupts are noted and
 * ignored, and an abandoned trial ends its threads.
 */
public abstract class Trial {
    private static final long FIRST_PAUSE = 20_000;
    private static final long LONGEST_PAUSE = 1_000_000;
    private static final int TURNS = 100;
    private static final String CUT = ", to keep to the time";

    private final Rule rule;
    private final RunSettings settings;
    private final History history = new History();
    private final Random random;
    private final Set<Means> means = Collections.synchronizedSet(EnumSet.noneOf(Means.class));
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<AutoCloseable> cleanups = new ConcurrentLinkedDeque<>();
    private volatile @Nullable Throwable callbackFailure;
    private volatile boolean abandoned;

    protected Trial(Rule rule, RunSettings settings) {
        this.rule = rule;
        this.settings = settings;
        this.random = new Random(settings.seed() * 31 + rule.id().hashCode());
    }

    /** Makes ready what is to be judged. Runs on the test's own thread. */
    protected abstract void prepare();

    /** What a failure of this trial has to weigh for the subject to be blamed. */
    static final int ENOUGH = 100;

    /**
     * How much a failure of this trial says about the subject. Nothing where somebody else than the kit was seen to
     * change what is judged; little where that cannot be seen. The test is tried again then, and the weights add up.
     */
    protected int weightOfFailure() {
        return ENOUGH;
    }

    public final Rule rule() {
        return rule;
    }

    public final RunSettings settings() {
        return settings;
    }

    public final Random random() {
        return random;
    }

    public final void used(Means how) {
        means.add(how);
    }

    public final void note(String note) {
        notes.add(note);
    }

    public final void record(String lane, TckEvent.Kind kind, String text) {
        history.add(lane, kind, text);
    }

    /** What goes wrong in the kit's own part of a callback is kept for the test's thread: the provider is not told. */
    final void failedInCallback(Throwable failure) {
        if (callbackFailure == null) {
            callbackFailure = failure;
        }
    }

    /**
     * Waits until something holds, and fails where it does not in time.
     *
     * @param expected what, as the end of "expected that ..."
     * @param condition looked at again and again
     */
    public final void await(String expected, BooleanSupplier condition) {
        awaitWithin(settings.inTime(), expected, condition);
    }

    /** The same within another time. */
    public final void awaitWithin(Duration limit, String expected, BooleanSupplier condition) {
        long since = System.nanoTime();
        if (!waitFor(limit, limit.dividedBy(10), condition)) {
            throw CheckFailure.timedOut(
                    "expected that " + expected + "; it did not within " + inWords(limit), since, ThreadDump.take());
        }
    }

    /**
     * Waits until something holds, for a given time at most.
     *
     * @param atMost how long
     * @param condition looked at again and again
     * @return whether it held
     */
    public final boolean waitFor(Duration atMost, BooleanSupplier condition) {
        return waitFor(atMost, atMost, condition);
    }

    private boolean waitFor(Duration atMost, Duration whenItSaysNothing, BooleanSupplier condition) {
        long since = System.nanoTime();
        long pause = FIRST_PAUSE;
        while (!condition.getAsBoolean()) {
            throwIfOver();
            long waited = System.nanoTime() - since;
            if (waited > atMost.toNanos() || (waited > whenItSaysNothing.toNanos() && weightOfFailure() == 0)) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_PAUSE, pause * 2);
            noteInterrupt();
        }
        throwIfOver();
        noteInterrupt();
        return true;
    }

    /** What the kit calls next is not to end by an interrupt of somebody who interrupts whom he finds. */
    private void noteInterrupt() {
        if (Thread.interrupted()) {
            record("kit", TckEvent.Kind.NOTE, "somebody interrupted this thread of the kit");
        }
    }

    private void throwIfOver() {
        if (abandoned) {
            throw new TrialAbandoned();
        }
        rethrowFromCallbacks();
    }

    final void rethrowFromCallbacks() {
        Throwable failure = callbackFailure;
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw CheckFailure.thrown("a call from within a callback threw " + failure, failure);
        }
    }

    /**
     * Fails unless something holds.
     *
     * @param holds whether it does
     * @param expected what was expected, and what was seen instead
     */
    public final void expect(boolean holds, String expected) {
        rethrowFromCallbacks();
        if (!holds) {
            throw CheckFailure.seen(expected);
        }
    }

    /**
     * Does something on a thread of its own, so that it may hang.
     *
     * @param actor whose thread, as it is to appear in the history
     * @param what what is done
     * @param body does it
     * @param <T> what comes of it
     * @return the call, begun
     */
    public final <T extends @Nullable Object> Call<T> call(String actor, String what, Callable<T> body) {
        Call<T> call = new Call<>(this, actor, what, body);
        call.start();
        return call;
    }

    /** The same for what gives nothing. */
    public final Call<@Nullable Void> run(String actor, String what, Task body) {
        return call(actor, what, () -> {
            body.run();
            return null;
        });
    }

    /** The same on a thread that is no daemon, as a program's own threads are. */
    public final Call<@Nullable Void> runAsUser(String actor, String what, Task body) {
        Call<@Nullable Void> call = new Call<>(this, actor, what, () -> {
            body.run();
            return null;
        });
        call.thread().setDaemon(false);
        call.start();
        return call;
    }

    /** Something that may throw. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** A place where a thread, a callback's mostly, waits until the test lets it go on, or is over. */
    public final Gate gate(String name) {
        Gate gate = new Gate(this, name);
        gates.add(gate);
        if (abandoned) {
            gate.open();
        }
        return gate;
    }

    /** Repeats something: as often as told, and not longer than a test's share of the run's time. */
    public final void repeat(int times, Repetition body) throws Exception {
        long deadline = System.nanoTime() + settings.slice().toNanos();
        int done = 0;
        int disturbed = 0;
        while (done < times && (done < 3 || System.nanoTime() - deadline < 0)) {
            throwIfOver();
            try {
                body.run(done);
            } catch (CheckFailure failure) {
                if (weightOfFailure() == ENOUGH || ++disturbed > times / 2 + 3) {
                    throw failure;
                }
            }
            done++;
        }
        if (done < times) {
            note("repeated " + done + " times instead of " + times + CUT);
        }
    }

    /** Whether a note of a test says that repetitions were cut. */
    public static boolean isOfCut(String note) {
        return note.endsWith(CUT);
    }

    /** One of many. */
    @FunctionalInterface
    public interface Repetition {
        void run(int index) throws Exception;
    }

    /**
     * Gives every thread that is ready to run many turns: what would go wrong by itself has gone wrong then. It is no
     * waiting: two threads hand something to each other and back.
     */
    public final void letOthersRun() {
        SynchronousQueue<Integer> there = new SynchronousQueue<>();
        SynchronousQueue<Integer> back = new SynchronousQueue<>();
        Thread partner = new Thread(
                () -> {
                    try {
                        for (int turn = 0; turn < TURNS; turn++) {
                            back.put(there.take());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "tck-partner");
        partner.setDaemon(true);
        partner.start();
        try {
            for (int turn = 0; turn < TURNS && partner.isAlive(); turn++) {
                boolean given = there.offer(turn, 1, TimeUnit.SECONDS);
                Integer returned = given ? back.poll(1, TimeUnit.SECONDS) : null;
                if (returned == null) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            record("kit", TckEvent.Kind.NOTE, "somebody interrupted this thread of the kit");
        }
        partner.interrupt();
        throwIfOver();
    }

    /** Spends a little time that no two runs of a seed differ in asking for. */
    public final void spin(int rounds) {
        for (int round = 0; round < rounds; round++) {
            Thread.onSpinWait();
        }
    }

    /** Something to be ended after the test, the last first. What it throws is noted. */
    public final void atEnd(AutoCloseable cleanup) {
        cleanups.addFirst(cleanup);
    }

    /** Lets everything go on that the test holds. */
    final void openGates() {
        gates.forEach(Gate::open);
    }

    final void cleanUp() {
        openGates();
        for (AutoCloseable cleanup = cleanups.poll(); cleanup != null; cleanup = cleanups.poll()) {
            try {
                cleanup.close();
            } catch (Throwable failure) {
                note("cleaning up after the test failed: " + failure);
            }
        }
    }

    final void abandon() {
        abandoned = true;
        openGates();
    }

    final boolean isAbandoned() {
        return abandoned;
    }

    final History history() {
        return history;
    }

    final Set<Means> means() {
        synchronized (means) {
            return means.isEmpty() ? EnumSet.of(Means.API) : EnumSet.copyOf(means);
        }
    }

    final List<String> notes() {
        return new ArrayList<>(notes);
    }

    static String inWords(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
