package io.github.offlinestate.windows.find;

import java.util.List;
import java.util.Optional;

/** The Windows registry, to read. What cannot be read is not there. */
public interface Registry {
    /** Which half of a 64-bit registry. */
    enum View {
        BITS32,
        BITS64;

        /**
         * The view that a process sees by itself.
         *
         * @param bitness the process's
         * @return its view
         */
        static View of(Bitness bitness) {
            return bitness == Bitness.X86 ? BITS32 : BITS64;
        }
    }

    /**
     * A text value.
     *
     * @param key as {@code HKLM\Software\Clients\Mail}
     * @param name the value's name; empty for the default value
     * @param view which half
     * @return the text as stored, variables not expanded; empty where there is none
     */
    Optional<String> value(String key, String name, View view);

    /**
     * The names of a key's subkeys.
     *
     * @param key as {@code HKCU\Software\Microsoft\Office}
     * @param view which half
     * @return the names; empty where there is no such key
     */
    List<String> subkeys(String key, View view);
}
