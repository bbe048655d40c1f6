package io.github.offlinestate.windows;

import io.github.offlinestate.windows.find.Machine;
import io.github.offlinestate.windows.find.ProfileNames;
import io.github.offlinestate.windows.find.ThisMachine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why {@link OutlookProvider} can or cannot work here, with what the answer rests on: for {@code offline-state doctor}
 * and for reports. Making one loads no native library; outside Outlook's process it asks the registry through
 * {@code reg.exe}.
 *
 * <p>Nothing private is in it unless asked for: names of profiles are counted, and the user's folder is written as the
 * variable that stands for it.
 *
 * @param status the one answer
 * @param explanation what is missing and what to do, in words
 * @param findings what was looked at and what was there, in the order of the looking; text for a person
 */
public record OutlookDiagnosis(Status status, String explanation, Map<String, String> findings) {
    /** Whether the provider can work; exactly one holds. */
    public enum Status {
        /** Another operating system. */
        NOT_WINDOWS,
        /** No classic Outlook is installed; new Outlook and the Store's variants do not count. */
        NO_CLASSIC_OUTLOOK,
        /** Outlook is built for another kind of process than this JVM. */
        OTHER_BITNESS,
        /** Outlook is installed, but this JVM is not inside its process. */
        NOT_INSIDE_OUTLOOK,
        /** The provider can work. */
        AVAILABLE
    }

    /** Keeps the order of the findings. */
    public OutlookDiagnosis {
        findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
    }

    /**
     * Looks at this machine and this process.
     *
     * @param withPrivate whether names of profiles and the user's folder may be told
     * @return what was found
     */
    public static OutlookDiagnosis run(boolean withPrivate) {
        return of(new ThisMachine(), withPrivate);
    }

    static OutlookDiagnosis of(Machine machine, boolean withPrivate) {
        Verdict verdict = Verdict.on(machine);
        Map<String, String> findings = new LinkedHashMap<>();
        findings.put("system", machine.system().trim());
        findings.put("JVM", machine.arch());
        findings.put("program of this process", machine.program().orElse("the system does not tell"));
        findings.putAll(verdict.findings());
        if (machine.isWindows() && verdict.status() != Status.AVAILABLE) {
            List<String> profiles = ProfileNames.of(machine.registry());
            findings.put(
                    "Outlook profiles",
                    withPrivate
                            ? String.join(", ", profiles)
                            : profiles.size() + " (names are told only when asked for)");
        }
        return new OutlookDiagnosis(
                verdict.status(), verdict.explanation(), withPrivate ? findings : withoutUser(findings, machine));
    }

    /** Windows takes paths in either case and with either slash, so they are written in all of them. */
    private static Map<String, String> withoutUser(Map<String, String> findings, Machine machine) {
        Map<Pattern, String> replacements = new LinkedHashMap<>();
        for (String variable : List.of("LOCALAPPDATA", "APPDATA", "USERPROFILE", "HOME")) {
            machine.environment(variable)
                    .filter(folder -> folder.length() > 3)
                    .ifPresent(folder -> replacements.put(part("", folder), "%" + variable + "%"));
        }
        machine.environment("USERNAME")
                .filter(name -> name.length() > 1)
                .ifPresent(name -> replacements.put(part("(?<=[\\\\/])", name), "%USERNAME%"));
        Map<String, String> shown = new LinkedHashMap<>();
        findings.forEach((what, there) -> shown.put(replaced(what, replacements), replaced(there, replacements)));
        return shown;
    }

    private static Pattern part(String before, String text) {
        return Pattern.compile(
                before + Pattern.quote(text) + "(?![^\\\\/\"])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String replaced(String text, Map<Pattern, String> replacements) {
        String shown = text;
        for (Map.Entry<Pattern, String> replacement : replacements.entrySet()) {
            shown = replacement.getKey().matcher(shown).replaceAll(Matcher.quoteReplacement(replacement.getValue()));
        }
        return shown;
    }
}
