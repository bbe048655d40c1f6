package io.github.offlinestate.cli;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;

/** Other people's providers: jars, and folders of jars. */
final class ProviderPath {
    private ProviderPath() {}

    /**
     * One class loader for all paths, so that a provider may come in several jars.
     *
     * @param paths jars and folders
     * @return lives as long as the process
     */
    static ClassLoader loader(List<String> paths) {
        List<URL> jars = new ArrayList<>();
        for (String path : paths) {
            File file = new File(path);
            if (file.isDirectory()) {
                for (File jar : jarsOf(file)) {
                    jars.add(checkedUrl(jar));
                }
            } else {
                jars.add(checkedUrl(file));
            }
        }
        return new URLClassLoader("provider-path", jars.toArray(new URL[0]), ProviderPath.class.getClassLoader());
    }

    private static File[] jarsOf(File folder) {
        File[] jars = folder.listFiles(
                file -> file.isFile() && file.getName().toLowerCase(Locale.ROOT).endsWith(".jar"));
        if (jars == null) {
            throw failed(folder, "the folder cannot be read");
        }
        if (jars.length == 0) {
            throw failed(folder, "there is no .jar in this folder");
        }
        Arrays.sort(jars);
        return jars;
    }

    /** A class loader passes over what is not there or no jar; a typing error would look like a missing provider. */
    private static URL checkedUrl(File jar) {
        if (!jar.exists()) {
            throw failed(jar, "there is no such file or folder");
        }
        try (JarFile opened = new JarFile(jar)) {
            return new File(opened.getName()).toURI().toURL();
        } catch (IOException e) {
            throw failed(jar, "this is not a jar (" + e.getMessage() + ")");
        }
    }

    private static CommandException failed(File file, String why) {
        return CommandException.failed("--provider-path " + file + ": " + why);
    }
}
