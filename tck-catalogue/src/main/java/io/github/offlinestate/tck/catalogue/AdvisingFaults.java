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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Mistakes in registering. */
final class AdvisingFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            profile(
                            "table-of-sixteen",
                            "the table of registrations has room for sixteen; further ones get a token and nothing else",
                            Map.of(Rule.ADVISE_1, "expected that each of 300 registrations is told"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void register(Registration registration) {
                                    if (registered().size() < 16) {
                                        super.register(registration);
                                    }
                                }
                            })
                    .alongside(Rule.ADVISE_10B, Rule.CLOSE_1, Rule.LOST_4C, Rule.UNADVISE_4),
            profile(
                    "tokens-by-object",
                    "each offline object counts its tokens by itself",
                    Map.of(Rule.ADVISE_2, "expected that no two live registrations have one token"),
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
                            Map.of(Rule.ADVISE_2B, "expected that no token is given again while the object is open"),
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
                            })
                    .alongside(Rule.ADVISE_1, Rule.ADVISE_2),
            profile(
                            "token-of-16-bits",
                            "tokens are cut to 16 bits",
                            Map.of(Rule.ADVISE_2B, "expected that no token is given again while the object is open"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                long nextToken() {
                                    return super.nextToken() & 0xFFFF;
                                }
                            })
                    .alongside(Rule.ADVISE_2),
            object(
                    "callback-is-cast",
                    "a callback that is not an OfflineNotify meets a ClassCastException",
                    Map.of(
                            Rule.ADVISE_3,
                            "expected that advise of a callback that is no OfflineNotify fails with E_NOINTERFACE"),
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
                            Map.of(
                                    Rule.ADVISE_4,
                                    "expected that advise with state mask 0x007f037f fails with E_INVALIDARG (0x80070057)"),
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
                            })
                    .alongside(Rule.ADVISE_4B),
            object(
                    "interface-first",
                    "E_NOINTERFACE is said before the other fields are looked at",
                    Map.of(
                            Rule.ADVISE_4B,
                            "expected that advise with callback type 1 and a callback that is no OfflineNotify fails with"),
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
                    Map.of(Rule.ADVISE_5, "expected that a callback whose Advise failed is told nothing"),
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
                    Map.of(Rule.ADVISE_6, "expected that client token 0xffffffff is given back"),
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
                    Map.of(Rule.ADVISE_7, "expected that each of three registrations is told 3 notifications"),
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
                    Map.of(
                            Rule.ADVISE_8,
                            "expected that five callbacks that only their registrations hold are told 3 notifications each"),
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
                            Map.of(Rule.ADVISE_9, "expected that Advise tells nothing by itself"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                /** Whom each that waits in the queue is for. */
                                private final Map<OfflineNotification, Registration> newcomers =
                                        Collections.synchronizedMap(new IdentityHashMap<>());

                                @Override
                                synchronized void register(Registration registration) {
                                    super.register(registration);
                                    PlainStep change = PlainStep.change(state(), true, false, null);
                                    OfflineNotification present = notification(NotifyType.STATECHANGE, change);
                                    newcomers.put(present, registration);
                                    add(PlainStep.foreign(state(), present));
                                    notifyAll();
                                }

                                @Override
                                boolean tellAll(OfflineNotification what) {
                                    Registration newcomer = newcomers.remove(what);
                                    if (newcomer == null) {
                                        return super.tellAll(what);
                                    }
                                    tellOne(newcomer, what);
                                    return true;
                                }
                            })
                    .alongside(
                            Rule.ADVISE_10,
                            Rule.ADVISE_7,
                            Rule.CAP_3,
                            Rule.CLOSE_3,
                            Rule.LOST_2B,
                            Rule.LOST_2C,
                            Rule.LOST_2D,
                            Rule.LOST_3,
                            Rule.LOST_3B,
                            Rule.LOST_4,
                            Rule.NOTIFY_1,
                            Rule.NOTIFY_10,
                            Rule.NOTIFY_10B,
                            Rule.NOTIFY_10C,
                            Rule.NOTIFY_11,
                            Rule.NOTIFY_11B,
                            Rule.NOTIFY_3,
                            Rule.NOTIFY_4,
                            Rule.NOTIFY_7B,
                            Rule.SET_3,
                            Rule.SET_5,
                            Rule.SET_6C,
                            Rule.SET_9B,
                            Rule.STATE_4,
                            Rule.UNADVISE_4),
            profile(
                    "done-by-an-old-list",
                    "whom to tell DONE is read when the change begins",
                    Map.of(
                            Rule.ADVISE_10,
                            "expected a suffix of START, STATECHANGE, DONE for a registration that is made while the"),
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
                    Map.of(Rule.ADVISE_10B, "expected that a registration which reads"),
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
                    Map.of(Rule.ADVISE_10B, "expected that a registration which reads"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            tellStart(step);
                            Map<Registration, OfflineNotification> prepared = new LinkedHashMap<>();
                            recipients().forEach(one -> prepared.put(one, notification(NotifyType.STATECHANGE, step)));
                            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200)); // counts them for the log, say
                            become(step.to());
                            prepared.forEach(this::tellOne);
                            tell(NotifyType.STATECHANGE_DONE, step);
                        }
                    }),
            profile(
                            "copy-on-write-without-order",
                            "registrations are a copied array in a field that is neither volatile nor under a lock",
                            Map.of(Rule.ADVISE_10B, "expected that a registration which reads"),
                            UnorderedCopies::new)
                    .alongside(
                            Rule.ADVISE_10,
                            Rule.LOST_1,
                            Rule.LOST_2C,
                            Rule.LOST_2D,
                            Rule.LOST_3,
                            Rule.LOST_3B,
                            Rule.LOST_4,
                            Rule.LOST_4B,
                            Rule.LOST_4C,
                            Rule.LOST_5,
                            Rule.NOTIFY_1,
                            Rule.NOTIFY_10,
                            Rule.NOTIFY_10B,
                            Rule.NOTIFY_10C,
                            Rule.SET_6,
                            Rule.SET_6C,
                            Rule.SET_6D,
                            Rule.SET_8));

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
