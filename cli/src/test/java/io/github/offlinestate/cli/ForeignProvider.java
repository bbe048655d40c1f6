package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A stranger's provider: compiled by the test, packed into a jar, known to nobody else. */
final class ForeignProvider {
    /** Built on the engine; each profile is online and can be set. */
    private static final String ENGINE_BASED = """
            package stranger;

            import io.github.offlinestate.Capabilities;
            import io.github.offlinestate.ConnectionState;
            import io.github.offlinestate.spi.Backend;
            import io.github.offlinestate.spi.BackendProvider;
            import io.github.offlinestate.spi.BackendSink;
            import java.util.List;
            import java.util.concurrent.CompletableFuture;
            import java.util.concurrent.CompletionStage;

            public final class ForeignProvider extends BackendProvider {
                public ForeignProvider() { super("foreign"); }

                @Override public List<String> profiles() { return List.of(PROFILES); }

                @Override public Backend openBackend(String profile, BackendSink sink) {
                    return new Backend() {
                        private volatile ConnectionState state = ConnectionState.ONLINE;
                        @Override public Capabilities capabilities() { return Capabilities.BOTH; }
                        @Override public ConnectionState currentState() { return state; }
                        @Override public CompletionStage<Void> beginChange(ConnectionState target) {
                            state = target;
                            sink.changed(target);
                            return CompletableFuture.completedFuture(null);
                        }
                        @Override public void close() {}
                    };
                }
            }
            """;

    /**
     * Says on standard error that it was advised; hangs in Unadvise and in closing, as one does that waits for a callback
     * which does not return.
     */
    private static final String HANGING = """
            package stranger;

            import io.github.offlinestate.AdviseInfo;
            import io.github.offlinestate.AdviseToken;
            import io.github.offlinestate.Capabilities;
            import io.github.offlinestate.ConnectionState;
            import io.github.offlinestate.OfflineManager;
            import io.github.offlinestate.OfflineStateProvider;
            import io.github.offlinestate.SetFlag;
            import java.util.List;
            import java.util.concurrent.CountDownLatch;

            public final class HangingProvider implements OfflineStateProvider {
                @Override public String name() { return "hanging"; }

                @Override public List<String> profiles() { return List.of("P"); }

                @Override public OfflineManager open(String profile) {
                    return new OfflineManager() {
                        @Override public AdviseToken advise(AdviseInfo info) {
                            System.err.println("advised");
                            return new AdviseToken(1);
                        }
                        @Override public void unadvise(AdviseToken token) { close(); }
                        @Override public Capabilities capabilities() { return Capabilities.BOTH; }
                        @Override public ConnectionState currentState() { return ConnectionState.ONLINE; }
                        @Override public void setCurrentState(ConnectionState state, SetFlag flag) {}
                        @Override public boolean canSet() { return true; }
                        @Override public void close() {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }
                    };
                }
            }
            """;

    /** Does something at its every opening that nobody asked for, and opens nothing. */
    private static final String UNASKED = """
            package stranger;

            import io.github.offlinestate.OfflineManager;
            import io.github.offlinestate.OfflineStateProvider;
            import java.util.List;

            public final class CLASS implements OfflineStateProvider {
                @Override public String name() { return "NAME"; }

                @Override public List<String> profiles() { return List.of("P"); }

                @Override public OfflineManager open(String profile) {
                    DO;
                    throw new IllegalStateException("opens nothing");
                }
            }
            """;

    /** Cannot even be found, for it is not made to the end. */
    private static final String UNFINISHED = """
            package stranger;

            import io.github.offlinestate.OfflineManager;
            import io.github.offlinestate.OfflineStateProvider;
            import java.util.List;
            import java.util.concurrent.locks.LockSupport;

            public final class UnfinishedProvider implements OfflineStateProvider {
                public UnfinishedProvider() {
                    while (true) {
                        DO;
                    }
                }

                @Override public String name() { return "unfinished"; }

                @Override public List<String> profiles() { return List.of("P"); }

                @Override public OfflineManager open(String profile) { throw new IllegalStateException(); }
            }
            """;

    private ForeignProvider() {}

    /**
     * A jar with the provider {@code foreign}.
     *
     * @param folder where to put it
     * @param profiles Java expressions of its profiles' names
     */
    static Path foreign(Path folder, String profiles) throws IOException {
        return jar(folder, "ForeignProvider", ENGINE_BASED.replace("PROFILES", profiles));
    }

    /**
     * A jar with the provider {@code hanging}, whose profile is {@code P}.
     *
     * @param folder where to put it
     */
    static Path hanging(Path folder) throws IOException {
        return jar(folder, "HangingProvider", HANGING);
    }

    /**
     * A jar with the provider {@code ending}, which ends the JVM.
     *
     * @param folder where to put it
     */
    static Path ending(Path folder) throws IOException {
        return unasked(folder, "EndingProvider", "ending", "System.exit(0)");
    }

    /**
     * A jar with the provider {@code printing}, which prints.
     *
     * @param folder where to put it
     */
    static Path printing(Path folder) throws IOException {
        return unasked(folder, "PrintingProvider", "printing", "System.out.println(\"printed by the provider\")");
    }

    /**
     * A jar with the provider {@code unfinished}, whose constructor does not return.
     *
     * @param folder where to put it
     * @param what what it does, again and again
     */
    static Path unfinished(Path folder, String what) throws IOException {
        return jar(folder, "UnfinishedProvider", UNFINISHED.replace("DO", what));
    }

    private static Path unasked(Path folder, String className, String name, String what) throws IOException {
        return jar(
                folder,
                className,
                UNASKED.replace("CLASS", className).replace("NAME", name).replace("DO", what));
    }

    private static Path jar(Path folder, String className, String source) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path file = Files.writeString(sources.resolve(className + ".java"), source);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-encoding",
                        "UTF-8",
                        "-cp",
                        Jar.FILE.toString(),
                        "-d",
                        classes.toString(),
                        file.toString());
        assertThat(compiled).isZero();
        return pack(classes, "stranger." + className, folder.resolve(className + ".jar"));
    }

    /**
     * A jar that names a provider, whether that is in it or not.
     *
     * @param classes what else is in it
     * @param className the provider's class
     * @param jar where to put it
     */
    static Path pack(Path classes, String className, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            packed.putNextEntry(new JarEntry("META-INF/services/io.github.offlinestate.OfflineStateProvider"));
            packed.write(className.getBytes(StandardCharsets.UTF_8));
            packed.closeEntry();
            for (Path file : files) {
                packed.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                packed.write(Files.readAllBytes(file));
                packed.closeEntry();
            }
        }
        return jar;
    }
}
