package io.github.offlinestate.windows.com;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The C library that stands in for Outlook (src/test/native), driven through its second set of exports. Built by the C
 * compiler for this JVM's pointer size, unless the system property {@code standin.library} names one that is built.
 */
public final class StandIn {
    /** What it does beside or against the reference; the bits of standin.h. */
    public enum Mode {
        NO_START,
        NO_STATECHANGE,
        NO_DONE,
        REVERSED,
        TWICE,
        BIG,
        SMALL,
        EXTRA_STATE_BITS,
        BAD_STATE,
        NULL_OBJECT,
        OUTSIDE,
        NOTIFY_IN_ADVISE,
        NOTIFY_AFTER_UNADVISE,
        RELEASE_TOO_OFTEN,
        NEVER_RELEASE,
        THREAD_EACH,
        UNCHECKED
    }

    /** What it counts; the order of standin.h. */
    public enum Count {
        MANAGERS,
        OFFLINES,
        CALLBACK_REFERENCES,
        REGISTRATIONS,
        NOTIFIED,
        VIOLATIONS,
        THREADS,
        OPENED
    }

    private static final Path SOURCES = Path.of("src", "test", "native").toAbsolutePath();
    private static final StandIn INSTANCE = new StandIn(build("standin", List.of()));

    private final Path path;
    private final NativeLibrary library;

    private StandIn(Path path) {
        this.path = path;
        this.library = NativeLibrary.getInstance(path.toString());
    }

    /** The one of this JVM, as after loading. */
    public static StandIn fresh() {
        INSTANCE.function("standin_reset").invokeVoid(new Object[0]);
        return INSTANCE;
    }

    /** The one of this JVM, as it is. */
    public static StandIn shared() {
        return INSTANCE;
    }

    /** How many callback objects Java keeps because COM has not released them. */
    public static int heldCallbacks() {
        return NotifyObject.held();
    }

    /** For what is printed. */
    public static String bitness() {
        return Abi.POINTER_SIZE * 8 + "-bit";
    }

    /** The same source, compiled with options; the path of the library. */
    static Path build(String name, List<String> options) {
        String built = System.getProperty(name + ".library");
        if (built != null) {
            return Path.of(built).toAbsolutePath();
        }
        if (Platform.isWindows()) {
            throw new IllegalStateException("on Windows the stand-in is built beforehand: -D" + name + ".library=PATH");
        }
        try {
            Path folder = Files.createDirectories(Path.of("target", "native", Native.POINTER_SIZE * 8 + "-bit"));
            Path out = folder.resolve(name + ".so").toAbsolutePath();
            List<String> command = new ArrayList<>(List.of(
                    "gcc", "-m" + Native.POINTER_SIZE * 8, "-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror"));
            command.addAll(List.of("-shared", "-fPIC", "-pthread", "-fvisibility=hidden"));
            command.addAll(options);
            command.addAll(List.of(SOURCES.resolve("standin.c").toString(), "-o", out.toString()));
            run(command);
            return out;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + "\n" + output);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupt);
        }
    }

    public OfflineLibrary load() {
        return OfflineLibrary.load(path);
    }

    public StandIn mode(Mode... modes) {
        int bits = 0;
        for (Mode mode : modes) {
            bits |= 1 << mode.ordinal();
        }
        function("standin_mode").invokeVoid(new Object[] {bits});
        return this;
    }

    public StandIn profile(String name, Capabilities capabilities, ConnectionState state) {
        call("standin_profile", name, capabilities.bits(), state.code());
        return this;
    }

    public void remove(String name) {
        call("standin_remove", name);
    }

    public void transition(String name, ConnectionState state) {
        call("standin_transition", name, state.code());
    }

    public void start(String name, ConnectionState state) {
        call("standin_start", name, state.code());
    }

    public void cancel(String name) {
        call("standin_cancel", name);
    }

    public void setUnnotified(String name, ConnectionState state) {
        call("standin_state_unnotified", name, state.code());
    }

    public ConnectionState state(String name) {
        return ConnectionState.ofCode(call("standin_state", name)).orElseThrow();
    }

    public void foreign(String name, int type, int mask, int before, int after) {
        call("standin_foreign", name, type, mask, before, after);
    }

    public void failNext(String name, int hresult, boolean afterStart) {
        call("standin_fail_next", name, hresult, afterStart ? 1 : 0);
    }

    public void failNextAfterStartWhenTold(String name) {
        call("standin_fail_next", name, 0, 2);
    }

    public void hold(String name, boolean held) {
        call("standin_hold", name, held ? 1 : 0);
    }

    public void away(String name, boolean away) {
        call("standin_away", name, away ? 1 : 0);
    }

    public int openObjects(String name) {
        return call("standin_open_objects", name);
    }

    public void storm(String name, int threads) {
        call("standin_storm", name, threads);
    }

    public void drain() {
        function("standin_drain").invokeVoid(new Object[0]);
    }

    public void drain(String name) {
        call("standin_drain_profile", name);
    }

    public void record(boolean on) {
        function("standin_record").invokeVoid(new Object[] {on ? 1 : 0});
    }

    public String trace() {
        return text("standin_trace");
    }

    public String violations() {
        return text("standin_violations");
    }

    public long count(Count what) {
        return function("standin_count").invokeLong(new Object[] {what.ordinal()});
    }

    private String text(String function) {
        try (Memory buffer = new Memory(1 << 20)) {
            function(function).invoke(new Object[] {buffer, nativeSize(buffer.size())});
            return buffer.getString(0, "US-ASCII");
        }
    }

    /** A size_t. */
    private static Object nativeSize(long size) {
        return Native.POINTER_SIZE == 4 ? (Object) (int) size : (Object) size;
    }

    private int call(String function, String profile, Object... more) {
        try (Memory name = Abi.wide(profile)) {
            Object[] arguments = new Object[more.length + 1];
            arguments[0] = name;
            System.arraycopy(more, 0, arguments, 1, more.length);
            return function(function).invokeInt(arguments);
        }
    }

    private Function function(String name) {
        return library.getFunction(name);
    }
}
