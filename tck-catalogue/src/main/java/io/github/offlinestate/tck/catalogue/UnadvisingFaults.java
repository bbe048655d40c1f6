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
                    Map.of(Rule.UNADVISE_1, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        synchronized void unadvise(PlainManager owner, long token) {
                            if (registered().stream().noneMatch(one -> isMeant(one, owner, token))) {
                                throw new OfflineStateException(HResult.E_INVALIDARG, "Unadvise: no such token");
                            }
                            super.unadvise(owner, token);
                        }
                    }),
            profile(
                    "token-of-anybody",
                    "Unadvise takes the token of another object for its own",
                    Map.of(Rule.UNADVISE_1, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean isMeant(Registration registration, PlainManager owner, long token) {
                            return registration.token() == token;
                        }
                    }),
            profile(
                    "looks-then-calls",
                    "whom to call is looked up for a whole phase, so a callback that is removed meanwhile is called",
                    Map.of(Rule.UNADVISE_2, "?"),
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
                    }),
            profile(
                    "unadvise-returns-early",
                    "Unadvise does not wait for a callback that is running",
                    Map.of(Rule.UNADVISE_2B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        synchronized void unadvise(PlainManager owner, long token) {
                            removeMeant(owner, token);
                        }
                    }),
            profile(
                    "second-unadvise-returns-at-once",
                    "Unadvise waits for a running callback where it removes its registration, and else does not look",
                    Map.of(Rule.UNADVISE_2B, "?"),
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
                    Map.of(Rule.UNADVISE_2C, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean mayAwaitReturn() {
                            return super.mayAwaitReturn() || !isCallingHere();
                        }
                    }),
            profile(
                    "interrupt-ends-the-wait",
                    "an interrupt ends Unadvise's wait for a running callback",
                    Map.of(Rule.UNADVISE_2D, "?"),
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
                    Map.of(Rule.UNADVISE_3, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        private final List<@Nullable OfflineNotify> former = new CopyOnWriteArrayList<>();

                        @Override
                        void unregister(Registration registration) {
                            former.add(registration.callback());
                            super.unregister(registration);
                        }
                    }),
            profile(
                    "removes-by-callback",
                    "Unadvise removes every registration of the callback",
                    Map.of(Rule.UNADVISE_4, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void unregister(Registration registration) {
                            OfflineNotify callback = registration.callback();
                            registered().stream()
                                    .filter(one -> one.callback() == callback)
                                    .forEach(one -> super.unregister(one));
                        }
                    }),
            profile(
                    "notifies-under-a-lock",
                    "clients are called under the lock that Advise and Unadvise need",
                    Map.of(Rule.UNADVISE_5, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void call(OfflineNotify callback, OfflineNotification what) {
                            synchronized (this) {
                                super.call(callback, what);
                            }
                        }
                    }));

    private UnadvisingFaults() {}
}
