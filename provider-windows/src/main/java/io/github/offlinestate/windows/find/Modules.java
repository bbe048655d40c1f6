package io.github.offlinestate.windows.find;

import java.util.Optional;

/** What only Windows' own libraries answer; needed for opening, never for naming or finding the provider. */
public interface Modules {
    /**
     * A library that this process has loaded already (GetModuleHandle, GetModuleFileName).
     *
     * @param name as {@code olmapi32.dll}
     * @return its absolute path
     */
    Optional<String> loaded(String name);

    /**
     * FGetComponentPath of the MAPI stub library.
     *
     * @param stub the stub's absolute path
     * @param component the component's GUID, in braces
     * @param qualifier a language, or empty
     * @return the path of the library that implements it
     */
    Optional<String> componentPath(String stub, String component, String qualifier);

    /**
     * MsiProvideQualifiedComponent, which installs nothing here.
     *
     * @param category the GUID of the category, in braces
     * @param qualifier as {@code outlook.x64.exe}
     * @return the path of the component
     */
    Optional<String> qualifiedComponent(String category, String qualifier);

    /**
     * The system directory, as this process sees it.
     *
     * @return its absolute path
     */
    String systemDirectory();
}
