package io.github.offlinestate.cli;

import io.github.offlinestate.ProviderDescription;
import io.github.offlinestate.windows.OutlookDiagnosis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code doctor}: what a report of a problem needs. */
final class DoctorCommand extends Command {
    private final Argument<Boolean> withPrivate =
            flag("--private", "Tell the names of profiles and of the user's folder too.");

    DoctorCommand() {
        super(
                "Tell what a report of a problem needs: versions, system, what was found of Outlook, the providers.",
                "Nothing private is in it unless asked for. With --provider, that provider only.");
    }

    @Override
    int run() {
        OutlookDiagnosis outlook = OutlookDiagnosis.run(withPrivate.isGiven());
        Map<String, String> machine = machine();
        List<ProviderDescription> providers = providers();
        if (isJson()) {
            Map<String, Object> diagnosis = new LinkedHashMap<>();
            diagnosis.put("status", outlook.status());
            diagnosis.put("explanation", outlook.explanation());
            diagnosis.put("findings", outlook.findings());
            results()
                    .line(publicly(Json.object()
                            .member("machine", machine)
                            .member("outlook", diagnosis)
                            .member("providers", ProvidersCommand.json(providers))
                            .end()));
            return ExitCode.DONE;
        }
        Style style = Style.ofTerminal();
        StringBuilder text = new StringBuilder();
        machine.forEach((what, there) -> append(text, what, there));
        text.append("\nOutlook: ").append(outlook.status()).append("\n  ").append(Text.line(outlook.explanation()));
        text.append('\n');
        outlook.findings().forEach((what, there) -> append(text, "  " + what, there));
        text.append("\nProviders\n");
        for (ProviderDescription provider : providers) {
            text.append(ProvidersCommand.text(provider, style));
        }
        results().print(publicly(text.toString()));
        return ExitCode.DONE;
    }

    private List<ProviderDescription> providers() {
        Selection selection = selection();
        List<ProviderDescription> providers = new ArrayList<>();
        for (ProviderDescription provider : selection.directory().providers()) {
            if (ProvidersCommand.isCalled(provider, selection.provider())) {
                providers.add(provider);
            }
        }
        return providers;
    }

    private static Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("offline-state", Main.version());
        machine.put("Java", property("java.runtime.version") + ", " + property("java.vendor"));
        machine.put("JVM", property("java.vm.name") + ", " + property("sun.arch.data.model") + " bit");
        machine.put("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        return machine;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static void append(StringBuilder text, String what, String there) {
        text.append(Text.padded(Text.line(what), 24))
                .append("  ")
                .append(Text.line(there))
                .append('\n');
    }

    /** Places of jars tell the user's name where they are in the user's folder. */
    private String publicly(String text) {
        return withPrivate.isGiven() ? text : HomeFolder.hiddenIn(text, System.getProperty("user.home", ""));
    }
}
