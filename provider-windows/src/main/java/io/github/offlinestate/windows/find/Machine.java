package io.github.offlinestate.windows.find;

import java.util.Optional;

/** What can be learnt of this machine and process without loading anything native, outside Outlook at least. */
public interface Machine {
    /**
     * The system property {@code os.name}, with the version.
     *
     * @return as {@code Windows 11 10.0}
     */
    String system();

    /**
     * The system property {@code os.arch}.
     *
     * @return as {@code amd64}
     */
    String arch();

    /**
     * The program that this process runs.
     *
     * @return its path; empty where the system does not tell
     */
    Optional<String> program();

    /**
     * An environment variable.
     *
     * @param name its name
     * @return its value
     */
    Optional<String> environment(String name);

    /**
     * Whether there is such a file or folder.
     *
     * @param path an absolute path of Windows
     * @return whether it is there
     */
    boolean exists(String path);

    /**
     * What the head of a program or library says.
     *
     * @param path an absolute path of Windows
     * @return what it is; empty where it cannot be read
     */
    Optional<PortableExecutable> executable(String path);

    /**
     * The registry. Inside Outlook's process reading it may load JNA.
     *
     * @return to read
     */
    Registry registry();

    /**
     * Whether it is Windows at all.
     *
     * @return whether the system's name says so
     */
    default boolean isWindows() {
        return system().startsWith("Windows");
    }

    /**
     * Whether this process is Outlook.
     *
     * @return whether its program is outlook.exe; false where the system does not tell
     */
    default boolean isOutlook() {
        return program().map(path -> WindowsPaths.isNamed(path, "outlook.exe")).orElse(false);
    }
}
