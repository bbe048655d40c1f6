package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.object;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.TimeSource;
import io.github.offlinestate.tck.model.Rule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mistakes in telling clients. */
final class NotifyingFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            profile(
                    "no-start-from-outside",
                    "a change from outside is told without START",
                    Map.of(Rule.NOTIFY_1, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            if (step.request() != null || step.continues()) {
                                super.performChange(step);
                                return;
                            }
                            become(step.to());
                            tell(NotifyType.STATECHANGE, step);
                            tell(NotifyType.STATECHANGE_DONE, step);
                        }
                    }),
            profile(
                    "one-notification-for-all",
                    "one notification is made for all registrations, with the client token of the first",
                    Map.of(Rule.NOTIFY_2, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        OfflineNotification addressed(OfflineNotification what, Registration to) {
                            return super.addressed(
                                    what, registered().stream().findFirst().orElse(to));
                        }
                    }),
            profile(
                    "wrong-mask",
                    "changes from outside are told with the mask STATE_ALL",
                    Map.of(Rule.NOTIFY_3, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        OfflineNotification notification(NotifyType type, PlainStep step) {
                            OfflineNotification right = super.notification(type, step);
                            return step.request() != null
                                    ? right
                                    : new OfflineNotification(
                                            type,
                                            0,
                                            MapiConstants.MAPIOFFLINE_STATE_ALL,
                                            right.oldState(),
                                            right.newState());
                        }
                    }),
            profile(
                    "swapped-in-start",
                    "old and new state are swapped in START",
                    Map.of(Rule.NOTIFY_3, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        OfflineNotification notification(NotifyType type, PlainStep step) {
                            OfflineNotification right = super.notification(type, step);
                            return type.equals(NotifyType.STATECHANGE_START)
                                    ? new OfflineNotification(
                                            type,
                                            0,
                                            right.mask(),
                                            /* oldState= */ right.newState(),
                                            /* newState= */ right.oldState())
                                    : right;
                        }
                    }),
            profile(
                    "next-start-before-done",
                    "where changes wait, the START of the next is told before the DONE of the one before",
                    Map.of(Rule.NOTIFY_4, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        private @Nullable PlainStep begun;

                        @Override
                        void performChange(PlainStep step) {
                            if (!step.equals(begun)) {
                                tellStart(step);
                            }
                            become(step.to());
                            tell(NotifyType.STATECHANGE, step);
                            begun = nextChange();
                            if (begun != null) {
                                tell(NotifyType.STATECHANGE_START, begun);
                            }
                            tell(NotifyType.STATECHANGE_DONE, step);
                        }
                    }),
            profile(
                    "latest-change-wins",
                    "a change that comes while another one waits takes its place",
                    Map.of(Rule.NOTIFY_4B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void add(PlainStep step) {
                            if (step.isPlainChange()) {
                                removeQueued(PlainStep::isPlainChange);
                            }
                            super.add(step);
                        }
                    }),
            profile(
                    "threads-for-each-client",
                    "each client is called on threads of its own, which nobody keeps in order",
                    Map.of(Rule.NOTIFY_5, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void tellOne(Registration one, OfflineNotification what) {
                            startThread("client", () -> super.tellOne(one, what));
                        }
                    }),
            profile(
                    "foreign-at-once",
                    "foreign notifications are passed on at once, beside the queue",
                    Map.of(Rule.NOTIFY_5, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void add(PlainStep step) {
                            OfflineNotification foreign = step.foreign();
                            if (foreign == null) {
                                super.add(step);
                            } else {
                                startThread("foreign", () -> tellAll(foreign));
                            }
                        }
                    }),
            profile(
                    "error-ends-the-notifier",
                    "what a callback throws is caught where it is an Exception",
                    Map.of(Rule.NOTIFY_6, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void call(OfflineNotify callback, OfflineNotification what) {
                            try {
                                Callbacks.inside(() -> callback.onNotify(what));
                            } catch (Exception thrown) {
                                logThrown(thrown);
                            }
                            clearInterrupt();
                        }
                    }),
            profile(
                    "interrupt-travels",
                    "a callback's interrupt stays on the notifier's thread and reaches the next client",
                    Map.of(Rule.NOTIFY_6B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void clearInterrupt() {}
                    }),
            object(
                    "asks-the-notifier",
                    "capabilities are asked for on the notifier's thread, so a callback cannot ask",
                    Map.of(Rule.NOTIFY_7, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public Capabilities capabilities() {
                            if (Callbacks.isInside()) {
                                throw new OfflineStateException(
                                        HResult.E_PENDING, "GetCapabilities: the notifier is busy");
                            }
                            return super.capabilities();
                        }
                    }),
            profile(
                    "free-before-done",
                    "the change is marked as finished before DONE is told",
                    Map.of(Rule.NOTIFY_7B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            tellStart(step);
                            become(step.to());
                            tell(NotifyType.STATECHANGE, step);
                            freeEarly(step);
                            tell(NotifyType.STATECHANGE_DONE, step);
                        }
                    }),
            profile(
                    "no-done-after-failure",
                    "a START whose change fails is not closed",
                    Map.of(Rule.NOTIFY_10, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean tell(NotifyType type, PlainStep step) {
                            return step.kind() != PlainStep.Kind.ABORT && super.tell(type, step);
                        }
                    }),
            profile(
                    "start-without-limit",
                    "a START that the source does not continue stays open for ever",
                    Map.of(Rule.NOTIFY_10B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        TimeSource.@Nullable Scheduled limitStart(long start) {
                            return null;
                        }
                    }),
            profile(
                    "limit-runs-while-away",
                    "the time of an open START goes on while the source is away",
                    Map.of(Rule.NOTIFY_10C, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void stopForLoss() {}
                    }),
            profile(
                    "queue-of-a-hundred",
                    "changes that come while a hundred wait are left out",
                    Map.of(Rule.NOTIFY_11, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean isLong() {
                            return queued() > 100;
                        }
                    }),
            profile(
                    "drops-what-does-not-fit",
                    "a single change is dropped where two thousand wait",
                    Map.of(Rule.NOTIFY_11B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void add(PlainStep step) {
                            if (!step.isPlainChange() || queued() < 1_999) {
                                super.add(step);
                            }
                        }

                        @Override
                        boolean isLong() {
                            return false;
                        }
                    }));

    private NotifyingFaults() {}
}
