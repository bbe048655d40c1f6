package io.github.offlinestate.stress.model;

import io.github.offlinestate.ConnectionState;
import java.util.Arrays;

/**
 * What one profile's clients are to be told, in order: who makes something happen writes it down first. One thread at a
 * time writes, any reads.
 */
public final class Ledger {
    private static final int FIRST_SIZE = 1 << 10;

    private final ConnectionState initial;
    private volatile int[] entries = new int[FIRST_SIZE];
    private volatile int length;
    private ConnectionState state;

    /** Nothing has happened yet in a profile that is in a state. */
    public Ledger(ConnectionState initial) {
        this.initial = initial;
        this.state = initial;
    }

    /** The state when all that was written down has been told; for who writes. */
    public ConnectionState state() {
        return state;
    }

    /** A change will be made. */
    public void change(ConnectionState to) {
        add(Told.start(to));
        add(Told.change(to));
        add(Told.done(to));
        state = to;
    }

    /** A change that was written down last was not made. */
    public void takeBackChange() {
        length = length() - 3;
        state = state.opposite();
    }

    /** Something else will be told. */
    public void add(int told) {
        int[] now = entries;
        int at = length;
        if (at == now.length) {
            now = Arrays.copyOf(now, 2 * at);
            entries = now;
        }
        now[at] = told;
        length = at + 1;
    }

    /** How many are to be told so far. */
    public int length() {
        return length;
    }

    int at(int position) {
        return position >= 0 && position < length ? entries[position] : Told.UNKNOWN;
    }

    /** Whether the entries from a position on are these. */
    boolean holds(int position, int[] told, int count) {
        for (int i = 0; i < count; i++) {
            if (at(position + i) != told[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether a state held at some time while what stands between two positions was told. */
    boolean wasIn(int stateCode, int from, int to) {
        int now = initial.code();
        for (int i = from - 1; i >= 0; i--) {
            if (Told.isChange(at(i))) {
                now = Told.stateOf(at(i));
                break;
            }
        }
        for (int i = from; i < to && now != stateCode; i++) {
            now = Told.isChange(at(i)) ? Told.stateOf(at(i)) : now;
        }
        return now == stateCode;
    }
}
