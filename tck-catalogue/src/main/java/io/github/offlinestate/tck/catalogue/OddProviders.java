package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.provider;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.tck.catalogue.MemoryFixture.ProviderMaker;
import io.github.offlinestate.tck.catalogue.PlainProvider.ProfileMaker;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Odd, and right: the kit finds nothing. */
final class OddProviders {
    private static final ProviderMaker PLAIN =
            (source, startLimit, callbackLimit) -> new PlainProvider(source, startLimit, PlainProfile::new);

    static final List<CatalogueEntry> ENTRIES = List.of(
            odd("plain", "written straight on OfflineStateProvider, without the engine", PLAIN),
            provider(
                    "slow",
                    "every notification takes 20 ms to be sent",
                    Map.of(),
                    new OddFixture(
                            MemorySource::new,
                            profiles((provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                boolean tellAll(OfflineNotification what) {
                                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                                    return super.tellAll(what);
                                }
                            }),
                            source -> false) {
                        /** That no more is kept than by the others is not worth the minutes. */
                        @Override
                        public OptionalInt lagLimit() {
                            return OptionalInt.empty();
                        }

                        /** A thousand transitions that wait take a minute. */
                        @Override
                        public Duration inTime() {
                            return Duration.ofMinutes(2);
                        }
                    }),
            odd("offline-only", "only going offline is told", Capabilities.OFFLINE_ONLY),
            odd("online-only", "only going online is told", Capabilities.ONLINE_ONLY),
            odd("silent", "nothing is ever told", Capabilities.NONE),
            provider(
                    "read-only",
                    "the state cannot be set, only watched",
                    Map.of(),
                    new OddFixture(() -> new MemorySource(Capabilities.BOTH, false), PLAIN, source -> false) {
                        @Override
                        public boolean readOnly() {
                            return true;
                        }
                    }),
            odd(
                    "many-threads",
                    "every callback is called on a thread of its own, one after the other",
                    profiles((provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void call(OfflineNotify callback, OfflineNotification what) {
                            CompletableFuture<Void> returned = new CompletableFuture<>();
                            startThread("call", () -> {
                                super.call(callback, what);
                                returned.complete(null);
                            });
                            returned.join();
                        }
                    })),
            odd(
                    "on-the-reporting-thread",
                    "clients are called on the thread that reports the change; there is no other",
                    profiles(OnReportingThread::new),
                    ReportingSource::new),
            odd(
                    "random-tokens",
                    "tokens are random numbers of 64 bits, the negative ones included",
                    profiles((provider, name) -> new PlainProfile(provider, name) {
                        private final long seed = new SecureRandom().nextLong();

                        @Override
                        long nextToken() {
                            return mix(seed + super.nextToken() * 0x9E37_79B9_7F4A_7C15L);
                        }
                    })),
            provider(
                    "foreign-all-the-time",
                    "foreign notifications are sent all the time, of unknown types and masks",
                    Map.of(),
                    new OddFixture(MemorySource::new, PLAIN, OddProviders::sendForeign) {
                        /** Changes between which one of them comes are not left out. */
                        @Override
                        public OptionalInt lagLimit() {
                            return OptionalInt.empty();
                        }
                    }),
            provider(
                    "flapping",
                    "somebody else changes the state all the time",
                    Map.of(),
                    new OddFixture(MemorySource::new, PLAIN, OddProviders::flap) {
                        /** What somebody else does comes on top of what is kept. */
                        @Override
                        public OptionalInt lagLimit() {
                            return OptionalInt.empty();
                        }

                        @Override
                        public boolean changesByItself() {
                            return true;
                        }
                    }));

    private OddProviders() {}

    private static ProviderMaker profiles(ProfileMaker maker) {
        return (source, startLimit, callbackLimit) -> new PlainProvider(source, startLimit, maker);
    }

    private static CatalogueEntry odd(String name, String what, ProviderMaker maker) {
        return odd(name, what, maker, MemorySource::new);
    }

    private static CatalogueEntry odd(String name, String what, Capabilities capabilities) {
        return odd(name, what, PLAIN, () -> new MemorySource(capabilities, true));
    }

    private static CatalogueEntry odd(String name, String what, ProviderMaker maker, Supplier<MemorySource> sources) {
        return provider(name, what, Map.of(), new OddFixture(sources, maker, source -> false));
    }

    /** Mixes the bits so that different numbers stay different. */
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static boolean sendForeign(MemorySource source) {
        int random = ThreadLocalRandom.current().nextInt();
        boolean ofKnownType = random % 2 == 0;
        source.sendForeign(
                MemorySource.PROFILE,
                ofKnownType ? MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE : random,
                ofKnownType ? 0x0010_0000 : MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK,
                MapiConstants.MAPIOFFLINE_STATE_ONLINE,
                MapiConstants.MAPIOFFLINE_STATE_OFFLINE);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        return true;
    }

    private static boolean flap(MemorySource source) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(300)));
        source.flip(MemorySource.PROFILE);
        return true;
    }

    /** Waits longer than the faulty ones' does, and may have somebody who keeps doing something to the source. */
    private static class OddFixture extends MemoryFixture {
        private final Predicate<MemorySource> disturber;

        /** @param disturber does something once; whether it is to be asked again */
        OddFixture(Supplier<MemorySource> sources, ProviderMaker maker, Predicate<MemorySource> disturber) {
            super(sources, maker);
            this.disturber = disturber;
        }

        @Override
        PreparedProvider prepared(MemorySource source, OfflineStateProvider provider) {
            AtomicBoolean over = new AtomicBoolean();
            Thread thread = new Thread(
                    () -> {
                        while (!over.get() && disturber.test(source)) {
                            // it waits by itself
                        }
                    },
                    "disturber");
            thread.setDaemon(true);
            thread.start();
            return super.prepared(source, provider).withCleanup(() -> over.set(true));
        }

        @Override
        public Duration inTime() {
            return Duration.ofSeconds(10);
        }
    }

    /** Reports each thing on a thread of its own, which then tells the clients. */
    private static final class ReportingSource extends MemorySource {
        @Override
        void act(Runnable action) {
            CompletableFuture<Void> reported = new CompletableFuture<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            super.act(action);
                            reported.complete(null);
                        } catch (RuntimeException e) {
                            reported.completeExceptionally(e);
                        }
                        for (BackendSink listener : listeners()) {
                            ((OnReportingThread) listener).drain();
                        }
                    },
                    "source");
            thread.setDaemon(true);
            thread.start();
            reported.join();
        }
    }

    private static final class OnReportingThread extends PlainProfile {
        OnReportingThread(PlainProvider provider, String name) {
            super(provider, name);
        }

        @Override
        void startNotifier() {}

        @Override
        void wake() {
            startThread("report", this::drain);
        }
    }
}
