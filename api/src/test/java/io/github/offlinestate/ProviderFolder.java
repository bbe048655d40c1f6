package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** A folder of compiled providers, as a stranger's jar would bring them: the classes, and what names them. */
final class ProviderFolder {
    private final Path root;
    private final List<Path> sources = new ArrayList<>();

    ProviderFolder(Path parent, String name) {
        try {
            root = Files.createDirectories(parent.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A provider of that name and class, with more members; not registered yet. */
    ProviderFolder provider(String className, String name, String... members) {
        return source(className, """
                public class %s implements OfflineStateProvider {
                    @Override public String name() { return "%s"; }
                    @Override public OfflineManager open(String profile) {
                        throw new OfflineStateException(HResult.MAPI_E_NOT_FOUND, name() + " was asked for " + profile);
                    }
                    %s
                }
                """.formatted(simpleName(className), name, String.join("\n", members)));
    }

    ProviderFolder source(String className, String body) {
        int dot = className.lastIndexOf('.');
        return file(
                "src/" + className.replace('.', '/') + ".java",
                "package " + className.substring(0, dot) + ";\nimport io.github.offlinestate.*;\n" + body);
    }

    ProviderFolder moduleInfo(String text) {
        return file("src/module-info.java", text);
    }

    /** Names classes as providers, as a jar for the class path does. */
    ProviderFolder registered(String... lines) {
        return file("classes/META-INF/services/io.github.offlinestate.OfflineStateProvider", String.join("\n", lines));
    }

    ProviderFolder file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            if (path.endsWith(".java")) {
                sources.add(file);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProviderFolder compiled(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none", "-d", "" + classes()));
        arguments.addAll(
                options.length > 0 ? List.of(options) : List.of("--class-path", System.getProperty("java.class.path")));
        sources.forEach(source -> arguments.add(source.toString()));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("javac's result").isZero();
        return this;
    }

    ProviderFolder without(String className) {
        try {
            Files.delete(classes().resolve(className.replace('.', '/') + ".class"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path classes() {
        return root.resolve("classes");
    }

    URLClassLoader loader() {
        return loader(OfflineManagers.class.getClassLoader());
    }

    URLClassLoader loader(ClassLoader parent) {
        try {
            return new URLClassLoader(new URL[] {classes().toUri().toURL()}, parent);
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
