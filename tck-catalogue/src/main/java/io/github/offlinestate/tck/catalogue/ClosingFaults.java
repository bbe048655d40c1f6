package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.object;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.provider;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.spi.BackendFactory;
import io.github.offlinestate.tck.model.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Mistakes in giving an object back. */
final class ClosingFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            profile(
                            "close-returns-early",
                            "close does not wait for a callback that is running",
                            Map.of(Rule.CLOSE_1, "waits for the running callback"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void awaitReturnOfAll(PlainManager owner) {}
                            })
                    .alongside(Rule.CLOSE_2),
            profile(
                    "close-drops-the-interrupt",
                    "closing waits through an interrupt, and forgets it",
                    Map.of(Rule.CLOSE_1, "expected that the interrupt flag of a thread that closes is kept"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void awaitReturnOfAll(PlainManager owner) {
                            super.awaitReturnOfAll(owner);
                            boolean ignored = Thread.interrupted();
                        }
                    }),
            profile(
                            "close-waits-for-the-notifier",
                            "closing waits for the callback that is running, also when it is called from it",
                            Map.of(Rule.CLOSE_1B, "expected that close() from within a callback of the object returns"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void awaitReturnOfAll(PlainManager owner) {
                                    while (isCalling(owner)) {
                                        awaitReturn();
                                    }
                                }
                            })
                    .alongside(Rule.NOTIFY_7),
            profile(
                            "session-never-released",
                            "the source's session is not closed with the profile's last object",
                            Map.of(
                                    Rule.CLOSE_1C,
                                    "expected that the session is released when close() of the last object returns"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void closeBackend() {}
                            })
                    .alongside(Rule.CLOSE_4),
            profile(
                    "close-forgets-who-waits",
                    "a call that waits with BLOCK is left waiting when its object is closed",
                    Map.of(Rule.CLOSE_1D, "fails with MAPI_E_NOT_INITIALIZED"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void endCallerOf(PlainManager owner) {}
                    }),
            object(
                    "second-close-returns-at-once",
                    "a second close does not wait for a callback that is still running",
                    Map.of(Rule.CLOSE_2, "waits for the running callback"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public void close() {
                            if (!isClosed()) {
                                super.close();
                            }
                        }
                    }),
            object(
                    "closed-but-answering",
                    "capabilities() of a closed object gives an answer",
                    Map.of(
                            Rule.CLOSE_2B,
                            "expected that capabilities() of a closed object fails with MAPI_E_NOT_INITIALIZED (0x80040605)"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public Capabilities capabilities() {
                            return profile().capabilities();
                        }
                    }),
            profile(
                            "close-clears-the-list",
                            "closing an object clears the profile's list of registrations",
                            Map.of(Rule.CLOSE_3, "expected that registration A is told STATECHANGE_DONE to"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void unregisterAll(PlainManager owner) {
                                    registered().forEach(this::unregister);
                                }
                            })
                    .alongside(
                            Rule.CLOSE_1,
                            Rule.CLOSE_1B,
                            Rule.CLOSE_1D,
                            Rule.CLOSE_2,
                            Rule.CLOSE_4B,
                            Rule.NOTIFY_7,
                            Rule.SET_10,
                            Rule.UNADVISE_5,
                            Rule.ADVISE_1),
            profile(
                    "forgets-a-thread",
                    "the last close leaves the notifier's thread behind",
                    Map.of(Rule.CLOSE_4, "leaves no threads behind"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean isOver() {
                            return false;
                        }
                    }),
            provider(
                    "open-meets-the-last-close",
                    "the last close decides outside of the lock that opening takes",
                    Map.of(Rule.CLOSE_4B, "opened"),
                    new MemoryFixture(RacingProvider::new)),
            profile(
                    "keeps-the-jvm",
                    "the notifier's thread is not a daemon",
                    Map.of(Rule.CLOSE_4C, "expected that every thread of the provider is a daemon"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean isDaemon() {
                            return false;
                        }
                    }));

    private ClosingFaults() {}

    private static final class RacingProvider extends PlainProvider {
        RacingProvider(BackendFactory source, Duration startLimit, Duration callbackLimit) {
            super(source, startLimit, PlainProfile::new);
        }

        @Override
        void release(PlainProfile profile) {
            if (profile.leave()) {
                profile.disconnect();
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200)); // a source takes its time to close
                forget(profile);
            }
        }
    }
}
