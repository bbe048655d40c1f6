package io.github.offlinestate.tck.model;

/**
 * What the kit ran on.
 *
 * @param operatingSystem name, version and architecture
 * @param cores how many processors the JVM was given
 * @param java name and version of the virtual machine
 */
public record Machine(String operatingSystem, int cores, String java) {
    /**
     * The machine of this JVM.
     *
     * @return what the system properties say
     */
    public static Machine here() {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }
}
