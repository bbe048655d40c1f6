package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.object;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.provider;

import io.github.offlinestate.Capabilities;
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
                    Map.of(Rule.SET_1, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            endCaller(step);
                            super.performChange(step);
                        }
                    }),
            profile(
                    "block-returns-before-done",
                    "a call with BLOCK returns when the state is the new one, before DONE has been told",
                    Map.of(Rule.SET_1B, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            tellStart(step);
                            become(step.to());
                            tell(NotifyType.STATECHANGE, step);
                            endCaller(step);
                            tell(NotifyType.STATECHANGE_DONE, step);
                        }
                    }),
            object(
                    "default-waits",
                    "a call with DEFAULT waits for its change like one with BLOCK",
                    Map.of(Rule.SET_2, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public void setCurrentState(ConnectionState state, SetFlag flag) {
                            boolean waits = flag == SetFlag.DEFAULT && !Callbacks.isInside();
                            super.setCurrentState(state, waits ? SetFlag.BLOCK : flag);
                        }
                    }),
            profile(
                    "pending-by-object",
                    "that a change is under way is known to the object that made it alone",
                    Map.of(Rule.SET_3, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void requireFree(PlainManager manager) {
                            if (isOwnChange(manager)) {
                                super.requireFree(manager);
                            }
                        }
                    }),
            profile(
                    "free-too-late",
                    "a call with BLOCK returns an instant before the profile is marked free",
                    Map.of(Rule.SET_4, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void performChange(PlainStep step) {
                            super.performChange(step);
                            endCaller(step);
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // writes a log entry, say
                        }
                    }),
            profile(
                    "sets-the-same-state",
                    "setting the state that already holds is told like a change",
                    Map.of(Rule.SET_5, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void alreadyThere(ConnectionState target) {
                            add(PlainStep.change(target, true, false, null));
                            notifyAll();
                        }
                    }),
            profile(
                    "swallow-and-drop",
                    "what the source fails with is swallowed: the call with BLOCK returns as if it had worked",
                    Map.of(Rule.SET_6, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void failCaller(PlainRequest asked, OfflineStateException failure) {}
                    }),
            profile(
                    "default-throws",
                    "the source is asked on the caller's thread, and its failure comes out of a call with DEFAULT",
                    Map.of(Rule.SET_6B, "?"),
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
                    }),
            profile(
                    "new-state-after-failure",
                    "the state becomes the wanted one although the source has refused it",
                    Map.of(Rule.SET_6C, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        void refused(PlainRequest asked, Throwable thrown) {
                            become(asked.target());
                            super.refused(asked, thrown);
                        }
                    }),
            profile(
                    "pending-after-failure",
                    "the mark of a change under way is not taken back when the change fails",
                    Map.of(Rule.SET_6D, "?"),
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
                    }),
            object(
                    "null-is-used",
                    "a null meets a NullPointerException instead of E_INVALIDARG",
                    Map.of(Rule.SET_7, "?"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public void setCurrentState(ConnectionState state, SetFlag flag) {
                            boolean unused =
                                    state.opposite() == state || flag.name().isEmpty();
                            super.setCurrentState(state, flag);
                        }
                    }),
            profile(
                    "inside-by-profile",
                    "whether a call comes from inside a callback is known for the profile's own callbacks alone",
                    Map.of(Rule.SET_8, "?"),
                    (provider, name) -> new PlainProfile(provider, name) {
                        @Override
                        boolean mayBlock() {
                            return super.mayBlock() || !isCalling();
                        }
                    }),
            object(
                    "interrupt-flag-lost",
                    "a caller that is interrupted while it waits does not find its interrupt flag again",
                    Map.of(Rule.SET_9, "?"),
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
                    Map.of(Rule.SET_9B, "?"),
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
                    }),
            profile(
                    "pending-before-lost",
                    "while a change is under way E_PENDING is said, also when the source has gone away",
                    Map.of(Rule.SET_10, "?"),
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
                    Map.of(Rule.SET_12, "?"),
                    new ReadOnlyFixture((source, startLimit, callbackLimit) ->
                            new PlainProvider(source, startLimit, (provider, name) -> new PlainProfile(provider, name) {
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
                            }))));

    private SettingFaults() {}

    /** A source that nobody can set. */
    private static final class ReadOnlyFixture extends MemoryFixture {
        ReadOnlyFixture(ProviderMaker maker) {
            super(() -> new MemorySource(Capabilities.BOTH, false), maker);
        }

        @Override
        public boolean readOnly() {
            return true;
        }
    }
}
