package io.github.offlinestate.stress.model;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One registration, and what the contract says that it is told: from some place of the profile's ledger on, entry by
 * entry, one at a time, and nothing after its end.
 *
 * <p>Where it begins is not known at first: a registration that is made while something is told gets a suffix of that
 * (ADVISE-10). The next mark says it. It cannot be before what had been told to everybody when Advise was called, nor
 * behind what was written down when Advise had returned.
 *
 * <p>What the callback knows is in plain fields: that each call happens before the next is a part of what is tested.
 */
public final class Witness implements OfflineNotify {
    /** What the client does in its callback, when the notification has been judged. */
    @FunctionalInterface
    public interface Behaviour {
        /**
         * Does it.
         *
         * @param told what the witness was told
         */
        void act(OfflineNotification told);
    }

    /** How far to look for what was told instead of what was to be told. */
    private static final int WINDOW = 64;

    private static final int UNKNOWN = -1;

    private final Ledger ledger;
    private final Findings findings;
    private final int clientToken;
    private final Behaviour behaviour;

    private int[] early = new int[8];
    private int earlyCount;
    private int missingFrom;
    private int missingTo;
    private int calls;

    private final AtomicBoolean inside = new AtomicBoolean();
    private volatile int position = UNKNOWN;
    private volatile int notBefore;
    private volatile int joinedAt = UNKNOWN;
    private volatile int first = UNKNOWN;
    private volatile boolean gone;
    private volatile boolean leftInside;

    /** A witness that is not registered yet. */
    public Witness(Ledger ledger, Findings findings, int clientToken, Behaviour behaviour) {
        this.ledger = ledger;
        this.findings = findings;
        this.clientToken = clientToken;
        this.behaviour = behaviour;
    }

    /** What it is registered with. */
    public int clientToken() {
        return clientToken;
    }

    // Who registers it.

    /** It is about to be registered; everything up to there has been told to somebody who is told all. */
    public void joining(int toldToAnother) {
        notBefore = Math.max(0, toldToAnother - 1); // which the others may be being told still
    }

    /** It is registered. */
    public void joined() {
        joinedAt = ledger.length();
        judgeFirst();
    }

    /** The state was read after it was registered: what it is not told of, it has read (ADVISE-10). */
    public void read(ConnectionState state) {
        int now = ledger.length();
        int begun = first;
        int earliest = begun == UNKNOWN ? notBefore : begun;
        if (!ledger.wasIn(state.code(), earliest, now)) {
            findings.add(
                    Mistake.WRONG_STATE,
                    this + " read " + state + " after Advise, and that was over before what it is told of");
        }
    }

    /** Unadvise or close has returned, outside of callbacks. */
    public void removed() {
        gone = true;
        if (inside.get()) {
            findings.add(Mistake.AFTER_UNADVISE, this + " was still being told when Unadvise had returned");
        }
        judgeEnd();
    }

    /** Unadvise has returned, inside its own callback. */
    public void removedInside() {
        leftInside = true;
        gone = true;
    }

    /** Everything up to there had been told to somebody who is told all, and everything before it to everybody. */
    public void requireTold(int toldToAnother) {
        int now = position;
        int begun = joinedAt;
        if (now == UNKNOWN
                ? earlyCount == 0 && begun != UNKNOWN && begun < toldToAnother - 1
                : now < toldToAnother - 1) {
            findings.add(
                    Mistake.LOST,
                    Math.max(1, toldToAnother - 1 - Math.max(now, begun)),
                    this + " has not been told what everybody has been told: it is at " + now + " of " + toldToAnother);
        }
    }

    /** How often it was told something; to be asked when that is over. */
    public int calls() {
        return calls;
    }

    /** How much of the ledger it has been told. */
    public int position() {
        return position;
    }

    /** Whether it has been told all there is; what it was told before the first mark counts where it matches. */
    public boolean isAtEnd() {
        int end = ledger.length();
        return position == end || (position == UNKNOWN && joinedAt >= end);
    }

    // Who tells it.

    @Override
    public void onNotify(OfflineNotification notification) {
        if (!inside.compareAndSet(false, true)) {
            findings.add(Mistake.AT_ONCE, this + " is called while it is being called");
        }
        calls++;
        if (gone) {
            findings.add(Mistake.AFTER_UNADVISE, this + " is told " + Told.words(Told.of(notification)));
        }
        if (Thread.currentThread().isInterrupted()) {
            findings.add(Mistake.INTERRUPTED, this + " is called on an interrupted thread");
        }
        if (notification.clientToken() != clientToken) {
            findings.add(Mistake.NOT_ITS_OWN, this + " is told with client token " + notification.clientToken());
        }
        int told = Told.of(notification);
        if (told != Told.FOREIGN) {
            judge(told);
        }
        try {
            behaviour.act(notification);
        } finally {
            if (gone && !leftInside) {
                findings.add(Mistake.AFTER_UNADVISE, this + " was still being told when Unadvise had returned");
            }
            inside.set(false);
        }
    }

    private void judge(int told) {
        int at = position;
        if (at == UNKNOWN) {
            begin(told);
        } else if (ledger.at(at) == told) {
            position = at + 1;
        } else {
            judgeOther(told, at);
        }
    }

    /** Before the first mark. */
    private void begin(int told) {
        if (earlyCount == early.length) {
            early = Arrays.copyOf(early, 2 * earlyCount);
        }
        early[earlyCount++] = told;
        if (!Told.isMark(told)) {
            return;
        }
        int end = ledger.length();
        for (int at = end - earlyCount; at >= 0; at--) {
            if (ledger.at(at + earlyCount - 1) == told) {
                if (!ledger.holds(at, early, earlyCount)) {
                    findings.add(Mistake.OUT_OF_ORDER, this + " is told, before its first mark, " + earlyInWords());
                }
                first = at;
                position = at + earlyCount;
                early = new int[0];
                judgeFirst();
                return;
            }
        }
        findings.add(Mistake.OUT_OF_ORDER, this + " is told " + earlyInWords() + ", and that is nowhere in the ledger");
        earlyCount = 0;
    }

    private String earlyInWords() {
        return Arrays.stream(early, 0, Math.min(earlyCount, WINDOW))
                .mapToObj(Told::words)
                .toList()
                .toString();
    }

    private void judgeFirst() {
        int at = first;
        int joined = joinedAt;
        if (at == UNKNOWN || joined == UNKNOWN) {
            return; // whoever writes the other one judges
        }
        if (at > joined) {
            findings.add(
                    Mistake.LOST,
                    at - joined,
                    this + " is first told " + Told.words(ledger.at(at)) + ", the " + at + "th, and was registered at "
                            + joined);
        } else if (at < notBefore) {
            findings.add(Mistake.DOUBLED, this + " is told what was over before it was registered");
        }
    }

    /** Not registered any more before it was told a mark: what it was told stands somewhere in the ledger. */
    private void judgeEnd() {
        if (position != UNKNOWN || earlyCount == 0) {
            return;
        }
        int latest = Math.max(joinedAt, notBefore);
        for (int at = notBefore; at <= latest; at++) {
            if (ledger.holds(at, early, earlyCount)) {
                return;
            }
        }
        findings.add(Mistake.OUT_OF_ORDER, this + " was told " + earlyInWords() + ", and that stands nowhere");
    }

    private void judgeOther(int told, int at) {
        if (missingFrom < missingTo && ledger.at(missingFrom) == told) {
            missingFrom++;
            findings.correct(Mistake.LOST, Mistake.OUT_OF_ORDER); // it comes late
            return;
        }
        for (int ahead = at + 1; ahead < Math.min(at + WINDOW, ledger.length()); ahead++) {
            if (ledger.at(ahead) == told) {
                findings.add(Mistake.LOST, ahead - at, insteadOf(told, at));
                missingFrom = at;
                missingTo = ahead;
                position = ahead + 1;
                return;
            }
        }
        for (int behind = at - 1; behind >= Math.max(0, at - WINDOW); behind--) {
            if (ledger.at(behind) == told) {
                findings.add(Mistake.DOUBLED, insteadOf(told, at));
                return;
            }
        }
        findings.add(Mistake.OUT_OF_ORDER, insteadOf(told, at));
    }

    private String insteadOf(int told, int at) {
        String next = at < ledger.length() ? Told.words(ledger.at(at)) : "nothing more";
        return this + " is told " + Told.words(told) + " where " + next + " is to come, at " + at;
    }

    @Override
    public String toString() {
        return "registration " + clientToken;
    }
}
