package io.github.offlinestate.tck.catalogue;

import static io.github.offlinestate.tck.catalogue.CatalogueEntry.object;
import static io.github.offlinestate.tck.catalogue.CatalogueEntry.profile;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.tck.model.Rule;
import java.util.List;
import java.util.Map;

/** Mistakes about capabilities. */
final class CapabilityFaults {
    static final List<CatalogueEntry> ENTRIES = List.of(
            object(
                            "always-claims-both",
                            "capabilities() gives both, whatever the profile can tell",
                            Map.of(Rule.CAP_1, "expected that a profile which was made with the capabilities"),
                            profile -> new PlainManager(profile) {
                                @Override
                                public Capabilities capabilities() {
                                    requireOpen();
                                    return Capabilities.BOTH;
                                }
                            })
                    .alongside(Rule.CAP_2, Rule.STATE_4, Rule.STATE_4C, Rule.STATE_2, Rule.STATE_2B, Rule.NOTIFY_11B),
            profile(
                            "both-or-nothing",
                            "an object with one capability is treated as one without any",
                            Map.of(Rule.CAP_2, "expected that an object with the capability for"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                boolean isTold(ConnectionState to) {
                                    return capabilities().notifiesBoth();
                                }
                            })
                    .alongside(Rule.CAP_3, Rule.STATE_4, Rule.STATE_4C, Rule.STATE_2, Rule.STATE_2B, Rule.NOTIFY_11B),
            profile(
                            "second-time-is-no-news",
                            "a report of the state that is known is ignored, also where the way back cannot be reported",
                            Map.of(Rule.CAP_2, "expected that an object with the capability for"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                boolean mayHaveBeenElsewhere() {
                                    return false;
                                }
                            })
                    .alongside(Rule.STATE_2, Rule.STATE_2B, Rule.NOTIFY_11B),
            profile(
                            "done-without-capability",
                            "the capability is looked at for START and STATECHANGE, and forgotten for DONE",
                            Map.of(Rule.CAP_3, "expected that an object of capabilities"),
                            (provider, name) -> new PlainProfile(provider, name) {
                                @Override
                                void performUntoldChange(PlainStep step) {
                                    super.performUntoldChange(step);
                                    tell(NotifyType.STATECHANGE_DONE, step);
                                }
                            })
                    .alongside(Rule.NOTIFY_11B),
            object(
                            "no-advise-without-capability",
                            "Advise is refused on an object that can tell nothing",
                            Map.of(Rule.CAP_3B, "there is nothing to be told of"),
                            profile -> new PlainManager(profile) {
                                @Override
                                public AdviseToken advise(AdviseInfo info) {
                                    if (profile().capabilities().equals(Capabilities.NONE)) {
                                        throw new OfflineStateException(
                                                HResult.MAPI_E_NO_SUPPORT, "Advise: there is nothing to be told of");
                                    }
                                    return super.advise(info);
                                }
                            })
                    .alongside(Rule.CAP_3, Rule.CAP_3C, Rule.STATE_4B),
            object(
                            "no-set-without-capability",
                            "setting a state is refused where it would not be notified",
                            Map.of(Rule.CAP_3C, "BLOCK) returns; it threw"),
                            profile -> new PlainManager(profile) {
                                @Override
                                public void setCurrentState(ConnectionState state, SetFlag flag) {
                                    if (state != null
                                            && !profile().capabilities().notifies(state)) {
                                        throw new OfflineStateException(
                                                HResult.MAPI_E_NO_SUPPORT, "SetCurrentState: nobody would hear of it");
                                    }
                                    super.setCurrentState(state, flag);
                                }
                            })
                    .alongside(
                            Rule.CAP_2,
                            Rule.CAP_3,
                            Rule.STATE_4,
                            Rule.STATE_4B,
                            Rule.STATE_4C,
                            Rule.STATE_2,
                            Rule.STATE_2B,
                            Rule.NOTIFY_11B),
            object(
                    "capabilities-with-registrations",
                    "capabilities are claimed as soon as somebody is registered",
                    Map.of(Rule.CAP_4, "expected that the capabilities stay as they are"),
                    profile -> new PlainManager(profile) {
                        @Override
                        public Capabilities capabilities() {
                            Capabilities all = super.capabilities();
                            int other = profile().registered().isEmpty() ? 0 : 0x10;
                            return new Capabilities(all.bits() | other);
                        }
                    }));

    private CapabilityFaults() {}
}
