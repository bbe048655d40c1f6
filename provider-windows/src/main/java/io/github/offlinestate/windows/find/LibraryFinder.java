package io.github.offlinestate.windows.find;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.windows.find.Registry.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds Outlook's MAPI library in the order that the MAPI stub library does: what the process has loaded already, what
 * the registry names, what the component is, what the qualified component lies beside. Every answer has to be an
 * absolute path of a file with this process's bitness; else the next one is asked.
 */
public final class LibraryFinder {
    static final String LIBRARY = "olmapi32.dll";
    static final List<String> STUBS = List.of("mapistub.dll", "mapi32.dll");

    private static final String OUTLOOK_COMPONENT = "{FF1D0740-D227-11D1-A4B0-006008AF820E}";
    /** The Office core categories: 2016 and later, 2013, 2010. */
    private static final List<String> OFFICE_CATEGORIES = List.of(
            "{5812C571-53F0-4467-BEFA-0A4F47A9437C}",
            "{E83B4360-C208-4325-9504-0D23003A74A5}",
            "{1E77DE88-BCAB-4C37-B9E5-073AF52DFD7A}");

    private final Machine machine;
    private final Registry registry;
    private final Modules modules;
    private final Bitness bitness;
    private final List<String> refused = new ArrayList<>();

    private LibraryFinder(Machine machine, Registry registry, Modules modules, Bitness bitness) {
        this.machine = machine;
        this.registry = registry;
        this.modules = modules;
        this.bitness = bitness;
    }

    /**
     * Finds it.
     *
     * @param machine the machine
     * @param registry the registry as this process reads it
     * @param modules Windows' own libraries
     * @return the library's absolute path
     * @throws OfflineStateException MAPI_E_CALL_FAILED, with all that was tried, where there is none
     */
    public static String find(Machine machine, Registry registry, Modules modules) {
        Bitness bitness = Bitness.ofArch(machine.arch())
                .orElseThrow(() -> new OfflineStateException(
                        HResult.MAPI_E_CALL_FAILED, "there is no Outlook for a JVM of kind " + machine.arch()));
        return new LibraryFinder(machine, registry, modules, bitness).find();
    }

    private String find() {
        Optional<String> loaded = modules.loaded(LIBRARY);
        return loaded.or(() -> named("DLLPathEx").flatMap(path -> usable(path, "DLLPathEx")))
                .or(this::byComponent)
                .or(this::byQualifiedComponent)
                .orElseThrow(() -> new OfflineStateException(
                        HResult.MAPI_E_CALL_FAILED,
                        "no MAPI library of a " + bitness + " classic Outlook was found: " + LIBRARY
                                + " is not loaded in this process, and neither the registry nor the installer names one"
                                + (refused.isEmpty() ? "" : "; not usable: " + String.join("; ", refused))));
    }

    private Optional<String> byComponent() {
        String component = named("MSIComponentID").orElse(OUTLOOK_COMPONENT);
        List<String> languages = new ArrayList<>();
        named("MSIApplicationLCID").ifPresent(languages::add);
        named("MSIOfficeLCID").ifPresent(languages::add);
        languages.add("");
        if (!WindowsPaths.isAbsolute(modules.systemDirectory())) {
            refused.add("the system directory, which Windows did not tell");
            return Optional.empty();
        }
        for (String stub : STUBS) {
            String path = modules.systemDirectory() + "\\" + stub;
            for (String language : languages) {
                Optional<String> library =
                        modules.componentPath(path, component, language).flatMap(p -> usable(p, stub));
                if (library.isPresent()) {
                    return library;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> byQualifiedComponent() {
        List<String> qualifiers =
                bitness == Bitness.X86 ? List.of("outlook.exe") : List.of("outlook.x64.exe", "outlook.exe");
        for (String category : OFFICE_CATEGORIES) {
            for (String qualifier : qualifiers) {
                Optional<String> library = modules.qualifiedComponent(category, qualifier)
                        .filter(WindowsPaths::isAbsolute)
                        .flatMap(p -> usable(WindowsPaths.beside(p, LIBRARY), qualifier));
                if (library.isPresent()) {
                    return library;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> named(String value) {
        return registry.value(Installation.MAIL_CLIENT, value, View.of(bitness)).filter(text -> !text.isBlank());
    }

    private Optional<String> usable(String raw, String source) {
        String path = WindowsPaths.expand(WindowsPaths.unquoted(raw), machine::environment);
        if (!WindowsPaths.isAbsolute(path)) {
            refused.add(path + " (from " + source + ") is not an absolute path");
            return Optional.empty();
        }
        Optional<PortableExecutable> file = machine.executable(path);
        if (file.isEmpty()) {
            refused.add(path + " (from " + source + ") is not there or cannot be read");
            return Optional.empty();
        }
        Optional<Bitness> built = file.get().bitness();
        if (built.isPresent() && built.get() != bitness) {
            refused.add(path + " (from " + source + ") is " + built.get() + ", and this JVM is " + bitness);
            return Optional.empty();
        }
        return Optional.of(path);
    }
}
