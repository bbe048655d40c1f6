package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.tck.model.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Mistakes in removing a registration. */
final class UnadvisingFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            profile(
                            "unknown-token-throws",
                            "Unadvise fails for a token that is not there",
                            Map.of(Rule.UNADVISE_1, "expected that unadvise("),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                synchronized void unadvise(PlainManager owner, long token) {
                                    if (registered().stream().noneMatch(one -> isMeant(one, owner, token))) {
                                        throw new OfflineStateException(
                                                HResult.E_INVALIDARG, "Unadvise: no such token");
                                    }
                                    super.unadvise(owner, token);
                                }
                            })
                    .alongside(Rule.CLOSE_2B, Rule.UNADVISE_2B, Rule.UNADVISE_2C, Rule.UNADVISE_5),
            profile(
                    "token-of-anybody",
                    "Unadvise takes the token of another object for its own",
                    Map.of(Rule.UNADVISE_1, "is told STATECHANGE_DONE"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean isMeant(Registration registration, PlainManager owner, long token) {
                            return registration.token() == token;
                        }
                    }),
            profile(
                            "looks-then-calls",
                            "whom to call is looked up for a whole phase, so a callback that is removed meanwhile is called",
                            Map.of(
                                    Rule.UNADVISE_2,
                                    "expected that registration late is told nothing more after its Unadvise has returned"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                private final Map<Registration, OfflineNotify> seen = new HashMap<>();

                                @Override
                                boolean tellAll(OfflineNotification what) {
                                    seen.clear();
                                    recipients().forEach(one -> seen.put(one, callbackOf(one)));
                                    try {
                                        return super.tellAll(what);
                                    } finally {
                                        seen.clear();
                                    }
                                }

                                @Override
                                @Nullable
                                OfflineNotify callbackOf(Registration one) {
                                    return seen.containsKey(one) ? seen.get(one) : super.callbackOf(one);
                                }
                            })
                    .alongside(Rule.CLOSE_1),
            profile(
                            "unadvise-returns-early",
                            "Unadvise does not wait for a callback that is running",
                            Map.of(Rule.UNADVISE_2B, "expected that Unadvise waits for the running callback"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                synchronized void unadvise(PlainManager owner, long token) {
                                    removeMeant(owner, token);
                                }
                            })
                    .alongside(Rule.UNADVISE_2D),
            profile(
                    "second-unadvise-returns-at-once",
                    "Unadvise waits for a running callback where it removes its registration, and else does not look",
                    Map.of(Rule.UNADVISE_2B, "expected that Unadvise waits for the running callback"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        synchronized void unadvise(PlainManager owner, long token) {
                            if (registered().stream().anyMatch(one -> isMeant(one, owner, token))) {
                                super.unadvise(owner, token);
                            }
                        }
                    }),
            profile(
                            "waits-for-others-inside",
                            "from inside a callback, Unadvise waits for every callback but the one that it is called from",
                            Map.of(
                                    Rule.UNADVISE_2C,
                                    "expected that Unadvise, from within a callback, of a registration whose callback runs returns"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                boolean mayAwaitReturn() {
                                    return super.mayAwaitReturn() || !isCallingHere();
                                }
                            })
                    .alongside(Rule.CLOSE_1B, Rule.UNADVISE_5),
            profile(
                    "interrupt-ends-the-wait",
                    "an interrupt ends Unadvise's wait for a running callback",
                    Map.of(Rule.UNADVISE_2D, "expected that an interrupt does not shorten Unadvise's wait"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        synchronized void unadvise(PlainManager owner, long token) {
                            removeMeant(owner, token);
                            try {
                                while (mayAwaitReturn() && isCalling(owner, token)) {
                                    wait();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }
                    }),
            profile(
                            "keeps-what-is-removed",
                            "callbacks that were removed stay in a list",
                            Map.of(Rule.UNADVISE_3, "is collectable"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                private final List<@Nullable OfflineNotify> former = new CopyOnWriteArrayList<>();

                                @Override
                                void unregister(Registration registration) {
                                    former.add(registration.callback());
                                    super.unregister(registration);
                                }
                            })
                    .alongside(Rule.CLOSE_4),
            profile(
                            "removes-by-callback",
                            "Unadvise removes every registration of the callback",
                            Map.of(Rule.UNADVISE_4, "expected that registration A is told STATECHANGE_DONE to"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void unregister(Registration registration) {
                                    OfflineNotify callback = registration.callback();
                                    registered().stream()
                                            .filter(one -> one.callback() == callback)
                                            .forEach(one -> super.unregister(one));
                                }
                            })
                    .alongside(Rule.ADVISE_7),
            profile(
                            "notifies-under-a-lock",
                            "clients are called under the lock that Advise and Unadvise need",
                            Map.of(Rule.UNADVISE_5, "expected that two callbacks that unadvise each other return"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void call(OfflineNotify callback, OfflineNotification what) {
                                    synchronized (this) {
                                        super.call(callback, what);
                                    }
                                }
                            })
                    .alongside(
                            Rule.ADVISE_10,
                            Rule.CLOSE_1,
                            Rule.CLOSE_1B,
                            Rule.CLOSE_1D,
                            Rule.LOST_2,
                            Rule.LOST_2B,
                            Rule.LOST_2D,
                            Rule.LOST_4,
                            Rule.NOTIFY_11,
                            Rule.NOTIFY_11B,
                            Rule.NOTIFY_4,
                            Rule.NOTIFY_4B,
                            Rule.NOTIFY_5,
                            Rule.NOTIFY_9,
                            Rule.SET_10,
                            Rule.SET_3,
                            Rule.STATE_2,
                            Rule.STATE_2B,
                            Rule.STATE_3,
                            Rule.STATE_4,
                            Rule.STATE_4C,
                            Rule.UNADVISE_2,
                            Rule.UNADVISE_2C,
                            Rule.UNADVISE_3,
                            Rule.NOTIFY_11C));

    private UnadvisingFaults() {}
}
