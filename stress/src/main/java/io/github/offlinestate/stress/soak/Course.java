package io.github.offlinestate.stress.soak;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.stress.model.Findings;
import io.github.offlinestate.stress.model.Ledger;
import io.github.offlinestate.stress.model.Mistake;
import io.github.offlinestate.stress.model.Told;
import io.github.offlinestate.stress.model.Witness;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * What happens to one profile: batches of changes from outside, of sets, of losses and of changes that are given up,
 * each batch with a mark behind it. Everything is written into the ledger before it happens. One thread at a time.
 */
public final class Course {
    /** How far clients may lag: well below the 1,024 transitions that NOTIFY-11 keeps. */
    private static final int LAG = 900;

    private static final int BATCH = 8;
    private static final long PAUSE_NANOS = 50_000;
    private static final long AWAY_NANOS = 500_000;

    private final OfflineManager manager;
    private final Source source;
    private final Findings findings;
    private final RandomGenerator random;
    private final Duration patience;
    private final int dice;
    private final Ledger ledger;
    private final Witness all;
    private final AdviseToken token;
    private int marks;
    private boolean stuck;

    /**
     * A profile that nothing has happened to.
     *
     * @param manager an open object of it, the course's own
     * @param patience how long what has to come may take
     * @param dice how many batches there are for each one that is not a row of changes from outside
     */
    public Course(
            OfflineManager manager,
            Source source,
            Findings findings,
            RandomGenerator random,
            Duration patience,
            int dice) {
        this.manager = manager;
        this.source = source;
        this.findings = findings;
        this.random = random;
        this.patience = patience;
        this.dice = dice;
        this.ledger = new Ledger(manager.currentState());
        this.all = new Witness(ledger, findings, 0, told -> {});
        this.token = manager.advise(all, 0);
        all.joined();
        mark();
    }

    /** What clients are to be told. */
    public Ledger ledger() {
        return ledger;
    }

    /** How much of it has been told to a registration that is always there: all before that, to everybody. */
    public int toldToAll() {
        return Math.max(0, all.position());
    }

    /** Whether its clients do not lag. */
    boolean mayGoOn() {
        return !stuck && ledger.length() - toldToAll() < LAG;
    }

    /** Whether something has not come that has to come, so that nothing more can be made. */
    public boolean isStuck() {
        return stuck;
    }

    /**
     * Makes a batch.
     *
     * @return how many transitions it had, changes and what was given up
     */
    public int goOn() {
        int made =
                switch (random.nextInt(4 * dice)) {
                    case 0 -> set(SetFlag.BLOCK);
                    case 1 -> set(SetFlag.DEFAULT);
                    case 2 -> lose();
                    case 3 -> giveUp();
                    default -> flap();
                };
        mark();
        return made;
    }

    private int flap() {
        for (int i = 0; i < BATCH; i++) {
            ConnectionState to = ledger.state().opposite();
            ledger.change(to);
            source.change(to);
        }
        return BATCH;
    }

    /** Sets the state as a client does, and sometimes again at once: while it is under way nothing comes of that (SET-3). */
    private int set(SetFlag flag) {
        if (!manager.canSet()) {
            return 0;
        }
        awaitTold("what went before a set"); // or a report of that could be taken for the change that is asked for
        int made = setOnce(flag);
        if (flag == SetFlag.BLOCK && toldToAll() < ledger.length()) {
            findings.add(Mistake.FAILED_CALL, "SetCurrentState with BLOCK returned before DONE was told (SET-1)");
        }
        if (random.nextBoolean()) {
            made += setOnce(SetFlag.DEFAULT);
        }
        awaitTold("a change that was set"); // or what follows could overtake the request
        return made;
    }

    private int setOnce(SetFlag flag) {
        ConnectionState to = ledger.state().opposite();
        ledger.change(to);
        try {
            manager.setCurrentState(to, flag);
            return 1;
        } catch (OfflineStateException e) {
            ledger.takeBackChange();
            if (!e.result().equals(HResult.E_PENDING)) { // even told to everybody, what went before may not be over
                findings.add(Mistake.FAILED_CALL, "SetCurrentState failed with " + e);
            }
            return 0;
        }
    }

    private int lose() {
        boolean elsewhere = random.nextBoolean();
        ledger.add(Told.LOST);
        source.goAway();
        if (random.nextBoolean()) {
            LockSupport.parkNanos(this, AWAY_NANOS); // long enough for clients to come and go meanwhile
        }
        ledger.add(Told.RESTORED);
        ConnectionState in = elsewhere ? ledger.state().opposite() : ledger.state();
        if (elsewhere) {
            ledger.change(in);
        }
        source.comeBack(in);
        awaitTold("a loss and what followed");
        return elsewhere ? 1 : 0;
    }

    private int giveUp() {
        if (!manager.canSet()) {
            return 0;
        }
        awaitTold("what went before a change that is given up");
        ConnectionState stays = ledger.state();
        ledger.add(Told.start(stays.opposite()));
        source.giveUp(stays.opposite(), () -> {
            awaitTold("the START of a change that is given up");
            ledger.add(Told.abort(stays));
        });
        awaitTold("an abort");
        return 1;
    }

    private void mark() {
        ledger.add(Told.mark(marks));
        source.mark(marks++);
    }

    /** Waits until everything has been told to a registration that is always there. */
    void awaitTold(String what) {
        long begun = System.nanoTime();
        while (!stuck && toldToAll() < ledger.length()) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                stuck = true;
                findings.add(
                        Mistake.LOST,
                        ledger.length() - toldToAll(),
                        what + " has not been told for " + patience.toSeconds() + " s, at " + toldToAll() + " of "
                                + ledger.length());
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    /** Nothing happens any more, and everything has been told; the object is closed. */
    public void end() {
        manager.unadvise(token);
        all.removed();
        manager.close();
    }
}
