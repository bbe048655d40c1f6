package io.github.offlinestate.windows.find;

import io.github.offlinestate.windows.find.Registry.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of Outlook's profiles, as the registry has them for the user who runs this. */
public final class ProfileNames {
    private static final String OFFICE = "HKCU\\Software\\Microsoft\\Office\\";
    /** Outlook 2010 kept them with Windows. */
    private static final String MESSAGING =
            "HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem";

    private ProfileNames() {}

    /**
     * Lists them.
     *
     * @param registry the registry
     * @return the names, the default first; empty where there are none
     */
    public static List<String> of(Registry registry) {
        for (String version : List.of("16.0", "15.0")) {
            String outlook = OFFICE + version + "\\Outlook";
            List<String> names = listed(registry, outlook + "\\Profiles", outlook);
            if (!names.isEmpty()) {
                return names;
            }
        }
        return listed(registry, MESSAGING + "\\Profiles", MESSAGING + "\\Profiles");
    }

    private static List<String> listed(Registry registry, String profiles, String holderOfDefault) {
        // The user's part of the registry is one for both kinds of process.
        List<String> names = registry.subkeys(profiles, View.BITS64);
        Set<String> ordered = new LinkedHashSet<>();
        registry.value(holderOfDefault, "DefaultProfile", View.BITS64)
                .filter(names::contains)
                .ifPresent(ordered::add);
        ordered.addAll(names);
        return new ArrayList<>(ordered);
    }
}
