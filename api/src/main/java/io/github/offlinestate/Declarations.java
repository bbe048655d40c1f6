package io.github.offlinestate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/**
 * What jars and folders say of the providers in them, read a second time beside {@link java.util.ServiceLoader}: only to
 * say which one was not found, where it should have come from, and why.
 */
final class Declarations {
    static final String SERVICES_FILE = "META-INF/services/" + OfflineStateProvider.class.getName();

    private static final String MODULE_FILE = "module-info.class";
    private static final int MAX_FILE_BYTES = 1 << 20;

    private Declarations() {}

    /** A class that is said to be a provider. */
    record Declared(String className, URL file, ClassLoader loader, boolean byModuleInfo) {
        String where() {
            return file.toString();
        }

        /** Why ServiceLoader did not give it though it did not complain; empty where that is right so. */
        Optional<Throwable> whyNotFound() {
            Class<?> type;
            try {
                type = Class.forName(className, false, loader);
            } catch (Throwable e) {
                Failures.rethrowFatal(e);
                return Optional.of(e);
            }
            if (type.getModule().isNamed()) {
                return byModuleInfo
                        ? Optional.empty() // found as the type that its provider() method declares
                        : Optional.of(
                                new ServiceConfigurationError(SERVICES_FILE + " names it, but it is in the module "
                                        + type.getModule().getName() + ", whose module-info does not say 'provides "
                                        + OfflineStateProvider.class.getName() + " with " + className + "'"));
            }
            return Optional.of(new ServiceConfigurationError(
                    byModuleInfo
                            ? "its module-info provides it, but it is on the class path, where no " + SERVICES_FILE
                                    + " names it: was it lost when jars were put together?"
                            : "it is named, but ServiceLoader did not give it"));
        }
    }

    static List<Declared> of(List<ClassLoader> loaders) {
        List<Declared> declared = new ArrayList<>();
        for (ClassLoader loader : loaders) {
            for (URL file : files(loader, SERVICES_FILE)) {
                for (String name : servicesIn(file)) {
                    declared.add(new Declared(name, file, loader, false));
                }
            }
        }
        for (ClassLoader loader : loaders) {
            for (URL file : files(loader, MODULE_FILE)) {
                for (String name : providedBy(file)) {
                    declared.add(new Declared(name, file, loader, true));
                }
            }
        }
        return declared;
    }

    /** Where the API is, if a provider's engine has been put into the same jar: the sign of a jar made of jars. */
    static Optional<String> repackagedJar(ClassLoader loader) {
        String api = OfflineStateProvider.class.getName().replace('.', '/') + ".class";
        String folder = api.substring(0, api.lastIndexOf('/'));
        URL here = loader.getResource(api);
        URL engine = loader.getResource(folder + "/spi/BackendProvider.class");
        if (OfflineStateProvider.class.getModule().isNamed() || here == null || engine == null) {
            return Optional.empty();
        }
        String root = here.toString().substring(0, here.toString().length() - api.length());
        return engine.toString().startsWith(root) ? Optional.of(root) : Optional.empty();
    }

    private static List<URL> files(ClassLoader loader, String name) {
        List<URL> files = new ArrayList<>();
        try {
            loader.getResources(name).asIterator().forEachRemaining(files::add);
        } catch (IOException | RuntimeException e) {
            return files; // ServiceLoader met the same and was heard; without the files there is less to explain
        }
        return files;
    }

    private static List<String> servicesIn(URL file) {
        return new String(read(file), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static List<String> providedBy(URL file) {
        if (file.getProtocol().equals("jrt")) {
            return List.of(); // resolved modules of the runtime image: ServiceLoader knows them
        }
        try (InputStream in = open(file)) {
            return ModuleDescriptor.read(in).provides().stream()
                    .filter(provides -> provides.service().equals(OfflineStateProvider.class.getName()))
                    .flatMap(provides -> provides.providers().stream())
                    .toList();
        } catch (IOException | InvalidModuleDescriptorException | UncheckedIOException e) {
            return List.of(); // of a newer Java perhaps
        }
    }

    private static byte[] read(URL file) {
        try (InputStream in = open(file)) {
            return in.readNBytes(MAX_FILE_BYTES);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static InputStream open(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false); // a cached jar would stay open after its class loader was closed
        return connection.getInputStream();
    }
}
