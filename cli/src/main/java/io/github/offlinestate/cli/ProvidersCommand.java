package io.github.offlinestate.cli;

import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.ProviderDescription;
import io.github.offlinestate.ProviderDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code providers}: what was found, usable or not. */
final class ProvidersCommand extends Command {
    ProvidersCommand() {
        super(
                "List the providers that are there: usable, not available here, or broken, and why.",
                "With --provider, that one only; with --profile, those that list such a profile.");
    }

    @Override
    int run() {
        Selection selection = selection();
        ProviderDirectory directory = selection.directory();
        List<ProviderDescription> found = new ArrayList<>();
        for (ProviderDescription provider : directory.providers()) {
            if (isAskedFor(provider, selection, directory)) {
                found.add(provider);
            }
        }
        if (isJson()) {
            results().line(Json.object().member("providers", json(found)).end());
        } else {
            for (ProviderDescription provider : found) {
                results().print(text(provider, Style.ofTerminal()));
            }
        }
        if (found.isEmpty()) {
            throw CommandException.failed("no provider was found"
                    + (selection.provider() == null ? "" : " that is called " + selection.provider())
                    + (selection.profile() == null ? "" : " that lists a profile " + selection.profile()));
        }
        return ExitCode.DONE;
    }

    private static boolean isAskedFor(ProviderDescription provider, Selection selection, ProviderDirectory directory) {
        return isCalled(provider, selection.provider())
                && (selection.profile() == null || lists(provider, selection.profile(), directory));
    }

    /**
     * Whether a provider is the one that was asked for.
     *
     * @param provider one that was found
     * @param name its name or its class; null for any
     * @return whether somebody who says this name means it
     */
    static boolean isCalled(ProviderDescription provider, @Nullable String name) {
        return name == null
                || provider.name().filter(name::equals).isPresent()
                || provider.className().filter(name::equals).isPresent();
    }

    private static boolean lists(ProviderDescription provider, String profile, ProviderDirectory directory) {
        Optional<String> className = provider.className();
        if (!provider.isUsable() || className.isEmpty()) {
            return false;
        }
        OfflineStateProvider instance = directory.provider(className.get());
        return instance.profiles().contains(profile);
    }

    /**
     * A provider for people.
     *
     * @param provider one that was found
     * @param style their terminal
     * @return two lines or three
     */
    static String text(ProviderDescription provider, Style style) {
        String name = provider.name().or(provider::className).orElse("(unknown)");
        String version = provider.version().map(text -> " " + text).orElse("");
        String standing;
        if (provider.failure().isPresent()) {
            standing = style.bad("broken");
        } else if (!provider.isUsable()) {
            standing = style.warning("not available");
        } else {
            standing = style.good(provider.byNameOnly() ? "usable, by its name only" : "usable");
        }
        StringBuilder text =
                new StringBuilder(Text.line(name + version)).append(": ").append(standing);
        if (provider.failure().isEmpty()) {
            text.append(", priority ").append(provider.priority());
        }
        provider.availability().reason().ifPresent(why -> text.append("\n  ").append(Text.line(why)));
        return text.append("\n  from ")
                .append(Text.line(provider.location()))
                .append('\n')
                .toString();
    }

    /**
     * Providers for programs.
     *
     * @param providers what was found
     * @return an object each
     */
    static List<Map<String, Object>> json(List<ProviderDescription> providers) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (ProviderDescription provider : providers) {
            Map<String, Object> entry = new LinkedHashMap<>();
            provider.name().ifPresent(name -> entry.put("name", name));
            provider.className().ifPresent(name -> entry.put("class", name));
            provider.version().ifPresent(version -> entry.put("version", version));
            entry.put("location", provider.location());
            entry.put("priority", provider.priority());
            entry.put("byNameOnly", provider.byNameOnly());
            entry.put("available", provider.isUsable());
            provider.availability().reason().ifPresent(reason -> entry.put("reason", reason));
            entry.put("broken", provider.failure().isPresent());
            list.add(entry);
        }
        return list;
    }
}
