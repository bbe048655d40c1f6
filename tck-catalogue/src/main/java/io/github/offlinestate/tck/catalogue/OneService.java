package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.OfflineStateProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class loader in which one provider is a service: found by whoever looks there, and by nobody else. */
final class OneService extends ClassLoader {
    private static final String SERVICES = "META-INF/services/" + OfflineStateProvider.class.getName();

    private final List<Class<?>> own;
    private final String service;

    private OneService(List<Class<?>> own) {
        super("one-service", OneService.class.getClassLoader());
        this.own = own;
        this.service = own.get(0).getName();
    }

    /**
     * A provider's class as that loader has it.
     *
     * @param type the class, public and with a public constructor without parameters
     * @param supertypes those of its superclasses that are not to come from elsewhere
     * @return the same class once more
     */
    static Class<? extends OfflineStateProvider> of(
            Class<? extends OfflineStateProvider> type, Class<?>... supertypes) {
        List<Class<?>> own = new ArrayList<>(List.of(supertypes));
        own.add(0, type);
        try {
            return new OneService(List.copyOf(own)).loadClass(type.getName()).asSubclass(OfflineStateProvider.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(type + " is there", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            for (Class<?> type : own) {
                if (type.getName().equals(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? define(type) : loaded;
                }
            }
        }
        return super.loadClass(name, resolve);
    }

    private Class<?> define(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(type + " has no class file");
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(type.getName(), bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return name.equals(SERVICES) ? serviceFile() : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(SERVICES) ? Collections.enumeration(List.of(serviceFile())) : super.getResources(name);
    }

    private URL serviceFile() {
        byte[] bytes = service.getBytes(StandardCharsets.UTF_8);
        try {
            return new URL("one-service", "", -1, "/" + SERVICES, new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(bytes);
                        }
                    };
                }
            });
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
