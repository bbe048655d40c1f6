package io.github.offlinestate.windows.com;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.OfflineStateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A loaded library that exports HrOpenOfflineObj. It stays loaded: in Outlook it is Outlook's own. */
public final class OfflineLibrary {
    private static final String PLAIN = "HrOpenOfflineObj";
    /** The name that 32-bit Windows gives a stdcall function with twenty bytes of arguments. */
    private static final String DECORATED = "HrOpenOfflineObj@20";

    /** JNA unloads a library that nobody in Java has any more, but its threads may still be on their way through it. */
    private static final Set<NativeLibrary> LOADED = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Function open;

    private OfflineLibrary(Path path, Function open) {
        this.path = path;
        this.open = open;
    }

    /**
     * Loads a library.
     *
     * @param path absolute: a bare name would be looked for where others may put files
     * @return the library
     * @throws OfflineStateException where it cannot be loaded or exports no HrOpenOfflineObj
     */
    public static OfflineLibrary load(Path path) {
        if (!path.isAbsolute()) {
            throw new OfflineStateException(
                    HResult.E_INVALIDARG, "the library has to be named by its absolute path, not as " + path);
        }
        if (!Files.isRegularFile(path)) {
            throw new OfflineStateException(HResult.MAPI_E_CALL_FAILED, "there is no library " + path);
        }
        NativeLibrary library = loaded(path);
        LOADED.add(library);
        List<String> names = Abi.POINTER_SIZE == 4 ? List.of(DECORATED, PLAIN) : List.of(PLAIN, DECORATED);
        return names.stream()
                .flatMap(name -> export(library, name).stream())
                .findFirst()
                .map(open -> new OfflineLibrary(path, open))
                .orElseThrow(() -> new OfflineStateException(
                        HResult.MAPI_E_CALL_FAILED,
                        path + " exports neither " + names.get(0) + " nor " + names.get(1)
                                + ": it is not the MAPI library of a classic Outlook"));
    }

    private static NativeLibrary loaded(Path path) {
        try {
            return NativeLibrary.getInstance(path.toString());
        } catch (UnsatisfiedLinkError error) {
            throw new OfflineStateException(
                    HResult.MAPI_E_CALL_FAILED,
                    path + " cannot be loaded into this " + Abi.POINTER_SIZE * 8
                            + "-bit JVM: it is damaged, needs something that is missing, or has the other bitness",
                    error);
        }
    }

    private static Optional<Function> export(NativeLibrary library, String name) {
        try {
            return Optional.of(library.getFunction(name, Abi.convention()));
        } catch (UnsatisfiedLinkError absent) {
            return Optional.empty();
        }
    }

    /**
     * HrOpenOfflineObj.
     *
     * @param profile the profile's name
     * @return the offline object; the caller closes it
     * @throws OfflineStateException as COM answers; MAPI_E_NOT_FOUND also where this is not Outlook's process
     */
    public OfflineObject open(String profile) {
        String what = "HrOpenOfflineObj of " + path.getFileName() + " for profile '" + profile + "'";
        try (Memory name = Abi.wide(profile);
                Memory guid = Abi.guid(MapiConstants.GUID_GLOBAL_STATE);
                Memory out = new Memory(Abi.POINTER_SIZE)) {
            out.clear();
            int result = open.invokeInt(new Object[] {0, name, guid, Pointer.NULL, out});
            ComFailure.check(result, what);
            return new OfflineObject(ComInterface.taken(out, what));
        }
    }

    /**
     * Where it was loaded from.
     *
     * @return an absolute path
     */
    public Path path() {
        return path;
    }
}
