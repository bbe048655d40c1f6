package io.github.offlinestate.windows.find;

import java.util.Locale;
import java.util.Optional;

/** What a process or a library is built for. */
public enum Bitness {
    X86("32-bit"),
    X64("64-bit"),
    ARM64("64-bit ARM");

    private final String words;

    Bitness(String words) {
        this.words = words;
    }

    /**
     * From the system property {@code os.arch}.
     *
     * @param arch as the JVM says it
     * @return what it is; empty where Outlook runs on no such thing
     */
    public static Optional<Bitness> ofArch(String arch) {
        return switch (arch.toLowerCase(Locale.ROOT)) {
            case "x86", "i386", "i486", "i586", "i686" -> Optional.of(X86);
            case "amd64", "x86_64" -> Optional.of(X64);
            case "aarch64", "arm64" -> Optional.of(ARM64);
            default -> Optional.empty();
        };
    }

    /**
     * From what Office writes into the registry.
     *
     * @param text as {@code x86} or {@code x64}
     * @return what it is; empty where it is none of the known
     */
    public static Optional<Bitness> ofOffice(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "x86" -> Optional.of(X86);
            case "x64" -> Optional.of(X64);
            case "arm64" -> Optional.of(ARM64);
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
