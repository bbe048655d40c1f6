package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.object;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.provider;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.tck.model.Rule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Mistakes in changing the state. */
final class SettingFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            profile(
                            "block-returns-at-start",
                            "a call with BLOCK returns when its change has begun",
                            Map.of(Rule.SET_1, "expected that the state is"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void performChange(PlainStep step) {
                                    endCaller(step);
                                    super.performChange(step);
                                }
                            })
                    .alongside(Rule.CLOSE_1D, Rule.CLOSE_4B, Rule.LOST_2, Rule.SET_1B, Rule.SET_4, Rule.SET_9),
            profile(
                            "block-returns-before-done",
                            "a call with BLOCK returns when the state is the new one, before DONE has been told",
                            Map.of(
                                    Rule.SET_1B,
                                    "expected that setCurrentState(OFFLINE, BLOCK) waits until DONE has been delivered to"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void performChange(PlainStep step) {
                                    tellStart(step);
                                    become(step.to());
                                    tell(NotifyType.STATECHANGE, step);
                                    endCaller(step);
                                    tell(NotifyType.STATECHANGE_DONE, step);
                                }
                            })
                    .alongside(Rule.CLOSE_4B, Rule.SET_4),
            object(
                            "default-waits",
                            "a call with DEFAULT waits for its change like one with BLOCK",
                            Map.of(Rule.SET_2, "returns; it did not within"),
                            profile -> new PlainManager(profile) {
                                @Override
                                public void setCurrentState(ConnectionState state, SetFlag flag) {
                                    boolean waits = flag == SetFlag.DEFAULT && !Callbacks.isInside();
                                    super.setCurrentState(state, waits ? SetFlag.BLOCK : flag);
                                }
                            })
                    .alongside(Rule.LOST_2D, Rule.SET_3, Rule.SET_6B, Rule.STATE_3, Rule.STATE_4),
            profile(
                            "foreign-is-a-change",
                            "while a foreign notification is told the profile counts as changing",
                            Map.of(
                                    Rule.SET_2,
                                    "expected that setCurrentState(OFFLINE, DEFAULT) inside a foreign notification's callback returns"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                private volatile boolean foreign;

                                @Override
                                void performForeign(PlainStep step) {
                                    foreign = true;
                                    super.performForeign(step);
                                    foreign = false;
                                }

                                @Override
                                void requireFree(PlainManager manager) {
                                    super.requireFree(manager);
                                    if (foreign) {
                                        throw new OfflineStateException(
                                                HResult.E_PENDING, "SetCurrentState: something is being told");
                                    }
                                }
                            })
                    .alongside(Rule.NOTIFY_10),
            profile(
                            "pending-by-object",
                            "that a change is under way is known to the object that made it alone",
                            Map.of(
                                    Rule.SET_3,
                                    "expected that object2.setCurrentState(OFFLINE, DEFAULT) while a change is under way fails with"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void requireFree(PlainManager manager) {
                                    if (isOwnChange(manager)) {
                                        super.requireFree(manager);
                                    }
                                }
                            })
                    .alongside(Rule.NOTIFY_11B),
            profile(
                            "free-too-late",
                            "a call with BLOCK returns an instant before the profile is marked free",
                            Map.of(Rule.SET_4, "works right after the call before it returned"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void performChange(PlainStep step) {
                                    super.performChange(step);
                                    endCaller(step);
                                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // writes a log entry, say
                                }
                            })
                    .alongside(Rule.CAP_2, Rule.SET_1B, Rule.STATE_2, Rule.STATE_2B),
            profile(
                            "sets-the-same-state",
                            "setting the state that already holds is told like a change",
                            Map.of(Rule.SET_5, "expected that setting the state that holds notifies nobody"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void alreadyThere(ConnectionState target) {
                                    add(PlainStep.change(target, true, false, null));
                                    notifyAll();
                                }
                            })
                    .alongside(Rule.CAP_3, Rule.STATE_4B, Rule.NOTIFY_11, Rule.NOTIFY_11B),
            profile(
                    "swallow-and-drop",
                    "what the source fails with is swallowed: the call with BLOCK returns as if it had worked",
                    Map.of(
                            Rule.SET_6,
                            "expected that setCurrentState(OFFLINE, BLOCK), which the backend refuses, fails with"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void failCaller(PlainRequest asked, OfflineStateException failure) {}
                    }),
            profile(
                            "default-throws",
                            "the source is asked on the caller's thread, and its failure comes out of a call with DEFAULT",
                            Map.of(
                                    Rule.SET_6B,
                                    "expected that setCurrentState(OFFLINE, DEFAULT), which the backend refuses, returns"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void ask(PlainRequest begun) {
                                    try {
                                        backend()
                                                .beginChange(begun.target())
                                                .whenComplete((done, thrown) -> answered(begun, thrown))
                                                .toCompletableFuture()
                                                .getNow(null);
                                    } catch (CompletionException refused) {
                                        throw new OfflineStateException(
                                                HResult.MAPI_E_CALL_FAILED, "SetCurrentState: " + refused, refused);
                                    }
                                }
                            })
                    .alongside(Rule.SET_6),
            profile(
                    "wraps-the-cause",
                    "what the source fails with is passed on in the wrapping of the future that carried it",
                    Map.of(
                            Rule.SET_6,
                            "expected that the failure has the backend's cause; it has one that only wraps it"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void refused(PlainRequest asked, Throwable thrown) {
                            super.refused(asked, new CompletionException(thrown));
                        }
                    }),
            profile(
                    "fails-without-a-word",
                    "that the source has refused what nobody waits for is not logged",
                    Map.of(Rule.SET_6B, "expected that it is logged that a change failed which nobody waited for"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void logRefused(OfflineStateException failure) {}
                    }),
            profile(
                            "new-state-after-failure",
                            "the state becomes the wanted one although the source has refused it",
                            Map.of(Rule.SET_6C, "expected that the state is ONLINE after the change has failed"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void refused(PlainRequest asked, Throwable thrown) {
                                    become(asked.target());
                                    super.refused(asked, thrown);
                                }
                            })
                    .alongside(Rule.ADVISE_10, Rule.NOTIFY_10, Rule.SET_6B),
            profile(
                            "pending-after-failure",
                            "the mark of a change under way is not taken back when the change fails",
                            Map.of(
                                    Rule.SET_6D,
                                    "expected that setCurrentState(OFFLINE, BLOCK) right after one that failed returns"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                private @Nullable PlainRequest failed;

                                @Override
                                void failCaller(PlainRequest asked, OfflineStateException failure) {
                                    super.failCaller(asked, failure);
                                    failed = asked;
                                }

                                @Override
                                void free(PlainRequest done) {
                                    if (done != failed) {
                                        super.free(done);
                                    }
                                }
                            })
                    .alongside(Rule.ADVISE_10, Rule.NOTIFY_10, Rule.SET_6B, Rule.SET_6C),
            object(
                            "null-is-used",
                            "a null meets a NullPointerException instead of E_INVALIDARG",
                            Map.of(
                                    Rule.SET_7,
                                    "expected that setCurrentState(null, BLOCK) fails with E_INVALIDARG (0x80070057)"),
                            profile -> new PlainManager(profile) {
                                @Override
                                public void setCurrentState(ConnectionState state, SetFlag flag) {
                                    boolean unused = state.opposite() == state
                                            || flag.name().isEmpty();
                                    super.setCurrentState(state, flag);
                                }
                            })
                    .alongside(Rule.SET_10),
            profile(
                    "inside-by-profile",
                    "whether a call comes from inside a callback is known for the profile's own callbacks alone",
                    Map.of(
                            Rule.SET_8,
                            "expected that setCurrentState of another profile with BLOCK inside a callback fails with"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean mayBlock() {
                            return super.mayBlock() || !isCalling();
                        }
                    }),
            object(
                    "interrupt-flag-lost",
                    "a caller that is interrupted while it waits does not find its interrupt flag again",
                    Map.of(Rule.SET_9, "expected that the thread's interrupt flag is kept"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public void setCurrentState(ConnectionState state, SetFlag flag) {
                            try {
                                super.setCurrentState(state, flag);
                            } catch (OfflineStateException e) {
                                if (e.result().equals(HResult.MAPI_E_USER_CANCEL)) {
                                    boolean unused = Thread.interrupted();
                                }
                                throw e;
                            }
                        }
                    }),
            profile(
                            "interrupt-takes-back",
                            "a caller that is interrupted while it waits takes its change back",
                            Map.of(Rule.SET_9B, "expected that registration A is told STATECHANGE_DONE to"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                private volatile boolean unwanted;

                                @Override
                                void set(PlainManager manager, ConnectionState target, SetFlag flag) {
                                    try {
                                        super.set(manager, target, flag);
                                    } catch (OfflineStateException e) {
                                        unwanted = e.result().equals(HResult.MAPI_E_USER_CANCEL);
                                        throw e;
                                    }
                                }

                                @Override
                                void performChange(PlainStep step) {
                                    tellStart(step);
                                    boolean takenBack = unwanted && step.request() != null;
                                    ConnectionState to = takenBack ? step.from() : step.to();
                                    become(to);
                                    if (!takenBack) {
                                        tell(NotifyType.STATECHANGE, step);
                                    }
                                    tell(NotifyType.STATECHANGE_DONE, takenBack ? PlainStep.abort(to, null) : step);
                                }
                            })
                    .alongside(Rule.SET_9),
            profile(
                    "pending-before-lost",
                    "while a change is under way E_PENDING is said, also when the source has gone away",
                    Map.of(
                            Rule.SET_10,
                            "expected that setCurrentState while away and a change is under way fails with"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void requirePresent(PlainManager manager) {
                            requireFree(manager);
                            super.requirePresent(manager);
                        }
                    }),
            provider(
                            "no-support-before-closed",
                            "a closed object that cannot be set says so, and not that it is closed",
                            Map.of(
                                    Rule.SET_12,
                                    "expected that setCurrentState of a closed object fails with MAPI_E_NOT_INITIALIZED (0x80040605)"),
                            new ReadOnlyFixture((source, startLimit, callbackLimit) -> new PlainProvider(
                                    source, startLimit, (provider, name) -> new PlainProfile(provider, name) {
                                        @Override
                                        PlainManager manager() {
                                            return new PlainManager(this) {
                                                @Override
                                                public void setCurrentState(ConnectionState state, SetFlag flag) {
                                                    if (state != null && flag != null) {
                                                        requireSettable();
                                                    }
                                                    super.setCurrentState(state, flag);
                                                }
                                            };
                                        }
                                    })))
                    .alongside(Rule.CLOSE_2B));

    private SettingFaults() {}
}
