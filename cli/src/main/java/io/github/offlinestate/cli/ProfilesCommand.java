package io.github.offlinestate.cli;

import io.github.offlinestate.OfflineStateProvider;
import java.util.List;

/** {@code profiles}: the names of a provider's profiles. */
final class ProfilesCommand extends Command {
    ProfilesCommand() {
        super("List the profiles of a provider, the default first; with --profile, that one only, if it is there.");
    }

    @Override
    int run() {
        Selection selection = selection();
        OfflineStateProvider provider = selection.usableProvider();
        List<String> profiles = provider.profiles();
        String wanted = selection.profile();
        if (wanted != null) {
            if (!profiles.contains(wanted)) {
                throw CommandException.failed("the provider " + provider.name() + " lists no profile " + wanted + ": "
                        + (profiles.isEmpty() ? "it lists none at all" : String.join(", ", profiles)));
            }
            profiles = List.of(wanted);
        }
        if (isJson()) {
            results()
                    .line(Json.object()
                            .member("provider", provider.name())
                            .member("profiles", profiles)
                            .end());
            return ExitCode.DONE;
        }
        for (String profile : profiles) {
            results().line(Text.line(profile));
        }
        if (profiles.isEmpty()) {
            Output.notes().line("the provider " + Text.line(provider.name()) + " does not list its profiles");
        }
        return ExitCode.DONE;
    }
}
