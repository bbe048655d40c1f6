package io.github.offlinestate.windows.find;

import io.github.offlinestate.windows.find.Registry.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the registry and the files say of a classic Outlook on this machine. New Outlook and the Store's variants have no
 * Offline State API and do not count.
 *
 * @param bitnesses what is installed; nothing where there is no classic Outlook, or none that can be told
 * @param newOutlook whether the new Outlook is there
 * @param findings what was found where, in the order it was looked for, for a person to read
 */
public record Installation(Set<Bitness> bitnesses, boolean newOutlook, Map<String, String> findings) {
    static final String MAIL_CLIENT = "HKLM\\Software\\Clients\\Mail\\Microsoft Outlook";
    private static final String APP_PATH = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\OUTLOOK.EXE";
    private static final String OFFICE = "HKLM\\Software\\Microsoft\\Office";
    private static final String CLICK_TO_RUN = OFFICE + "\\ClickToRun\\Configuration";
    /** Outlook 2010, 2013, and 2016 to today. */
    static final List<String> OFFICE_VERSIONS = List.of("16.0", "15.0", "14.0");

    /**
     * Looks at a machine.
     *
     * @param machine a Windows
     * @return what is there
     */
    public static Installation of(Machine machine) {
        return new Search(machine).run();
    }

    private static final class Search {
        private final Machine machine;
        private final Registry registry;
        private final Set<Bitness> bitnesses = EnumSet.noneOf(Bitness.class);
        private final Map<String, String> findings = new LinkedHashMap<>();

        Search(Machine machine) {
            this.machine = machine;
            this.registry = machine.registry();
        }

        Installation run() {
            for (View view : View.values()) {
                value(MAIL_CLIENT, "DLLPathEx", view).flatMap(this::library).ifPresent(this::besides);
                value(MAIL_CLIENT, "MSIComponentID", view);
                value(APP_PATH, "", view).flatMap(this::library).ifPresent(this::besides);
                office(view);
            }
            String system = machine.environment("SystemRoot").orElse("C:\\Windows") + "\\System32\\";
            LibraryFinder.STUBS.forEach(stub -> describe(system + stub));
            return new Installation(Set.copyOf(bitnesses), newOutlook(), new LinkedHashMap<>(findings));
        }

        /** Asks for what is there only: outside Outlook each question is a process. */
        private void office(View view) {
            List<String> there = registry.subkeys(OFFICE, view);
            List<String> versions =
                    OFFICE_VERSIONS.stream().filter(there::contains).toList();
            findings.put(where(OFFICE, "versions", view), versions.isEmpty() ? "none" : String.join(", ", versions));
            for (String version : versions) {
                value(OFFICE + "\\" + version + "\\Outlook", "Bitness", view)
                        .flatMap(Bitness::ofOffice)
                        .ifPresent(bitnesses::add);
            }
            if (there.contains("ClickToRun") && view == View.BITS64) {
                // Says what Office is, not whether Outlook is part of it.
                value(CLICK_TO_RUN, "Platform", view);
                value(CLICK_TO_RUN, "VersionToReport", view);
            }
        }

        private static String where(String key, String what, View view) {
            return key + " : " + what + (view == View.BITS32 ? " (32)" : " (64)");
        }

        private Optional<String> value(String key, String name, View view) {
            Optional<String> text = registry.value(key, name, view).filter(t -> !t.isBlank());
            findings.put(where(key, name.isEmpty() ? "(default)" : name, view), text.orElse("none"));
            return text;
        }

        /** The path of a program or library of Outlook's, if it is one and really there. */
        private Optional<String> library(String raw) {
            String path = WindowsPaths.expand(WindowsPaths.unquoted(raw), machine::environment);
            if (!WindowsPaths.isAbsolute(path)) {
                findings.put(path, "not an absolute path, so not used");
                return Optional.empty();
            }
            Optional<PortableExecutable> file = describe(path);
            file.flatMap(PortableExecutable::bitness).ifPresent(bitnesses::add);
            return file.map(there -> path);
        }

        /** The library that does the work may be another than the one that the registry names. */
        private void besides(String path) {
            describe(WindowsPaths.beside(path, LibraryFinder.LIBRARY));
        }

        private Optional<PortableExecutable> describe(String path) {
            Optional<PortableExecutable> file = machine.executable(path);
            findings.put(path, file.map(Search::described).orElse("not there, or cannot be read"));
            return file;
        }

        private static String described(PortableExecutable file) {
            List<String> parts = new ArrayList<>();
            parts.add(file.bitness().map(Bitness::toString).orElse("of an unknown kind"));
            parts.add(file.version().map(v -> "version " + v).orElse("without a version"));
            return String.join(", ", parts);
        }

        private boolean newOutlook() {
            boolean there = machine.environment("LOCALAPPDATA")
                    .map(folder -> machine.exists(folder + "\\Microsoft\\WindowsApps\\olk.exe"))
                    .orElse(false);
            findings.put("new Outlook (olk.exe)", there ? "there; it has no Offline State API" : "none");
            return there;
        }
    }
}
