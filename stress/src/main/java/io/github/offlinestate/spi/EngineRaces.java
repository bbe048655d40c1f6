package io.github.offlinestate.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.stress.races.Heard;
import io.github.offlinestate.stress.races.RaceSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The whole engine through its public doors: a provider, offline objects, a source that changes, goes and comes. */
public final class EngineRaces {
    private EngineRaces() {}

    /** UNADVISE-2, from the source's report to Unadvise's return. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1", "2, 2", "3, 3"},
            expect = ACCEPTABLE,
            desc = "told before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a callback ran on after Unadvise had returned")
    @State
    public static class UnadviseChange {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private int calls;
        private final AdviseToken token = manager.advise(told -> calls++);

        @Actor
        public void change() {
            source.change(ConnectionState.OFFLINE);
        }

        @Actor
        public void unadvise(II_Result result) {
            manager.unadvise(token);
            result.r1 = calls;
        }

        @Arbiter
        public void after(II_Result result) {
            source.settle(manager);
            result.r2 = calls;
            source.end(manager);
        }
    }

    /** UNADVISE-2 where the callback has removed itself: who finds nothing to remove waits for it all the same. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "told before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a callback ran on after Unadvise had returned")
    @State
    public static class SecondUnadvise {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final AdviseToken token = manager.advise(this::told);
        private int calls;

        private void told(OfflineNotification notification) {
            manager.unadvise(token);
            calls++;
        }

        @Actor
        public void change() {
            source.change(ConnectionState.OFFLINE);
        }

        @Actor
        public void unadvise(II_Result result) {
            manager.unadvise(token);
            result.r1 = calls;
        }

        @Arbiter
        public void after(II_Result result) {
            source.settle(manager);
            result.r2 = calls;
            source.end(manager);
        }
    }

    /** CLOSE-1, from the source's report to close's return. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1", "2, 2", "3, 3"},
            expect = ACCEPTABLE,
            desc = "told before, or not at all")
    @Outcome(expect = FORBIDDEN, desc = "a callback ran on after close had returned")
    @State
    public static class CloseChange {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final OfflineManager other = source.open();
        private int calls;

        public CloseChange() {
            manager.advise(told -> calls++);
        }

        @Actor
        public void change() {
            source.change(ConnectionState.OFFLINE);
        }

        @Actor
        public void close(II_Result result) {
            manager.close();
            result.r1 = calls;
        }

        @Arbiter
        public void after(II_Result result) {
            source.settle(other);
            result.r2 = calls;
            source.end(other);
        }
    }

    /** CLOSE-2: of two that close one object while a callback runs, both wait for it. */
    @JCStressTest
    @Outcome(
            id = {"0, 0, 0", "1, 1, 1", "2, 2, 2", "3, 3, 3"},
            expect = ACCEPTABLE,
            desc = "both have waited")
    @Outcome(expect = FORBIDDEN, desc = "a callback ran on after one of them had returned")
    @State
    public static class TwoCloses {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final OfflineManager other = source.open();
        private int calls;

        public TwoCloses() {
            manager.advise(told -> calls++);
        }

        @Actor
        public void changeAndClose(III_Result result) {
            source.change(ConnectionState.OFFLINE);
            manager.close();
            result.r1 = calls;
        }

        @Actor
        public void close(III_Result result) {
            manager.close();
            result.r2 = calls;
        }

        @Arbiter
        public void after(III_Result result) {
            source.settle(other);
            result.r3 = calls;
            source.end(other);
        }
    }

    /** CLOSE-1: no registration slips in behind a closing. */
    @JCStressTest
    @Outcome(
            id = {"OK, 0", "MAPI_E_NOT_INITIALIZED, 0"},
            expect = ACCEPTABLE,
            desc = "it is gone, or never was")
    @Outcome(expect = FORBIDDEN, desc = "a registration that nobody removes")
    @State
    public static class AdviseClose {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final OfflineManager other = source.open();
        private int calls;

        @Actor
        public void advise(LI_Result result) {
            try {
                manager.advise(told -> calls++);
                result.r1 = "OK";
            } catch (OfflineStateException e) {
                result.r1 = e.result().name();
            }
        }

        @Actor
        public void close() {
            manager.close();
        }

        @Arbiter
        public void after(LI_Result result) {
            RaceSource.set(other, ConnectionState.OFFLINE);
            result.r2 = calls;
            source.end(other);
        }
    }

    /** CLOSE-1: who waits in a set ends with the closing, and the change goes on for the others. */
    @JCStressTest
    @Outcome(id = "OK, scd", expect = ACCEPTABLE, desc = "set, then closed")
    @Outcome(id = "MAPI_E_NOT_INITIALIZED, scd", expect = ACCEPTABLE, desc = "closed within, or before; set by another")
    @Outcome(expect = FORBIDDEN, desc = "another end, or not a whole change")
    @State
    public static class CloseSet {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final OfflineManager other = source.open();
        private final Heard heard = new Heard();

        public CloseSet() {
            other.advise(heard);
        }

        @Actor
        public void set(LL_Result result) {
            result.r1 = RaceSource.set(manager, ConnectionState.OFFLINE);
        }

        @Actor
        public void close() {
            manager.close();
        }

        @Arbiter
        public void after(LL_Result result) {
            RaceSource.settleIn(other, ConnectionState.OFFLINE); // the request may still be on its way
            result.r2 = heard.told();
            source.end(other);
        }
    }

    /** NOTIFY-1, SET-3: two ways to one change make one change. */
    @JCStressTest
    @Outcome(
            id = {"OK, scd", "E_PENDING, scd"},
            expect = ACCEPTABLE,
            desc = "one change")
    @Outcome(expect = FORBIDDEN, desc = "told twice, in parts, or not at all")
    @State
    public static class SetChange {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final Heard heard = new Heard();

        public SetChange() {
            manager.advise(heard);
        }

        @Actor
        public void set(LL_Result result) {
            result.r1 = RaceSource.set(manager, ConnectionState.OFFLINE);
        }

        @Actor
        public void change() {
            source.change(ConnectionState.OFFLINE);
        }

        @Arbiter
        public void after(LL_Result result) {
            source.settle(manager);
            result.r2 = heard.told();
            source.end(manager);
        }
    }

    /** NOTIFY-4: a set within changes that come and go leaves the chain whole. */
    @JCStressTest
    @Outcome(
            id = {"OK, scdSCD", "OK, scdSCDscd"},
            expect = ACCEPTABLE,
            desc = "set before, within, or after")
    @Outcome(id = "OK, scdSCDscdSCD", expect = ACCEPTABLE, desc = "set after, and set back by who settles in the end")
    @Outcome(id = "E_PENDING, scdSCD", expect = ACCEPTABLE, desc = "refused, so nothing was changed by it")
    @Outcome(expect = FORBIDDEN, desc = "a chain that is not whole")
    @State
    public static class SetFlap {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final Heard heard = new Heard();

        public SetFlap() {
            manager.advise(heard);
        }

        @Actor
        public void set(LL_Result result) {
            result.r1 = RaceSource.set(manager, ConnectionState.OFFLINE);
        }

        @Actor
        public void flap() {
            source.change(ConnectionState.OFFLINE);
            source.change(ConnectionState.ONLINE);
        }

        @Arbiter
        public void after(LL_Result result) {
            source.settle(manager);
            result.r2 = heard.told();
            source.end(manager);
        }
    }

    /** SET-3: of two that set, one may be refused, and both hear of one change. */
    @JCStressTest
    @Outcome(
            id = {"OK and OK, scd", "OK and E_PENDING, scd", "E_PENDING and OK, scd"},
            expect = ACCEPTABLE,
            desc = "one change")
    @Outcome(expect = FORBIDDEN, desc = "two changes, or none")
    @State
    public static class SetSet {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final OfflineManager other = source.open();
        private final Heard heard = new Heard();
        private String first = "";
        private String second = "";

        public SetSet() {
            manager.advise(heard);
        }

        @Actor
        public void set() {
            first = RaceSource.set(manager, ConnectionState.OFFLINE);
        }

        @Actor
        public void setToo() {
            second = RaceSource.set(other, ConnectionState.OFFLINE);
        }

        @Arbiter
        public void after(LL_Result result) {
            source.settle(other);
            result.r1 = first + " and " + second;
            result.r2 = heard.told();
            source.end(manager, other);
        }
    }

    /** LOST-2, LOST-4: a loss within a set ends it, and cuts no change. */
    @JCStressTest
    @Outcome(
            id = {"OK, scdLR", "OK, LRscd"},
            expect = ACCEPTABLE,
            desc = "set before the loss, or after it")
    @Outcome(id = "MAPI_E_END_OF_SESSION, scdLR", expect = ACCEPTABLE, desc = "ended by the loss, the change was made")
    @Outcome(id = "MAPI_E_END_OF_SESSION, LRscd", expect = ACCEPTABLE, desc = "ended by the loss, set again later")
    @Outcome(expect = FORBIDDEN, desc = "a change that is cut, or another end")
    @State
    public static class LostSet {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private final Heard heard = new Heard();
        private volatile boolean restored;

        public LostSet() {
            manager.advise(heard);
            manager.advise(told -> restored |= told.type().equals(NotifyType.BACKEND_RESTORED));
        }

        @Actor
        public void set(LL_Result result) {
            result.r1 = RaceSource.set(manager, ConnectionState.OFFLINE);
        }

        @Actor
        public void lose() {
            source.goAway();
            source.comeBack();
        }

        @Arbiter
        public void after(LL_Result result) {
            RaceSource.await(() -> restored);
            RaceSource.settleIn(manager, ConnectionState.OFFLINE); // a request of the actor's may still be on its way
            result.r2 = heard.told();
            source.end(manager);
        }
    }

    /** CLOSE-4: an opening that meets the last closing gives an object that works, on one session. */
    @JCStressTest
    @Outcome(id = "OK, 1, 0", expect = ACCEPTABLE, desc = "it works; never two sessions at once, none is left")
    @Outcome(expect = FORBIDDEN, desc = "an object that does not work, or a session too many")
    @State
    public static class OpenClose {
        private final RaceSource source = new RaceSource();
        private final OfflineManager manager = source.open();
        private @Nullable OfflineManager opened;

        @Actor
        public void close() {
            manager.close();
        }

        @Actor
        public void open(LII_Result result) {
            opened = source.open();
            result.r1 = RaceSource.set(opened, ConnectionState.OFFLINE);
        }

        @Arbiter
        public void after(LII_Result result) {
            result.r2 = source.mostSessions();
            if (opened != null) {
                source.end(opened);
            }
            result.r3 = source.sessions();
        }
    }
}
