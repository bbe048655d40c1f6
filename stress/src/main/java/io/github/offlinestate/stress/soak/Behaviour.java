package io.github.offlinestate.stress.soak;

/** What kinds of clients there are, and how many in a thousand. */
enum Behaviour {
    /** Only listens. */
    QUIET(880),
    /** Reads the state at every notification (STATE-2). */
    READS(40),
    /** Throws, exceptions and errors (NOTIFY-6). */
    THROWS(30),
    /** Leaves its thread interrupted (NOTIFY-6). */
    INTERRUPTS(20),
    /** Removes itself in its callback (NOTIFY-7). */
    LEAVES(19),
    /** Takes a millisecond now and then. */
    SLOW(10),
    /** Hangs once, for longer than anybody waits (NOTIFY-12). */
    HANGS(1);

    static final int ALL = 1_000;

    private final int inThousand;

    Behaviour(int inThousand) {
        this.inThousand = inThousand;
    }

    static Behaviour of(int dice) {
        int rest = dice;
        for (Behaviour behaviour : values()) {
            rest -= behaviour.inThousand;
            if (rest < 0) {
                return behaviour;
            }
        }
        return QUIET;
    }
}
