package io.github.offlinestate;

import java.util.UUID;

/**
 * The constants of the Offline State API under their own names, for those who compare with the reference or talk to
 * it. All are unsigned 32-bit values on the wire. Applications rarely need them: the typed values beside them say the
 * same.
 *
 * <p>Source: the pages "MAPI Constants", "MAPIOFFLINE_CALLBACK_TYPE" and "MAPIOFFLINE_NOTIFY_TYPE" of the Outlook
 * MAPI reference, and winerror.h for the general result codes.
 */
public final class MapiConstants {
    /** The only flags of {@code IMAPIOfflineMgr::Advise}. */
    public static final int MAPIOFFLINE_ADVISE_DEFAULT = 0;
    /** The only flags of {@code IMAPIOfflineMgr::Unadvise}. */
    public static final int MAPIOFFLINE_UNADVISE_DEFAULT = 0;
    /** The only advise type: changes of state. */
    public static final int MAPIOFFLINE_ADVISE_TYPE_STATECHANGE = 1;

    /** The object can notify going offline. */
    public static final int MAPIOFFLINE_CAPABILITY_OFFLINE = 0x1;
    /** The object can notify going online. */
    public static final int MAPIOFFLINE_CAPABILITY_ONLINE = 0x2;

    /** {@code SetCurrentState} returns without waiting. */
    public static final int MAPIOFFLINE_FLAG_DEFAULT = 0x0000_0000;
    /** {@code SetCurrentState} returns when the change is complete. */
    public static final int MAPIOFFLINE_FLAG_BLOCK = 0x0000_2000;

    /** Every bit of the state; the only state mask of {@code MAPIOFFLINE_ADVISEINFO}. */
    public static final int MAPIOFFLINE_STATE_ALL = 0x003f_037f;
    /** The bits of the state that tell offline from online. */
    public static final int MAPIOFFLINE_STATE_OFFLINE_MASK = 0x0000_0003;
    /** Offline. */
    public static final int MAPIOFFLINE_STATE_OFFLINE = 0x1;
    /** Online. */
    public static final int MAPIOFFLINE_STATE_ONLINE = 0x2;

    /** The only documented callback type. */
    public static final int MAPIOFFLINE_CALLBACK_TYPE_NOTIFY = 0;

    /** A change is about to be made. */
    public static final int MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_START = 1;
    /** The state has changed. */
    public static final int MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE = 2;
    /** The change is done. */
    public static final int MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_DONE = 3;
    /** This project's own: the backend has gone away (LOST-4). */
    public static final int NOTIFY_TYPE_BACKEND_LOST = 0x4F53_0001;
    /** This project's own: the backend is back (LOST-4). */
    public static final int NOTIFY_TYPE_BACKEND_RESTORED = 0x4F53_0002;

    /** {@code GUID_GlobalState}: the only state that {@code HrOpenOfflineObj} opens. */
    public static final UUID GUID_GLOBAL_STATE = UUID.fromString("fbeffd93-b11f-4094-842b-96dcd31e63d1");
    /** {@code IID_IMAPIOffline}. */
    public static final UUID IID_IMAPI_OFFLINE = UUID.fromString("000672b5-0000-0000-c000-000000000046");
    /** {@code IID_IMAPIOfflineMgr}. */
    public static final UUID IID_IMAPI_OFFLINE_MGR = UUID.fromString("42175607-ff3e-4790-bc18-66c8643e6424");
    /** {@code IID_IMAPIOfflineNotify}. */
    public static final UUID IID_IMAPI_OFFLINE_NOTIFY = UUID.fromString("0317bde5-fc29-44cd-8dcd-36125a3be9ec");

    /** Success. */
    public static final int S_OK = 0;
    /** A change is under way. */
    public static final int E_PENDING = 0x8000_000A;
    /** The callback is not an {@code IMAPIOfflineNotify}. */
    public static final int E_NOINTERFACE = 0x8000_4002;
    /** An argument is not valid. */
    public static final int E_INVALIDARG = 0x8007_0057;
    /** The object cannot do this at all. */
    public static final int MAPI_E_NO_SUPPORT = 0x8004_0102;
    /** No such profile. */
    public static final int MAPI_E_NOT_FOUND = 0x8004_010F;
    /** The call failed. */
    public static final int MAPI_E_CALL_FAILED = 0x8000_4005;
    /** The object is closed. */
    public static final int MAPI_E_NOT_INITIALIZED = 0x8004_0605;
    /** The backend is away. */
    public static final int MAPI_E_END_OF_SESSION = 0x8004_0200;
    /** The waiting was interrupted. */
    public static final int MAPI_E_USER_CANCEL = 0x8004_0113;

    private MapiConstants() {}
}
