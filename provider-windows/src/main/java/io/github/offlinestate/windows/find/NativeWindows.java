package io.github.offlinestate.windows.find;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Windows' own libraries through JNA: for a JVM that is going to use Outlook anyway. Inside Outlook's process this reads
 * the registry too, since a hardened Windows lets Outlook start no {@code reg.exe}.
 */
public final class NativeWindows implements Registry, Modules {
    private static final int LONGEST_PATH = 32_768;
    private static final int KEY_READ = 0x20019;
    private static final int KEY_WOW64_64KEY = 0x0100;
    private static final int KEY_WOW64_32KEY = 0x0200;
    private static final int REG_SZ = 1;
    private static final int REG_EXPAND_SZ = 2;
    /** HKEY_LOCAL_MACHINE and HKEY_CURRENT_USER: 32-bit values, extended by their sign. */
    private static final long LOCAL_MACHINE = 0xffff_ffff_8000_0002L;

    private static final long CURRENT_USER = 0xffff_ffff_8000_0001L;
    private static final int INSTALLMODE_EXISTING = -3;

    private final NativeLibrary kernel = NativeLibrary.getInstance("kernel32");
    private final NativeLibrary advapi = NativeLibrary.getInstance("advapi32");

    @Override
    public Optional<String> loaded(String name) {
        try (Memory wide = wide(name);
                Memory path = new Memory(2L * LONGEST_PATH)) {
            Pointer module = function(kernel, "GetModuleHandleW").invokePointer(new Object[] {wide});
            if (module == null) {
                return Optional.empty();
            }
            int length = call(kernel, "GetModuleFileNameW", module, path, LONGEST_PATH);
            return length > 0 && length < LONGEST_PATH ? Optional.of(text(path, length)) : Optional.empty();
        }
    }

    @Override
    public String systemDirectory() {
        try (Memory path = new Memory(2L * LONGEST_PATH)) {
            return text(path, call(kernel, "GetSystemDirectoryW", path, LONGEST_PATH));
        }
    }

    @Override
    public Optional<String> componentPath(String stub, String component, String qualifier) {
        try {
            NativeLibrary library = NativeLibrary.getInstance(stub);
            try (Memory id = narrow(component);
                    Memory language = narrow(qualifier);
                    Memory path = new Memory(LONGEST_PATH)) {
                path.clear();
                int found = call(
                        library,
                        "FGetComponentPath",
                        id,
                        qualifier.isEmpty() ? Pointer.NULL : language,
                        path,
                        LONGEST_PATH,
                        0);
                return found == 0 ? Optional.empty() : present(path.getString(0, Native.getDefaultStringEncoding()));
            }
        } catch (UnsatisfiedLinkError absent) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> qualifiedComponent(String category, String qualifier) {
        try (Memory id = wide(category);
                Memory wanted = wide(qualifier);
                Memory path = new Memory(2L * LONGEST_PATH);
                Memory length = new Memory(4)) {
            length.setInt(0, LONGEST_PATH);
            NativeLibrary msi = NativeLibrary.getInstance("msi");
            int failed = call(msi, "MsiProvideQualifiedComponentW", id, wanted, INSTALLMODE_EXISTING, path, length);
            return failed != 0 ? Optional.empty() : present(text(path, length.getInt(0)));
        } catch (UnsatisfiedLinkError absent) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> value(String key, String name, View view) {
        return inKey(key, view, handle -> {
            try (Memory wide = wide(name);
                    Memory type = new Memory(4);
                    Memory data = new Memory(2L * LONGEST_PATH);
                    Memory size = new Memory(4)) {
                size.setInt(0, 2 * LONGEST_PATH);
                int failed = call(advapi, "RegQueryValueExW", handle, wide, Pointer.NULL, type, data, size);
                boolean isText = type.getInt(0) == REG_SZ || type.getInt(0) == REG_EXPAND_SZ;
                return failed != 0 || !isText ? null : untilNul(text(data, size.getInt(0) / 2));
            }
        });
    }

    @Override
    public List<String> subkeys(String key, View view) {
        return inKey(key, view, handle -> {
                    List<String> names = new ArrayList<>();
                    try (Memory name = new Memory(2L * 256);
                            Memory length = new Memory(4)) {
                        for (int i = 0; ; i++) {
                            length.setInt(0, 256);
                            Object none = Pointer.NULL;
                            int failed = call(advapi, "RegEnumKeyExW", handle, i, name, length, none, none, none, none);
                            if (failed != 0) {
                                return names;
                            }
                            names.add(text(name, length.getInt(0)));
                        }
                    }
                })
                .orElse(List.of());
    }

    private <T> Optional<T> inKey(String key, View view, java.util.function.Function<Pointer, @Nullable T> use) {
        int slash = key.indexOf('\\');
        Pointer root = new Pointer(key.startsWith("HKLM\\") ? LOCAL_MACHINE : CURRENT_USER);
        int access = KEY_READ | (view == View.BITS32 ? KEY_WOW64_32KEY : KEY_WOW64_64KEY);
        try (Memory name = wide(key.substring(slash + 1));
                Memory handle = new Memory(Native.POINTER_SIZE)) {
            if (call(advapi, "RegOpenKeyExW", root, name, 0, access, handle) != 0) {
                return Optional.empty();
            }
            Pointer opened = handle.getPointer(0);
            try {
                return Optional.ofNullable(use.apply(opened));
            } finally {
                call(advapi, "RegCloseKey", opened);
            }
        }
    }

    private static int call(NativeLibrary library, String name, Object... arguments) {
        return function(library, name).invokeInt(arguments);
    }

    /** All of Windows' functions here are stdcall, which is a convention of its own on 32 bits only. */
    private static Function function(NativeLibrary library, String name) {
        return library.getFunction(name, Native.POINTER_SIZE == 4 ? Function.ALT_CONVENTION : Function.C_CONVENTION);
    }

    private static Memory wide(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_16LE);
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static Memory narrow(String ascii) {
        byte[] bytes = (ascii + "\0").getBytes(StandardCharsets.US_ASCII);
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static String text(Pointer wide, int length) {
        return new String(wide.getByteArray(0, 2 * length), StandardCharsets.UTF_16LE);
    }

    private static String untilNul(String text) {
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
