package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineStateProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A class loader with any number of providers in it: copies of one class under other names. */
final class ManyProviders extends ClassLoader {
    private static final String TEMPLATE = Provider00.class.getName();
    private static final String STEM = TEMPLATE.substring(0, TEMPLATE.length() - 2);

    private final String declared;

    ManyProviders(int count) {
        super(ManyProviders.class.getClassLoader());
        declared = IntStream.rangeClosed(1, count)
                .mapToObj(i -> STEM + String.format("%02d", i) + "\n")
                .collect(Collectors.joining());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.startsWith(STEM)) {
            throw new ClassNotFoundException(name);
        }
        String number = name.substring(STEM.length());
        try (InputStream in = Objects.requireNonNull(
                getParent().getResourceAsStream(TEMPLATE.replace('.', '/') + ".class"), TEMPLATE)) {
            String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            byte[] renamed = bytes.replace("Provider00", "Provider" + number).getBytes(StandardCharsets.ISO_8859_1);
            return defineClass(name, renamed, 0, renamed.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (!name.equals("META-INF/services/" + OfflineStateProvider.class.getName())) {
            return super.getResources(name);
        }
        return Collections.enumeration(List.of(new URL(null, "memory:services", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public InputStream getInputStream() {
                        return new ByteArrayInputStream(declared.getBytes(StandardCharsets.UTF_8));
                    }
                };
            }
        })));
    }
}
