package io.github.offlinestate.tck.check;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.tck.fixture.HookMissingException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A profile that lacks a capability.
 *
 * @param name the profile's
 * @param capabilities what its objects have: one of the two, or none
 */
record OneSided(String name, Capabilities capabilities) {
    /** The profile of the fixture if it lacks one, else one of each kind if they can be made. */
    static List<OneSided> profiles(ProviderTrial trial) {
        try (OfflineManager manager = trial.openQuietly(trial.profile())) {
            Capabilities own = ProviderTrial.requireGiven("capabilities()", manager.capabilities());
            if (!own.notifiesBoth()) {
                return List.of(new OneSided(trial.profile(), own));
            }
        }
        try {
            return Stream.of(Capabilities.OFFLINE_ONLY, Capabilities.ONLINE_ONLY, Capabilities.NONE)
                    .map(capabilities -> make(trial, capabilities))
                    .toList();
        } catch (HookMissingException missing) {
            throw NotJudged.notApplicable(
                    "every profile that there is has both capabilities; one that has not would need "
                            + missing.hook().what());
        }
    }

    /** Those of them that tell something. */
    static List<OneSided> telling(ProviderTrial trial) {
        return profiles(trial).stream()
                .filter(profile -> !profile.capabilities().equals(Capabilities.NONE))
                .toList();
    }

    /** A scene with one of them; not applicable where there is none, or nothing is told. */
    static Scene scene(ProviderTrial trial) {
        return trial.scene(
                telling(trial).stream().findFirst().map(OneSided::name).orElseGet(trial::profile));
    }

    private static OneSided make(ProviderTrial trial, Capabilities capabilities) {
        String name = "profile of capabilities " + capabilities;
        trial.control().addProfile(name, capabilities);
        return new OneSided(name, capabilities);
    }
}
