package io.github.offlinestate.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.stress.races.Heard;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Advise, Unadvise and close against a delivery that walks the slots: the protocols that need no lock. */
public final class RegistrationRaces {
    private RegistrationRaces() {}

    /**
     * UNADVISE-2: a call that Unadvise has not seen does not start, and one that it has seen is waited for. Some are
     * removed one after the other, so that both threads want the same lines of memory.
     */
    @JCStressTest
    @Outcome(id = "(\\d+), \\1", expect = ACCEPTABLE, desc = "told before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a callback ran on after Unadvise had returned")
    @State
    public static class UnadviseDeliver {
        private static final int COUNT = 32;

        private final Registrations registrations = Deliverer.registrations();
        private final Deliverer deliverer = new Deliverer(registrations);
        private final AdviseToken[] tokens = new AdviseToken[COUNT];
        private final int[] calls = new int[COUNT];

        public UnadviseDeliver() {
            for (int i = 0; i < COUNT; i++) {
                int its = i;
                tokens[i] = registrations.add(Deliverer.FIRST_OWNER, told -> calls[its]++, 0);
            }
            registrations.add(Deliverer.FIRST_OWNER, told -> {}, 0); // so that the table does not become empty
        }

        @Actor
        public void deliver() {
            deliverer.tell(Deliverer.TIMES, Deliverer.START);
        }

        @Actor
        public void unadvise(II_Result result) {
            int seen = 0;
            for (int i = 0; i < COUNT; i++) {
                registrations.remove(tokens[i], Deliverer.FIRST_OWNER);
                seen += calls[i];
            }
            result.r1 = seen;
        }

        @Arbiter
        public void after(II_Result result) {
            for (int told : calls) {
                result.r2 += told;
            }
        }
    }

    /** CLOSE-1: the same for all registrations of an object, while those of others stay. */
    @JCStressTest
    @Outcome(id = "(\\d+), \\1", expect = ACCEPTABLE, desc = "told before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a callback ran on after close had returned")
    @State
    public static class CloseDeliver {
        private final Registrations registrations = Deliverer.registrations();
        private final Deliverer deliverer = new Deliverer(registrations);
        private final int[] calls = new int[Deliverer.OWNERS.size()];

        public CloseDeliver() {
            registrations.add(Deliverer.FIRST_OWNER, told -> {}, 0);
            for (int i = 0; i < calls.length; i++) {
                int its = i;
                registrations.add(Deliverer.OWNERS.get(i), told -> calls[its]++, 0);
            }
        }

        @Actor
        public void deliver() {
            deliverer.tell(Deliverer.TIMES, Deliverer.START);
        }

        @Actor
        public void close(II_Result result) {
            int seen = 0;
            for (int i = calls.length - 1; i >= 0; i--) { // backwards: what is removed is looked at last
                registrations.removeAll(Deliverer.OWNERS.get(i));
                seen += calls[i];
            }
            result.r1 = seen;
        }

        @Arbiter
        public void after(II_Result result) {
            for (int told : calls) {
                result.r2 += told;
            }
        }
    }

    /**
     * ADVISE-10: a registration that comes while a change is being told gets a suffix of it, and the state that is read
     * after Advise has returned makes up for what is missing. Many come one after the other, so that the flip meets one.
     */
    private abstract static class Advising {
        private static final Set<String> WHOLE =
                Set.of("scd ONLINE", "scd OFFLINE", "cd ONLINE", "cd OFFLINE", "d OFFLINE", " OFFLINE");

        private final Registrations registrations = Deliverer.registrations();
        private final Deliverer deliverer = new Deliverer(registrations);
        private final ProfileState state = new ProfileState("race", ConnectionState.ONLINE);
        private final Heard[] heard;
        private final ConnectionState[] read;

        Advising(int count) {
            heard = new Heard[count];
            Arrays.setAll(heard, i -> new Heard());
            read = new ConnectionState[count];
            registrations.add(Deliverer.FIRST_OWNER, told -> {}, 0);
        }

        void tellAll() {
            deliverer.goOffline(state);
        }

        void adviseAndRead() {
            for (int i = 0; i < heard.length; i++) {
                registrations.add(Deliverer.FIRST_OWNER, heard[i], 0);
                read[i] = state.read();
            }
        }

        /** What is not whole, if anything is not. */
        String gaps() {
            String gaps = IntStream.range(0, heard.length)
                    .mapToObj(i -> heard[i].told() + " " + read[i])
                    .filter(one -> !WHOLE.contains(one))
                    .distinct()
                    .collect(Collectors.joining(", "));
            return gaps.isEmpty() ? "whole" : gaps;
        }
    }

    /** Within one segment. */
    @JCStressTest
    @Outcome(id = "whole", expect = ACCEPTABLE, desc = "each has been told of the change, or has read it")
    @Outcome(expect = FORBIDDEN, desc = "a gap, or not a suffix")
    @State
    public static class AdviseDeliver extends Advising {
        public AdviseDeliver() {
            super(12);
        }

        @Actor
        public void deliver() {
            tellAll();
        }

        @Actor
        public void advise() {
            adviseAndRead();
        }

        @Arbiter
        public void after(L_Result result) {
            result.r1 = gaps();
        }
    }

    /** The same where segments are needed that are not there yet. */
    @JCStressTest
    @Outcome(id = "whole", expect = ACCEPTABLE, desc = "each has been told of the change, or has read it")
    @Outcome(expect = FORBIDDEN, desc = "a gap, or not a suffix")
    @State
    public static class AdviseDeliverGrowing extends Advising {
        public AdviseDeliverGrowing() {
            super(100);
        }

        @Actor
        public void deliver() {
            tellAll();
        }

        @Actor
        public void advise() {
            adviseAndRead();
        }

        @Arbiter
        public void after(L_Result result) {
            result.r1 = gaps();
        }
    }

    /** ADVISE-2, ADVISE-6: a slot that is given on while it is being read never mixes two registrations. */
    @JCStressTest
    @Outcome(id = "own", expect = ACCEPTABLE, desc = "each callback with its own client token")
    @Outcome(expect = FORBIDDEN, desc = "one registration's callback with another one's client token")
    @State
    public static class TokenReuse {
        private static final int COUNT = 16;

        private final Registrations registrations = Deliverer.registrations();
        private final Deliverer deliverer = new Deliverer(registrations);
        private AdviseToken token;
        private boolean mixed;

        public TokenReuse() {
            registrations.add(Deliverer.FIRST_OWNER, told -> {}, COUNT);
            token = add(COUNT);
        }

        private AdviseToken add(int clientToken) {
            return registrations.add(
                    Deliverer.FIRST_OWNER, told -> mixed |= told.clientToken() != clientToken, clientToken);
        }

        @Actor
        public void deliver() {
            deliverer.tell(Deliverer.TIMES, Deliverer.START);
        }

        @Actor
        public void giveOn() {
            for (int i = 0; i < COUNT; i++) {
                registrations.remove(token, Deliverer.FIRST_OWNER);
                token = add(i);
            }
        }

        @Arbiter
        public void after(L_Result result) {
            result.r1 = mixed ? "mixed" : "own";
        }
    }

    /** CLOSE-1 with a slot that is given on: who closes waits for its own callback, whoever has the slot then. */
    @JCStressTest
    @Outcome(id = "(\\d+), \\1", expect = ACCEPTABLE, desc = "told before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a callback ran on after close had returned")
    @State
    public static class ReuseClose {
        private final Registrations registrations = Deliverer.registrations();
        private final Deliverer deliverer = new Deliverer(registrations);
        private final int[] calls = new int[Deliverer.OWNERS.size()];

        public ReuseClose() {
            registrations.add(Deliverer.FIRST_OWNER, told -> {}, 0);
        }

        @Actor
        public void deliver() {
            deliverer.tell(Deliverer.TIMES, Deliverer.START);
        }

        @Actor
        public void giveOnAndClose(II_Result result) {
            int seen = 0;
            for (int i = 0; i < calls.length; i++) {
                int its = i;
                registrations.add(Deliverer.OWNERS.get(i), told -> calls[its]++, 0);
                registrations.removeAll(Deliverer.OWNERS.get(i));
                seen += calls[i];
            }
            result.r1 = seen;
        }

        @Arbiter
        public void after(II_Result result) {
            for (int told : calls) {
                result.r2 += told;
            }
        }
    }

    /** ADVISE-1, ADVISE-2: two that register at once get two tokens and two places. */
    @JCStressTest
    @Outcome(id = "differ, 2", expect = ACCEPTABLE, desc = "two registrations, each told")
    @Outcome(expect = FORBIDDEN, desc = "one token for two, or one not told")
    @State
    public static class AdviseAdvise {
        private final Registrations registrations = Deliverer.registrations();
        private final Deliverer deliverer = new Deliverer(registrations);
        private int calls;
        private final OfflineNotify callback = told -> calls++;
        private long first;
        private long second;

        @Actor
        public void one() {
            first = registrations.add(Deliverer.FIRST_OWNER, callback, 0).value();
        }

        @Actor
        public void other() {
            second = registrations.add(Deliverer.SECOND_OWNER, callback, 0).value();
        }

        @Arbiter
        public void after(LI_Result result) {
            deliverer.tell(1, Deliverer.START);
            result.r1 = first == second ? "same" : "differ";
            result.r2 = calls;
        }
    }

    /**
     * STATE-2 from another thread: who reads the new state comes after every START, and who was told STATECHANGE (and
     * whoever hears of it) reads the new state.
     */
    @JCStressTest
    @Outcome(
            id = {"told -, read ONLINE, start -", "told -, read ONLINE, start s"},
            expect = ACCEPTABLE,
            desc = "old")
    @Outcome(
            id = {"told -, read OFFLINE, start s", "told c, read OFFLINE, start s"},
            expect = ACCEPTABLE,
            desc = "new")
    @Outcome(expect = FORBIDDEN, desc = "the new state before START, or the old one after STATECHANGE")
    @State
    public static class StateReadFlip {
        private final Registrations registrations = Deliverer.registrations();
        private final Deliverer deliverer = new Deliverer(registrations);
        private final ProfileState state = new ProfileState("race", ConnectionState.ONLINE);
        private String started = "-";
        private volatile String changed = "-";

        public StateReadFlip() {
            registrations.add(Deliverer.FIRST_OWNER, this::told, 0);
        }

        private void told(OfflineNotification notification) {
            if (notification.type().equals(Deliverer.START.type())) {
                started = "s";
            } else if (notification.type().equals(Deliverer.CHANGE.type())) {
                changed = "c";
            }
        }

        @Actor
        public void deliver() {
            deliverer.goOffline(state);
        }

        @Actor
        public void read(L_Result result) {
            String before = changed;
            ConnectionState now = state.read();
            String start = started;
            result.r1 = "told " + before + ", read " + now + ", start " + start;
        }
    }

    /** NOTIFY-12: the watchdog and the thread that it gives up agree on who goes on, and on which call it is about. */
    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "given up, and the thread knows")
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "it was not the same call any more")
    @Outcome(expect = FORBIDDEN, desc = "two threads go on, or none, or another call of the registration is given up")
    @State
    public static class GiveUpReturn {
        private final Delivery delivery = new Delivery();
        private final HungCallbacks hung = new HungCallbacks();
        private final long rounds;

        public GiveUpReturn() {
            delivery.announce(1, 0);
            rounds = delivery.rounds();
        }

        @Actor
        public void goOn(IZ_Result result) {
            long[] announced = {1, 2, 1, Delivery.NOTHING}; // the same registration again is another call
            for (int call = 1; call < announced.length && result.r1 == 0; call++) {
                delivery.beginRound();
                boolean marked = delivery.announce(announced[call], 0) != announced[call - 1];
                result.r1 = marked && hung.isTakenOver(delivery) ? call : 0;
            }
        }

        @Actor
        public void giveUp(IZ_Result result) {
            result.r2 = hung.takeOver(delivery, 1, rounds, TimeSource.Work.NONE);
        }
    }
}
