package io.github.offlinestate.windows;

import io.github.offlinestate.windows.OutlookDiagnosis.Status;
import io.github.offlinestate.windows.find.Bitness;
import io.github.offlinestate.windows.find.Installation;
import io.github.offlinestate.windows.find.Machine;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the provider can work on a machine: exactly one answer, its reason in words, and what it rests on.
 *
 * @param status the answer
 * @param explanation what is missing and what to do
 * @param findings what was found where
 */
record Verdict(Status status, String explanation, Map<String, String> findings) {
    /**
     * Judges a machine. Loads nothing native.
     *
     * @param machine the machine
     * @return the verdict
     */
    static Verdict on(Machine machine) {
        if (!machine.isWindows()) {
            return new Verdict(
                    Status.NOT_WINDOWS,
                    "this is " + machine.system().trim()
                            + ", and Outlook with its Offline State API is on Windows only",
                    Map.of());
        }
        // First, and alone: in Outlook's process nothing else matters, and no other process may be started from it.
        if (machine.isOutlook()) {
            return new Verdict(Status.AVAILABLE, "this JVM runs inside Outlook's process", Map.of());
        }
        Installation found = Installation.of(machine);
        if (found.bitnesses().isEmpty()) {
            String newOutlook = found.newOutlook() ? "The new Outlook, which is here," : "The new Outlook";
            return verdict(
                    found,
                    Status.NO_CLASSIC_OUTLOOK,
                    "no classic Outlook is installed. " + newOutlook
                            + " and the Store's mail programs do not count: they"
                            + " have no Offline State API. Install the desktop's Outlook (of Microsoft 365, or 2010 and"
                            + " later)");
        }
        Optional<Bitness> own = Bitness.ofArch(machine.arch());
        if (own.isEmpty() || !found.bitnesses().contains(own.get())) {
            String ours = own.map(Bitness::toString).orElse(machine.arch());
            String theirs = named(found.bitnesses());
            return verdict(
                    found,
                    Status.OTHER_BITNESS,
                    "Outlook is " + theirs + " and this JVM is " + ours + ": one process holds one kind. Use a "
                            + theirs + " JVM");
        }
        return verdict(
                found,
                Status.NOT_INSIDE_OUTLOOK,
                "Outlook (" + own.get() + ") is installed, but this JVM is not inside Outlook's process, and only there"
                        + " does the Offline State API answer. Host the JVM in a COM add-in of Outlook's; see"
                        + " docs/windows.md");
    }

    private static Verdict verdict(Installation found, Status status, String explanation) {
        return new Verdict(status, explanation, found.findings());
    }

    private static String named(Set<Bitness> bitnesses) {
        return new TreeSet<>(bitnesses).stream().map(Bitness::toString).collect(Collectors.joining(" or "));
    }
}
