package io.github.offlinestate;

import java.util.List;

/** Opens a provider's profile, and turns what a provider may not throw into what an application expects. */
final class Opening {
    private Opening() {}

    static OfflineManager openDefault(OfflineStateProvider provider) {
        return open(provider, defaultProfile(provider));
    }

    // A null from a provider or a caller is told, though their types forbid it.
    @SuppressWarnings("ConstantValue")
    static OfflineManager open(OfflineStateProvider provider, String profile) {
        if (provider == null) {
            throw new OfflineStateException(HResult.E_INVALIDARG, "the provider to open a profile of is null");
        }
        OfflineManager manager;
        try {
            manager = provider.open(profile);
        } catch (OfflineStateException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) { // the latter: a library that the provider needs is not there
            throw failed(provider, "open(" + quoted(profile) + ")", e);
        }
        if (manager == null) {
            throw new OfflineStateException(
                    HResult.MAPI_E_CALL_FAILED,
                    provider + " gave nothing for open(" + quoted(profile) + "): this is a fault of the provider");
        }
        return manager;
    }

    @SuppressWarnings("ConstantValue")
    private static String defaultProfile(OfflineStateProvider provider) {
        List<String> profiles;
        try {
            profiles = provider.profiles();
        } catch (OfflineStateException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw failed(provider, "profiles()", e);
        }
        if (profiles == null || profiles.isEmpty()) {
            throw new DiscoveryException(
                    DiscoveryException.Problem.NO_PROFILE,
                    "no profile was named, and " + provider + " (" + provider.name()
                            + ") lists none whose first could be taken. What to do: name a profile, as in"
                            + " OfflineManagers.open(profile).");
        }
        return profiles.get(0);
    }

    private static OfflineStateException failed(OfflineStateProvider provider, String call, Throwable cause) {
        return new OfflineStateException(
                HResult.MAPI_E_CALL_FAILED,
                provider + " failed in " + call + " with what a provider may not throw: " + Failures.text(cause),
                cause);
    }

    private static String quoted(String profile) {
        return "\"" + profile + "\"";
    }
}
