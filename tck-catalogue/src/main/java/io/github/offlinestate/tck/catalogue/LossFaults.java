package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.object;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.tck.model.Rule;
import java.util.List;
import java.util.Map;

/** Mistakes where the source goes away and comes back. */
final class LossFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            object(
                            "no-advise-while-away",
                            "Advise fails while the source is away",
                            Map.of(Rule.LOST_1, "expected that advise() while away returns"),
                            profile -> new PlainManager(profile) {
                                @Override
                                public AdviseToken advise(AdviseInfo info) {
                                    ConnectionState unused = currentState();
                                    return super.advise(info);
                                }
                            })
                    .alongside(Rule.LOST_4, Rule.LOST_4C, Rule.LOST_5),
            profile(
                            "last-known-state-while-away",
                            "reading the state gives the last known one while the source is away",
                            Map.of(Rule.LOST_1B, "expected that reading the state fails with MAPI_E_END_OF_SESSION"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                ConnectionState read() {
                                    discover();
                                    return state();
                                }
                            })
                    .alongside(
                            Rule.LOST_1,
                            Rule.LOST_4,
                            Rule.LOST_4C,
                            Rule.LOST_5,
                            Rule.NOTIFY_10C,
                            Rule.OPEN_7,
                            Rule.SET_10),
            profile(
                    "loss-forgets-who-waits",
                    "a call that waits with BLOCK is left waiting when the source goes away",
                    Map.of(
                            Rule.LOST_2,
                            "expected that setCurrentState(OFFLINE, BLOCK) fails with MAPI_E_END_OF_SESSION"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void loseRequest(Throwable cause) {
                            freeRequest();
                        }
                    }),
            profile(
                            "loss-cuts-the-change",
                            "what is left of a change that is being told is not told any more when the source goes away",
                            Map.of(
                                    Rule.LOST_2B,
                                    "expected both transitions that were reported, whole, then BACKEND_LOST"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                boolean tell(NotifyType type, PlainStep step) {
                                    return !isLost() && super.tell(type, step);
                                }
                            })
                    .alongside(Rule.LOST_2D),
            profile(
                            "loss-empties-the-queue",
                            "changes that were reported are not told any more when the source goes away",
                            Map.of(
                                    Rule.LOST_2B,
                                    "expected both transitions that were reported, whole, then BACKEND_LOST"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void lose(Throwable cause) {
                                    super.lose(cause);
                                    removeQueued(PlainStep::isTransition);
                                    plan(state());
                                }
                            })
                    .alongside(Rule.LOST_2D, Rule.LOST_4, Rule.NOTIFY_11B),
            profile(
                            "loss-aborts-the-start",
                            "a START whose change was not reported is aborted by the loss",
                            Map.of(Rule.LOST_2C, "expected that the transition stays open while the backend is away"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void lose(Throwable cause) {
                                    closeStart();
                                    super.lose(cause);
                                }
                            })
                    .alongside(Rule.NOTIFY_10C),
            profile(
                    "start-told-after-the-loss",
                    "a START that waits to be told is told although the source has gone away meanwhile",
                    Map.of(Rule.LOST_2D, "is told to nobody"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void forgetStart() {}
                    }),
            profile(
                            "restored-without-a-change",
                            "the state is what the source says when it is back, and nobody is told that it changed",
                            Map.of(Rule.LOST_3, "expected that registration A is told STATECHANGE_DONE to"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void queueRestoredChange(ConnectionState now) {
                                    plan(now);
                                    add(PlainStep.change(now, false, false, null));
                                }
                            })
                    .alongside(Rule.LOST_2C, Rule.NOTIFY_10C),
            profile(
                            "restored-with-a-change",
                            "every restoring is told as a change, also into the state that was told last",
                            Map.of(Rule.LOST_3B, "expected that coming back in the same state is no transition"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void restore(ConnectionState now) {
                                    boolean same = now == planned();
                                    super.restore(now);
                                    if (same) {
                                        add(PlainStep.change(now, true, false, null));
                                    }
                                }
                            })
                    .alongside(Rule.LOST_2C, Rule.LOST_2D, Rule.LOST_4, Rule.NOTIFY_11B),
            profile(
                            "loss-overtakes",
                            "a loss is told before the changes that wait to be told",
                            Map.of(
                                    Rule.LOST_4,
                                    "expected [START, CHANGE, DONE, START, CHANGE, DONE, BACKEND_LOST, BACKEND_RESTORED]"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void add(PlainStep step) {
                                    if (step.kind() == PlainStep.Kind.LOST) {
                                        addFirst(step);
                                    } else {
                                        super.add(step);
                                    }
                                }
                            })
                    .alongside(Rule.NOTIFY_11B),
            profile(
                            "away-until-told",
                            "away ends when BACKEND_RESTORED has been told to all",
                            Map.of(Rule.LOST_4B, "expected that the state can be read in BACKEND_RESTORED"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void performRestored() {
                                    tellRestored(recipients());
                                    endLoss();
                                }
                            })
                    .alongside(Rule.LOST_3B, Rule.LOST_4C),
            profile(
                            "restored-by-an-old-list",
                            "whom to tell BACKEND_RESTORED is read when the loss is told",
                            Map.of(
                                    Rule.LOST_4C,
                                    "expected that every registration whose reading failed for being away is told BACKEND_RESTORED"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                private List<Registration> old = List.of();

                                @Override
                                void performLost() {
                                    old = recipients();
                                    super.performLost();
                                }

                                @Override
                                void performRestored() {
                                    endLoss();
                                    tellRestored(old);
                                }
                            })
                    .alongside(Rule.LOST_1, Rule.LOST_4, Rule.LOST_5));

    private LossFaults() {}
}
