package io.github.offlinestate.cli;

import io.github.offlinestate.Availability;
import io.github.offlinestate.DiscoveryException;
import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.ProviderDescription;
import io.github.offlinestate.ProviderDirectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user chose by {@code --provider}, {@code --profile} and {@code --provider-path}.
 *
 * @param provider its name, where one was given
 * @param profile its name, where one was given
 * @param paths jars, and folders of jars, to look for providers in
 */
record Selection(@Nullable String provider, @Nullable String profile, List<String> paths) {
    Selection {
        requireName("--provider", provider);
        requireName("--profile", profile);
    }

    /**
     * Where providers are looked for.
     *
     * @return the command's own and those of the paths
     */
    ProviderDirectory directory() {
        return paths.isEmpty() ? OfflineManagers.directory() : OfflineManagers.directory(ProviderPath.loader(paths));
    }

    /**
     * The provider that was chosen, or is the one to take where none was.
     *
     * @return usable here
     */
    OfflineStateProvider usableProvider() {
        ProviderDirectory directory = directory();
        try {
            if (provider == null) {
                return directory.choose();
            }
            OfflineStateProvider named = directory.provider(provider);
            Availability availability = named.availability();
            if (availability.isAvailable()) {
                return named;
            }
            throw CommandException.failed("the provider " + named.name() + " is " + availability);
        } catch (DiscoveryException e) {
            throw CommandException.failed(inOneLine(e, directory), e);
        }
    }

    /**
     * The profile that was chosen, or is the one to take where none was.
     *
     * @return not opened yet
     */
    Target target() {
        OfflineStateProvider usable = usableProvider();
        return new Target(usable, profile == null ? defaultProfile(usable) : profile);
    }

    private static String defaultProfile(OfflineStateProvider provider) {
        List<String> profiles = provider.profiles();
        if (profiles.isEmpty()) {
            throw CommandException.failed(
                    "the provider " + provider.name() + " does not list its profiles: name one by --profile");
        }
        return profiles.get(0);
    }

    /** The exception's own message has a line a candidate: right for a log, too much for a terminal. */
    static String inOneLine(DiscoveryException failure, ProviderDirectory directory) {
        StringBuilder text = new StringBuilder(failure.problem().code());
        text.append(": ").append(failure.problem().summary()).append(" Found: ");
        String separator = "";
        for (ProviderDescription found : directory.providers()) {
            text.append(separator)
                    .append(found.name().or(found::className).orElse("(unknown)"))
                    .append(" (")
                    .append(found.passedOver().orElse("usable"))
                    .append(')');
            separator = ", ";
        }
        return text.append(separator.isEmpty() ? "nothing." : ".")
                .append(" Name one by --provider; '" + Main.NAME + " providers' tells more.")
                .toString();
    }

    private static void requireName(String option, @Nullable String name) {
        if (name != null && name.isBlank() && (name.isEmpty() || "--provider".equals(option))) {
            throw CommandException.usage(option + ": the name is empty");
        }
        if (name != null && name.indexOf('\0') >= 0) {
            throw CommandException.usage(option + ": the name has a NUL character in it");
        }
    }
}
