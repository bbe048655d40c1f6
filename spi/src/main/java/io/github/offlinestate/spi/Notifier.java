package io.github.offlinestate.spi;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.TimeSource;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a profile's steps in order and delivers them phase by phase, on one thread at a time, there only while there
 * are steps. When a callback hangs, the watchdog lets another thread go on behind it (NOTIFY-12).
 */
final class Notifier {
    private final ProfileState profile;
    private final Registrations registrations;
    private final EngineSettings settings;
    private final Executor threads;
    private final Watchdog watchdog;
    private final HungCallbacks hung = new HungCallbacks();
    private final StepQueue queue = new StepQueue();

    // Guarded by the profile's lock.
    private boolean active;
    private @Nullable Step current;
    private Consumer<Step> whenDone = step -> {};
    private TimeSource.Work work = TimeSource.Work.NONE;
    private long loggedLeftOut;

    // The place in the current step: of the thread that delivers, handed over with the delivery.
    private int phase;
    private long after;
    private boolean startTold;
    private volatile @Nullable Delivery delivery;

    // What the watchdog saw at its last look; its own.
    private long seenToken;
    private long seenRounds;
    private long seenSince;

    Notifier(
            ProfileState profile,
            Registrations registrations,
            EngineSettings settings,
            Executor threads,
            Watchdog watchdog) {
        this.profile = profile;
        this.registrations = registrations;
        this.settings = settings;
        this.threads = threads;
        this.watchdog = watchdog;
    }

    // For the planner; all under the profile's lock, which it holds, but start().

    void whenDone(Consumer<Step> listener) {
        whenDone = listener;
    }

    boolean add(Step step) {
        return queue.add(step);
    }

    boolean removeStart() {
        return queue.removeStart();
    }

    boolean hasTransition() {
        Step now = current;
        return queue.hasTransition() || (now != null && now.kind().isTransition());
    }

    /** Whether there is something to deliver and nobody does: the caller then starts, outside the lock. */
    boolean claim() {
        if (active || queue.isEmpty()) {
            return false;
        }
        active = true;
        return true;
    }

    /** Whether somebody delivers, or is about to; for the watchdog, which does not hold the lock. */
    boolean isActive() {
        synchronized (profile) {
            return active;
        }
    }

    void start() {
        try {
            TimeSource.Work begun = settings.time().begin("notifying clients of " + profile);
            synchronized (profile) {
                work = begun;
            }
            watchdog.watch(this);
        } catch (RuntimeException | Error e) {
            cannotDeliver(e);
            return;
        }
        run();
    }

    /** Says, now and then, how much was left out for clients that lag (NOTIFY-11); not under the lock. */
    void logLeftOut() {
        long leftOut;
        synchronized (profile) {
            leftOut = queue.leftOut();
            if (leftOut < 10 * loggedLeftOut) {
                return; // said at the first, then at ten times as many each
            }
            loggedLeftOut = leftOut;
        }
        Log.warning("clients of " + profile + " lag by more than " + StepQueue.BOUND
                + " transitions; changes that came back, or losses that were restored, are left out (" + leftOut
                + " times so far)");
    }

    private void run() {
        try {
            threads.execute(() -> EngineThread.deliver(this::deliver));
        } catch (RuntimeException | Error e) {
            cannotDeliver(e);
        }
    }

    private void cannotDeliver(Throwable cause) {
        TimeSource.Work unfinished;
        synchronized (profile) {
            unfinished = rest();
        }
        unfinished.finish();
        Log.error("the clients of " + profile + " cannot be notified now; the next report tries again", cause);
    }

    /** Nobody delivers any longer, under the lock; gives the work that is finished by that. */
    private TimeSource.Work rest() {
        active = false;
        delivery = null;
        TimeSource.Work finished = work;
        work = TimeSource.Work.NONE;
        return finished;
    }

    // On a thread of the engine's.

    private void deliver() {
        Delivery mine = registrations.beginDelivery();
        delivery = mine;
        try {
            for (Step step = next(); step != null; step = next()) {
                if (!perform(step, mine)) {
                    hung.catchUp(mine, registrations);
                    return;
                }
                done(step);
            }
        } finally {
            registrations.endDelivery(mine);
        }
    }

    private @Nullable Step next() {
        TimeSource.Work finished;
        synchronized (profile) {
            if (current != null) {
                return current; // begun by a thread that was given up
            }
            current = queue.poll();
            phase = 0;
            after = 0;
            if (current != null) {
                return current;
            }
            finished = rest();
        }
        finished.finish();
        return null;
    }

    private void done(Step step) {
        synchronized (profile) {
            current = null;
            whenDone.accept(step);
        }
    }

    /** Whether it is done; if not, another thread goes on with it. */
    private boolean perform(Step step, Delivery mine) {
        List<Step.Phase> phases = step.kind().phases();
        for (; phase < phases.size(); phase++, after = 0) {
            try {
                if (!perform(step, phases.get(phase), mine)) {
                    return false;
                }
            } catch (RuntimeException | Error e) { // the next phases count all the same: the state changes in one
                Log.error("the engine failed in " + phases.get(phase) + " of " + step + " of " + profile, e);
            }
        }
        if (step.kind() == Step.Kind.CHANGE || step.kind() == Step.Kind.ABORT) {
            startTold = false;
        }
        hung.endStep(step);
        return true;
    }

    private boolean perform(Step step, Step.Phase now, Delivery mine) {
        OfflineNotification what = step.toTell(now);
        if (what == null) {
            if (now == Step.Phase.CHANGE_STATE) {
                profile.become(step.to());
                VarHandle.fullFence(); // flipped, then looked who is there: the other half of Registrations.add
            } else {
                profile.restore(step.loss());
            }
            return true;
        }
        // A START that reached nobody is none: the change tells it again, the abort tells nothing.
        boolean again = now == Step.Phase.TELL_START && step.continues() && startTold && after == 0;
        boolean nothing = step.kind() == Step.Kind.ABORT && !startTold;
        if (again || nothing) {
            return true;
        }
        int told = registrations.tell(mine, what, after, hung);
        if (told == Registrations.GIVEN_UP) {
            return false;
        }
        if (now == Step.Phase.TELL_START) {
            startTold = told != 0;
        }
        return true;
    }

    // On the watchdog's thread.

    /** Looks at what is being called; gives it up when it is the same call for longer than the limit. */
    void look(long now, long limit) {
        Delivery seen = delivery;
        if (seen == null) {
            seenToken = Delivery.NOTHING;
            return;
        }
        long rounds = seen.rounds();
        long token = seen.called();
        if (token == Delivery.NOTHING || token != seenToken || rounds != seenRounds) {
            seenToken = token;
            seenRounds = rounds;
            seenSince = now;
        } else if (now - seenSince >= limit) {
            giveUp(seen, token, rounds);
        }
    }

    private void giveUp(Delivery seen, long token, long rounds) {
        StackTraceElement[] stack = seen.thread().getStackTrace();
        TimeSource.Work kept = settings.time()
                .begin("the callback of " + new AdviseToken(token) + " of " + profile + ", which does not return");
        if (!hung.takeOver(seen, token, rounds, kept)) {
            kept.finish();
            return;
        }
        after = token;
        delivery = null;
        seenToken = Delivery.NOTHING;
        Throwable where = new Throwable("where it is");
        where.setStackTrace(stack);
        Log.warning(
                "a callback of " + profile + " (" + new AdviseToken(token) + ", thread "
                        + seen.thread().getName() + ") has not returned for " + settings.callbackLimit()
                        + "; the others go on without it, what is for it is kept until it returns",
                where);
        run();
    }

    /** What clients are waited for, for messages. */
    String waitingFor() {
        return registrations.waitingFor();
    }
}
