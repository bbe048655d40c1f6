package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.object;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.tck.model.Rule;
import java.util.List;
import java.util.Map;

/** Mistakes in reading the state, and in when it changes. */
final class StateFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            object(
                            "no-state-within-a-change",
                            "while a change is told there is no state: the old one is gone, the new one is not sure yet",
                            Map.of(Rule.STATE_1, "expected that every reading gives ONLINE or"),
                            profile -> new PlainManager(profile) {
                                @Override
                                @SuppressWarnings("NullAway") // the mistake
                                public ConnectionState currentState() {
                                    ConnectionState state = super.currentState();
                                    return profile().isUnderWay() ? null : state;
                                }
                            })
                    .alongside(Rule.SET_3, Rule.STATE_2, Rule.STATE_2B, Rule.STATE_4, Rule.STATE_4C),
            profile(
                            "start-after-the-flip",
                            "the state is the new one before START has been told",
                            Map.of(
                                    Rule.STATE_2,
                                    "expected that registration A reads ONLINE in its callback of StateChange[phase=START,"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void performChange(PlainStep step) {
                                    become(step.to());
                                    super.performChange(step);
                                }
                            })
                    .alongside(Rule.STATE_4C),
            profile(
                            "flip-at-the-end",
                            "the state becomes the new one when everybody has been told that it has",
                            Map.of(
                                    Rule.STATE_2B,
                                    "expected that registration A reads OFFLINE in its callback of StateChange[phase=CHANGE,"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void performChange(PlainStep step) {
                                    tellStart(step);
                                    tell(NotifyType.STATECHANGE, step);
                                    tell(NotifyType.STATECHANGE_DONE, step);
                                    become(step.to());
                                }
                            })
                    .alongside(Rule.ADVISE_10B, Rule.SET_3, Rule.STATE_4),
            profile(
                            "read-under-the-lock-of-a-change",
                            "the state is read under a lock that a change holds while it tells clients",
                            Map.of(Rule.STATE_3, "expected that read the state while START is held returns"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                private final Object change = new Object();

                                @Override
                                void performChange(PlainStep step) {
                                    synchronized (change) {
                                        super.performChange(step);
                                    }
                                }

                                @Override
                                ConnectionState read() {
                                    synchronized (change) {
                                        return super.read();
                                    }
                                }
                            })
                    .alongside(
                            Rule.NOTIFY_9,
                            Rule.SET_10,
                            Rule.STATE_2,
                            Rule.STATE_2B,
                            Rule.STATE_4,
                            Rule.STATE_4C,
                            Rule.UNADVISE_5),
            profile(
                            "silent-change-overtakes",
                            "a change that nobody is told of takes effect at once, before the ones that are still to be told",
                            Map.of(
                                    Rule.STATE_4,
                                    "expected that the silent change to ONLINE takes effect after the transition that it follows"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void discover() {
                                    ConnectionState now = backend().currentState();
                                    if (!isTold(now)) {
                                        become(now);
                                    }
                                }
                            })
                    .alongside(Rule.STATE_4B),
            profile(
                            "never-asks-the-source",
                            "the state is the one reported last, also where the source cannot report every change",
                            Map.of(Rule.STATE_4B, "expected that reading discovers the change to"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void discover() {}
                            })
                    .alongside(Rule.STATE_4),
            profile(
                            "always-asks-the-source",
                            "where a capability is missing the source is asked, although a report of it is still to be told",
                            Map.of(Rule.STATE_4C, "until STATECHANGE is due"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                ConnectionState read() {
                                    ConnectionState told = super.read();
                                    return capabilities().notifiesBoth()
                                            ? told
                                            : backend().currentState();
                                }
                            })
                    .alongside(Rule.STATE_4, Rule.STATE_2));

    private StateFaults() {}
}
