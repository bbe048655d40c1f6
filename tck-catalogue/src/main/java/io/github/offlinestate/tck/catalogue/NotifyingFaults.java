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
                            Map.of(Rule.NOTIFY_1, "is told START, STATECHANGE, DONE"),
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
                            })
                    .alongside(
                            Rule.LOST_2B,
                            Rule.LOST_2D,
                            Rule.LOST_3,
                            Rule.LOST_4,
                            Rule.NOTIFY_11,
                            Rule.NOTIFY_11B,
                            Rule.NOTIFY_3,
                            Rule.NOTIFY_4,
                            Rule.NOTIFY_9,
                            Rule.NOTIFY_11C),
            profile(
                            "one-notification-for-all",
                            "one notification is made for all registrations, with the client token of the first",
                            Map.of(
                                    Rule.NOTIFY_2,
                                    "expected that client token 100 is in each notification of its registration"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                OfflineNotification addressed(OfflineNotification what, Registration to) {
                                    return super.addressed(
                                            what,
                                            registered().stream().findFirst().orElse(to));
                                }
                            })
                    .alongside(Rule.ADVISE_6, Rule.ADVISE_7),
            profile(
                            "wrong-mask",
                            "changes from outside are told with the mask STATE_ALL",
                            Map.of(
                                    Rule.NOTIFY_3,
                                    "expected that START, STATECHANGE and DONE are notified with mask 0x3, old state 0x2, new state"),
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
                            })
                    .alongside(
                            Rule.ADVISE_10,
                            Rule.CAP_2,
                            Rule.LOST_2B,
                            Rule.LOST_2C,
                            Rule.LOST_2D,
                            Rule.LOST_3,
                            Rule.LOST_4,
                            Rule.NOTIFY_1,
                            Rule.NOTIFY_10,
                            Rule.NOTIFY_10B,
                            Rule.NOTIFY_10C,
                            Rule.NOTIFY_11,
                            Rule.NOTIFY_11B,
                            Rule.NOTIFY_4,
                            Rule.NOTIFY_4B,
                            Rule.NOTIFY_9,
                            Rule.SET_6,
                            Rule.SET_6C,
                            Rule.SET_6D,
                            Rule.NOTIFY_11C,
                            Rule.STATE_2,
                            Rule.STATE_2B),
            profile(
                            "swapped-in-start",
                            "old and new state are swapped in START",
                            Map.of(
                                    Rule.NOTIFY_3,
                                    "expected that START, STATECHANGE and DONE are notified with mask 0x3, old state 0x2, new state"),
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
                            })
                    .alongside(
                            Rule.ADVISE_9,
                            Rule.CAP_3,
                            Rule.LOST_2B,
                            Rule.LOST_2C,
                            Rule.NOTIFY_1,
                            Rule.NOTIFY_10,
                            Rule.NOTIFY_10B,
                            Rule.NOTIFY_10C,
                            Rule.NOTIFY_11,
                            Rule.NOTIFY_11B,
                            Rule.NOTIFY_4,
                            Rule.SET_6,
                            Rule.SET_6C,
                            Rule.SET_6D,
                            Rule.SET_8,
                            Rule.STATE_2,
                            Rule.STATE_4B),
            profile(
                            "next-start-before-done",
                            "where changes wait, the START of the next is told before the DONE of the one before",
                            Map.of(Rule.NOTIFY_4, "is told whole transitions"),
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
                            })
                    .alongside(Rule.LOST_2B, Rule.LOST_4, Rule.NOTIFY_11, Rule.NOTIFY_11B),
            profile(
                            "latest-change-wins",
                            "a change that comes while another one waits takes its place",
                            Map.of(Rule.NOTIFY_4B, "is told whole transitions"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void add(PlainStep step) {
                                    if (step.isPlainChange()) {
                                        removeQueued(PlainStep::isPlainChange);
                                    }
                                    super.add(step);
                                }
                            })
                    .alongside(Rule.NOTIFY_11, Rule.NOTIFY_11B),
            profile(
                            "threads-for-each-client",
                            "where more is waiting, clients are called on threads of their own, which nobody keeps in order",
                            Map.of(Rule.NOTIFY_5, "expected that"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void tellOne(Registration one, OfflineNotification what) {
                                    if (isMoreWaiting()) {
                                        startThread("client", () -> super.tellOne(one, what));
                                    } else {
                                        super.tellOne(one, what);
                                    }
                                }

                                private synchronized boolean isMoreWaiting() {
                                    return queued() > 0;
                                }
                            })
                    .alongside(
                            Rule.LOST_2B,
                            Rule.LOST_2C,
                            Rule.LOST_2D,
                            Rule.LOST_3,
                            Rule.LOST_4,
                            Rule.NOTIFY_11,
                            Rule.NOTIFY_11B,
                            Rule.NOTIFY_4,
                            Rule.NOTIFY_4B),
            profile(
                            "foreign-at-once",
                            "foreign notifications are passed on at once, beside the queue",
                            Map.of(
                                    Rule.NOTIFY_5,
                                    "expected that a foreign notification waits until the callback before it has ended"),
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
                            })
                    .alongside(Rule.NOTIFY_11B),
            profile(
                    "error-ends-the-notifier",
                    "what a callback throws is caught where it is an Exception",
                    Map.of(Rule.NOTIFY_6, "expected that the test comes to an end"),
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
                    Map.of(
                            Rule.NOTIFY_6B,
                            "expected that no callback begins with its thread interrupted by another one"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void clearInterrupt() {}
                    }),
            object(
                            "asks-the-notifier",
                            "capabilities are asked for on the notifier's thread, so a callback cannot ask",
                            Map.of(Rule.NOTIFY_7, "the notifier is busy"),
                            profile -> new PlainManager(profile) {
                                @Override
                                public Capabilities capabilities() {
                                    if (Callbacks.isInside()) {
                                        throw new OfflineStateException(
                                                HResult.E_PENDING, "GetCapabilities: the notifier is busy");
                                    }
                                    return super.capabilities();
                                }
                            })
                    .alongside(Rule.CAP_4),
            profile(
                            "free-before-done",
                            "the change is marked as finished before DONE is told",
                            Map.of(
                                    Rule.NOTIFY_7B,
                                    "expected that setCurrentState with DEFAULT in DONE of a transition fails with E_PENDING"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void performChange(PlainStep step) {
                                    tellStart(step);
                                    become(step.to());
                                    tell(NotifyType.STATECHANGE, step);
                                    freeEarly(step);
                                    tell(NotifyType.STATECHANGE_DONE, step);
                                }
                            })
                    .alongside(Rule.CLOSE_4B, Rule.SET_1B, Rule.SET_3, Rule.STATE_4),
            profile(
                            "no-done-after-failure",
                            "a START whose change fails is not closed",
                            Map.of(Rule.NOTIFY_10, "callback in DONE"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                boolean tell(NotifyType type, PlainStep step) {
                                    return step.kind() != PlainStep.Kind.ABORT && super.tell(type, step);
                                }
                            })
                    .alongside(Rule.LOST_2C, Rule.NOTIFY_10B),
            profile(
                    "start-without-limit",
                    "a START that the source does not continue stays open for ever",
                    Map.of(Rule.NOTIFY_10B, "expected that a START that is not continued is aborted after 400 ms"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        TimeSource.@Nullable Scheduled limitStart(long start) {
                            return null;
                        }
                    }),
            profile(
                    "limit-runs-while-away",
                    "the time of an open START goes on while the source is away",
                    Map.of(Rule.NOTIFY_10C, "expected that the START stays open while the backend is away"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void stopForLoss() {}
                    }),
            profile(
                            "queue-of-a-hundred",
                            "changes that come while a hundred wait are left out",
                            Map.of(Rule.NOTIFY_11, "a client that lagged by 1024 transitions"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                boolean isLong() {
                                    return queued() > 100;
                                }
                            })
                    .alongside(Rule.NOTIFY_11B),
            profile(
                            "drops-what-does-not-fit",
                            "a single change is dropped where two thousand wait",
                            Map.of(Rule.NOTIFY_11B, "a client that lagged by 5001 transitions"),
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
                            })
                    .alongside(Rule.NOTIFY_11C),
            profile(
                    "keeps-everything",
                    "whatever waits for clients that lag is kept, without a bound",
                    Map.of(
                            Rule.NOTIFY_11B,
                            "expected that no more than 1026 transitions are kept for registration lags"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean isLong() {
                            return false;
                        }
                    }),
            profile(
                    "leaves-out-without-a-word",
                    "that changes are left out for clients that lag is not logged",
                    Map.of(Rule.NOTIFY_11C, "expected that it is logged with a number that of 2202 transitions only"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void logLeftOut(long count) {}
                    }));

    private NotifyingFaults() {}
}
