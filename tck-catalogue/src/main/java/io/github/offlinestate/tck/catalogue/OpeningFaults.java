package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.provider;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.tck.model.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Mistakes in opening a profile. */
final class OpeningFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            profile(
                            "not-ready-when-open",
                            "until its first change, the object cannot say whether a state holds already",
                            Map.of(Rule.OPEN_1, "the source has not reported yet"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void alreadyThere(ConnectionState target) {
                                    if (!hasChanged()) {
                                        throw new IllegalStateException("the source has not reported yet");
                                    }
                                }
                            })
                    .alongside(Rule.CAP_3C, Rule.SET_12, Rule.SET_5, Rule.STATE_4B),
            provider(
                    "unknown-profile-fails-otherwise",
                    "the source's own failure is passed on for a profile that it does not know",
                    Map.of(
                            Rule.OPEN_2, "MAPI_E_NOT_FOUND",
                            Rule.OPEN_2B, "MAPI_E_NOT_FOUND",
                            Rule.OPEN_3, "MAPI_E_NOT_FOUND"),
                    new MemoryFixture((source, startLimit, callbackLimit) ->
                            new PlainProvider(source, startLimit, PlainProfile::new) {
                                @Override
                                Backend openBackend(String profile, BackendSink sink) {
                                    if (!source.profileNames().contains(profile)) {
                                        throw new OfflineStateException(
                                                HResult.MAPI_E_CALL_FAILED, "the source said 17");
                                    }
                                    return super.openBackend(profile, sink);
                                }
                            })),
            provider(
                    "nameless-failure",
                    "opening an unknown profile fails with \"profile not found\" and says neither which nor whose",
                    Map.of(Rule.OPEN_2B, "expected that the message names"),
                    new MemoryFixture((source, startLimit, callbackLimit) ->
                            new PlainProvider(source, startLimit, PlainProfile::new) {
                                @Override
                                void connect(PlainProfile opening) {
                                    try {
                                        super.connect(opening);
                                    } catch (OfflineStateException e) {
                                        throw new OfflineStateException(e.result(), "profile not found", e.getCause());
                                    }
                                }
                            })),
            provider(
                    "trims-names",
                    "profile names are stripped of blanks on their way to the source",
                    Map.of(Rule.OPEN_3, "leading and trailing"),
                    new MemoryFixture((source, startLimit, callbackLimit) ->
                            new PlainProvider(source, startLimit, PlainProfile::new) {
                                @Override
                                public OfflineManager open(String profile) {
                                    checkName(profile);
                                    return super.open(profile.strip());
                                }
                            })),
            provider(
                            "second-object-shares-nothing",
                            "each offline object has a state of its own",
                            Map.of(Rule.OPEN_4, "told"),
                            new MemoryFixture(AloneProvider::new))
                    .alongside(
                            Rule.ADVISE_10,
                            Rule.CLOSE_1,
                            Rule.CLOSE_1B,
                            Rule.CLOSE_1C,
                            Rule.CLOSE_1D,
                            Rule.CLOSE_2,
                            Rule.LOST_2,
                            Rule.NOTIFY_1,
                            Rule.NOTIFY_10,
                            Rule.NOTIFY_2,
                            Rule.NOTIFY_4,
                            Rule.NOTIFY_4B,
                            Rule.NOTIFY_7,
                            Rule.SET_3,
                            Rule.SET_6,
                            Rule.SET_6C,
                            Rule.STATE_2B,
                            Rule.STATE_4,
                            Rule.STATE_4B,
                            Rule.STATE_4C,
                            Rule.UNADVISE_1,
                            Rule.SET_6B),
            provider(
                            "one-list-for-all-profiles",
                            "registrations are kept once for the provider, so clients hear of other profiles too",
                            Map.of(Rule.OPEN_5, "is told of its own"),
                            new MemoryFixture(OneListProvider::new))
                    .alongside(Rule.CLOSE_1B, Rule.NOTIFY_10C, Rule.NOTIFY_9, Rule.UNADVISE_2C),
            provider(
                    "names-unchecked",
                    "whatever name is given goes to the source",
                    Map.of(Rule.OPEN_6, "E_INVALIDARG"),
                    new MemoryFixture((source, startLimit, callbackLimit) ->
                            new PlainProvider(source, startLimit, PlainProfile::new) {
                                @Override
                                void checkName(@Nullable String profile) {}
                            })),
            profile(
                    "half-open-while-away",
                    "a profile that is open already is given once more although its source is away",
                    Map.of(Rule.OPEN_7, "MAPI_E_END_OF_SESSION"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void requireThere() {}
                    }));

    private OpeningFaults() {}

    private static final class AloneProvider extends PlainProvider {
        AloneProvider(BackendFactory source, Duration startLimit, Duration callbackLimit) {
            super(source, startLimit, PlainProfile::new);
        }

        @Override
        @Nullable
        PlainProfile find(String profile) {
            return null;
        }

        @Override
        void remember(PlainProfile open) {}

        @Override
        Backend openBackend(String profile, BackendSink sink) {
            return new Alone(super.openBackend(profile, sink), sink);
        }
    }

    /** Makes changes by itself, for its own object alone. */
    private static final class Alone implements Backend {
        private final Backend shared;
        private final BackendSink sink;
        private volatile ConnectionState state;

        Alone(Backend shared, BackendSink sink) {
            this.shared = shared;
            this.sink = sink;
            this.state = shared.currentState();
        }

        @Override
        public Capabilities capabilities() {
            return shared.capabilities();
        }

        @Override
        public ConnectionState currentState() {
            return state;
        }

        @Override
        public CompletionStage<Void> beginChange(ConnectionState target) {
            state = target;
            sink.changed(target);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            shared.close();
        }
    }

    private static final class OneListProvider extends PlainProvider {
        private final List<Registration> all = new CopyOnWriteArrayList<>();

        OneListProvider(BackendFactory source, Duration startLimit, Duration callbackLimit) {
            super(source, startLimit, OneListProvider::profile);
        }

        private static PlainProfile profile(PlainProvider provider, String name) {
            List<Registration> all = ((OneListProvider) provider).all;
            return new PlainProfile(provider, name) {
                @Override
                void register(Registration registration) {
                    super.register(registration);
                    all.add(registration);
                }

                @Override
                void unregister(Registration registration) {
                    super.unregister(registration);
                    all.remove(registration);
                }

                @Override
                List<Registration> recipients() {
                    return new ArrayList<>(all);
                }
            };
        }
    }
}
