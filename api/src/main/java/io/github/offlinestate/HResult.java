package io.github.offlinestate;

import org.jspecify.annotations.Nullable;

/**
 * A result code of COM. Any value is representable; the ones of the contract have constants and names.
 *
 * <p>MAPI counterpart: {@code HRESULT}.
 *
 * @param code the unsigned 32-bit value
 */
public record HResult(int code) {
    /** Success. */
    public static final HResult S_OK = new HResult(MapiConstants.S_OK);
    /** A change is under way; try again later (SET-3). */
    public static final HResult E_PENDING = new HResult(MapiConstants.E_PENDING);
    /** The callback is not an {@link OfflineNotify} (ADVISE-3). */
    public static final HResult E_NOINTERFACE = new HResult(MapiConstants.E_NOINTERFACE);
    /** An argument is not valid. */
    public static final HResult E_INVALIDARG = new HResult(MapiConstants.E_INVALIDARG);
    /** The object cannot do this at all (SET-12). */
    public static final HResult MAPI_E_NO_SUPPORT = new HResult(MapiConstants.MAPI_E_NO_SUPPORT);
    /** No such profile, or no provider to open it (OPEN-2, FIND-5). */
    public static final HResult MAPI_E_NOT_FOUND = new HResult(MapiConstants.MAPI_E_NOT_FOUND);
    /** The backend could not do it (SET-6). */
    public static final HResult MAPI_E_CALL_FAILED = new HResult(MapiConstants.MAPI_E_CALL_FAILED);
    /** The object is closed (CLOSE-2). */
    public static final HResult MAPI_E_NOT_INITIALIZED = new HResult(MapiConstants.MAPI_E_NOT_INITIALIZED);
    /** The backend is away (LOST-1). */
    public static final HResult MAPI_E_END_OF_SESSION = new HResult(MapiConstants.MAPI_E_END_OF_SESSION);
    /** The waiting thread was interrupted (SET-9). */
    public static final HResult MAPI_E_USER_CANCEL = new HResult(MapiConstants.MAPI_E_USER_CANCEL);

    /**
     * Whether the code says that something failed: the highest bit is set.
     *
     * @return whether it is a failure
     */
    public boolean isFailure() {
        return code < 0;
    }

    /**
     * The name in the reference.
     *
     * @return the name, or eight hexadecimal digits after {@code 0x} where the code has none here
     */
    public String name() {
        String known = knownName();
        return known == null ? hex() : known;
    }

    @Override
    public String toString() {
        String name = knownName();
        return name == null ? hex() : name + " (" + hex() + ")";
    }

    private @Nullable String knownName() {
        return switch (code) {
            case MapiConstants.S_OK -> "S_OK";
            case MapiConstants.E_PENDING -> "E_PENDING";
            case MapiConstants.E_NOINTERFACE -> "E_NOINTERFACE";
            case MapiConstants.E_INVALIDARG -> "E_INVALIDARG";
            case MapiConstants.MAPI_E_NO_SUPPORT -> "MAPI_E_NO_SUPPORT";
            case MapiConstants.MAPI_E_NOT_FOUND -> "MAPI_E_NOT_FOUND";
            case MapiConstants.MAPI_E_CALL_FAILED -> "MAPI_E_CALL_FAILED";
            case MapiConstants.MAPI_E_NOT_INITIALIZED -> "MAPI_E_NOT_INITIALIZED";
            case MapiConstants.MAPI_E_END_OF_SESSION -> "MAPI_E_END_OF_SESSION";
            case MapiConstants.MAPI_E_USER_CANCEL -> "MAPI_E_USER_CANCEL";
            default -> null;
        };
    }

    private String hex() {
        return String.format("0x%08X", code);
    }
}
