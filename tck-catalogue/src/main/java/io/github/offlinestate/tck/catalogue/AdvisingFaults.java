package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.object;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.tck.model.Rule;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mistakes in registering. */
final class AdvisingFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            profile(
                    "table-of-sixteen",
                    "the table of registrations has room for sixteen; further ones get a token and nothing else",
                    Map.of(Rule.ADVISE_1, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void register(Registration registration) {
                            if (registered().size() < 16) {
                                super.register(registration);
                            }
                        }
                    }),
            profile(
                    "tokens-by-object",
                    "each offline object counts its tokens by itself",
                    Map.of(Rule.ADVISE_2, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        PlainManager manager() {
                            return new PlainManager(this) {
                                private long tokens;

                                @Override
                                long nextToken() {
                                    return ++tokens;
                                }
                            };
                        }
                    }),
            profile(
                    "token-reuse",
                    "a token is the lowest number that no registration has",
                    Map.of(Rule.ADVISE_2B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        long nextToken() {
                            List<Long> taken = registered().stream()
                                    .map(Registration::token)
                                    .toList();
                            long token = 1;
                            while (taken.contains(token)) {
                                token++;
                            }
                            return token;
                        }
                    }),
            profile(
                    "token-of-16-bits",
                    "tokens are cut to 16 bits",
                    Map.of(Rule.ADVISE_2B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        long nextToken() {
                            return super.nextToken() & 0xFFFF;
                        }
                    }),
            object(
                    "callback-is-cast",
                    "a callback that is not an OfflineNotify meets a ClassCastException",
                    Map.of(Rule.ADVISE_3, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        @SuppressWarnings("NullAway") // it is not null here
                        OfflineNotify notify(AdviseInfo info) {
                            return (OfflineNotify) info.callback();
                        }
                    }),
            object(
                    "mask-contains",
                    "a state mask is taken if it contains STATE_ALL",
                    Map.of(Rule.ADVISE_4, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        OfflineNotify judge(@Nullable AdviseInfo info) {
                            int all = MapiConstants.MAPIOFFLINE_STATE_ALL;
                            if (info != null && (info.stateMask() & all) == all) {
                                return super.judge(new AdviseInfo(
                                        info.clientToken(),
                                        info.callbackType(),
                                        info.callback(),
                                        info.adviseTypes(),
                                        all));
                            }
                            return super.judge(info);
                        }
                    }),
            object(
                    "interface-first",
                    "E_NOINTERFACE is said before the other fields are looked at",
                    Map.of(Rule.ADVISE_4B, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        OfflineNotify judge(@Nullable AdviseInfo info) {
                            if (info != null && info.callback() != null) {
                                OfflineNotify unused = notify(info);
                            }
                            return super.judge(info);
                        }
                    }),
            object(
                    "registered-before-judged",
                    "a callback is registered first, and stays so when the rest of its info is refused",
                    Map.of(Rule.ADVISE_5, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public AdviseToken advise(AdviseInfo info) {
                            if (info != null && info.callback() instanceof OfflineNotify callback) {
                                AdviseToken token =
                                        new AdviseToken(profile().advise(this, callback, info.clientToken()));
                                OfflineNotify unused = judge(info);
                                return token;
                            }
                            return super.advise(info);
                        }
                    }),
            object(
                    "client-token-none",
                    "the client token 0xFFFFFFFF is taken for \"none\" and given back as 0",
                    Map.of(Rule.ADVISE_6, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public AdviseToken advise(AdviseInfo info) {
                            return super.advise(
                                    info != null && info.clientToken() == -1 ? info.withClientToken(0) : info);
                        }
                    }),
            profile(
                    "map-by-callback",
                    "registrations are kept in a map by callback: the second one of a callback replaces the first",
                    Map.of(Rule.ADVISE_7, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void register(Registration registration) {
                            registered().stream()
                                    .filter(one -> one.callback() == registration.callback())
                                    .forEach(this::unregister);
                            super.register(registration);
                        }
                    }),
            object(
                    "weak-reference",
                    "callbacks are held by weak references",
                    Map.of(Rule.ADVISE_8, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        OfflineNotify judge(@Nullable AdviseInfo info) {
                            WeakReference<OfflineNotify> weak = new WeakReference<>(super.judge(info));
                            return notification -> {
                                OfflineNotify callback = weak.get();
                                if (callback != null) {
                                    callback.onNotify(notification);
                                }
                            };
                        }
                    }),
            profile(
                    "present-state-at-advise",
                    "Advise tells the present state as a change into it",
                    Map.of(Rule.ADVISE_9, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void register(Registration registration) {
                            super.register(registration);
                            PlainStep present = PlainStep.change(state(), true, false, null);
                            startThread(
                                    "present",
                                    () -> tellOne(registration, notification(NotifyType.STATECHANGE, present)));
                        }
                    }),
            profile(
                    "done-by-an-old-list",
                    "whom to tell DONE is read when the change begins",
                    Map.of(Rule.ADVISE_10, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            List<Registration> old = recipients();
                            tellStart(step);
                            become(step.to());
                            tell(NotifyType.STATECHANGE, step);
                            old.forEach(one -> tellOne(one, notification(NotifyType.STATECHANGE_DONE, step)));
                        }
                    }),
            profile(
                    "one-list-for-a-change",
                    "whom to tell is read once a change, when it begins",
                    Map.of(Rule.ADVISE_10B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            List<Registration> old = recipients();
                            tellStart(step);
                            become(step.to());
                            for (NotifyType type : List.of(NotifyType.STATECHANGE, NotifyType.STATECHANGE_DONE)) {
                                old.forEach(one -> tellOne(one, notification(type, step)));
                            }
                        }
                    }),
            profile(
                    "list-before-the-flip",
                    "who is told STATECHANGE, and what, is made ready just before the state becomes the new one",
                    Map.of(Rule.ADVISE_10B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            tellStart(step);
                            Map<Registration, OfflineNotification> prepared = new LinkedHashMap<>();
                            recipients().forEach(one -> prepared.put(one, notification(NotifyType.STATECHANGE, step)));
                            become(step.to());
                            prepared.forEach(this::tellOne);
                            tell(NotifyType.STATECHANGE_DONE, step);
                        }
                    }),
            profile(
                    "copy-on-write-without-order",
                    "registrations are a copied array in a field that is neither volatile nor under a lock",
                    Map.of(Rule.ADVISE_10B, "?"),
                    UnorderedCopies::new));

    private AdvisingFaults() {}

    /**
     * Nothing orders the array's field: the notifier may go on with the array that it has read last, while the state
     * is the new one already. Here it reads the field when it has nothing to tell, as code may that was compiled with
     * the reading moved out of the loop.
     */
    private static final class UnorderedCopies extends PlainProfile {
        private List<Registration> read = List.of();

        UnorderedCopies(PlainProvider provider, String name) {
            super(provider, name);
        }

        @Override
        void performChange(PlainStep step) {
            read = registered();
            super.performChange(step);
        }

        @Override
        List<Registration> recipients() {
            return read;
        }
    }
}
