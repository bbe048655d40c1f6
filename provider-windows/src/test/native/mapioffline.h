/*
 * The Offline State API as the public reference describes it, for C: names, values, vtables and layouts. Written from
 * the reference pages (HrOpenOfflineObj, IMAPIOffline, IMAPIOfflineMgr, IMAPIOfflineNotify, MAPIOFFLINE_ADVISEINFO,
 * MAPIOFFLINE_NOTIFY, MAPI Constants), not from the Java binding, so that a mistake there shows here.
 */
#ifndef MAPIOFFLINE_H
#define MAPIOFFLINE_H

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#define MAPI_CALL __stdcall
#define EXPORT __declspec(dllexport)
#else
#define MAPI_CALL
#define EXPORT __attribute__((visibility("default")))
#endif

typedef uint32_t ULONG32;
typedef uint32_t HR;
typedef uint16_t WCHAR16;

typedef struct {
    uint32_t data1;
    uint16_t data2;
    uint16_t data3;
    uint8_t data4[8];
} GUID16;

static const GUID16 IID_Unknown = {0x00000000, 0x0000, 0x0000, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID16 GUID_Global = {0xfbeffd93, 0xb11f, 0x4094, {0x84, 0x2b, 0x96, 0xdc, 0xd3, 0x1e, 0x63, 0xd1}};
static const GUID16 IID_Offline = {0x000672b5, 0x0000, 0x0000, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID16 IID_OfflineMgr = {0x42175607, 0xff3e, 0x4790, {0xbc, 0x18, 0x66, 0xc8, 0x64, 0x3e, 0x64, 0x24}};
static const GUID16 IID_OfflineNotify = {0x0317bde5, 0xfc29, 0x44cd, {0x8d, 0xcd, 0x36, 0x12, 0x5a, 0x3b, 0xe9, 0xec}};

#define S_OK_ 0u
#define E_PENDING_ 0x8000000Au
#define E_NOINTERFACE_ 0x80004002u
#define E_POINTER_ 0x80004003u
#define E_INVALIDARG_ 0x80070057u
#define MAPI_E_CALL_FAILED_ 0x80004005u
#define MAPI_E_NOT_FOUND_ 0x8004010Fu
#define MAPI_E_END_OF_SESSION_ 0x80040200u

#define ADVISE_DEFAULT 0u
#define UNADVISE_DEFAULT 0u
#define ADVISE_TYPE_STATECHANGE 1u
#define CAPABILITY_OFFLINE 1u
#define CAPABILITY_ONLINE 2u
#define FLAG_DEFAULT 0u
#define FLAG_BLOCK 0x2000u
#define STATE_ALL 0x003f037fu
#define STATE_OFFLINE_MASK 3u
#define STATE_OFFLINE 1u
#define STATE_ONLINE 2u
#define CALLBACK_TYPE_NOTIFY 0u
#define NOTIFY_START 1u
#define NOTIFY_STATECHANGE 2u
#define NOTIFY_DONE 3u

typedef struct {
    ULONG32 ulSize;
    ULONG32 ulClientToken;
    ULONG32 CallbackType;
    void *pCallback;
    ULONG32 ulAdviseTypes;
    ULONG32 ulStateMask;
} ADVISEINFO;

typedef struct {
    ULONG32 ulSize;
    ULONG32 NotifyType;
    ULONG32 ulClientToken;
    union {
        struct {
            ULONG32 ulMask;
            ULONG32 ulStateOld;
            ULONG32 ulStateNew;
        } StateChange;
    } Info;
} NOTIFYINFO;

_Static_assert(sizeof(GUID16) == 16, "GUID");
_Static_assert(offsetof(ADVISEINFO, ulClientToken) == 4, "ulClientToken");
_Static_assert(offsetof(ADVISEINFO, CallbackType) == 8, "CallbackType");
#if UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(ADVISEINFO) == 32, "MAPIOFFLINE_ADVISEINFO, 64 bit");
_Static_assert(offsetof(ADVISEINFO, pCallback) == 16, "pCallback, 64 bit");
_Static_assert(offsetof(ADVISEINFO, ulAdviseTypes) == 24, "ulAdviseTypes, 64 bit");
_Static_assert(offsetof(ADVISEINFO, ulStateMask) == 28, "ulStateMask, 64 bit");
#else
_Static_assert(sizeof(ADVISEINFO) == 24, "MAPIOFFLINE_ADVISEINFO, 32 bit");
_Static_assert(offsetof(ADVISEINFO, pCallback) == 12, "pCallback, 32 bit");
_Static_assert(offsetof(ADVISEINFO, ulAdviseTypes) == 16, "ulAdviseTypes, 32 bit");
_Static_assert(offsetof(ADVISEINFO, ulStateMask) == 20, "ulStateMask, 32 bit");
#endif
_Static_assert(sizeof(NOTIFYINFO) == 24, "MAPIOFFLINE_NOTIFY");
_Static_assert(offsetof(NOTIFYINFO, NotifyType) == 4, "NotifyType");
_Static_assert(offsetof(NOTIFYINFO, ulClientToken) == 8, "ulClientToken");
_Static_assert(offsetof(NOTIFYINFO, Info.StateChange.ulMask) == 12, "ulMask");
_Static_assert(offsetof(NOTIFYINFO, Info.StateChange.ulStateOld) == 16, "ulStateOld");
_Static_assert(offsetof(NOTIFYINFO, Info.StateChange.ulStateNew) == 20, "ulStateNew");

/* What a client implements: IMAPIOfflineNotify. */
typedef struct NotifyVtbl {
    HR(MAPI_CALL *QueryInterface)(void *self, const GUID16 *iid, void **out);
    ULONG32(MAPI_CALL *AddRef)(void *self);
    ULONG32(MAPI_CALL *Release)(void *self);
    void(MAPI_CALL *Notify)(void *self, const NOTIFYINFO *info);
} NotifyVtbl;
typedef struct {
    const NotifyVtbl *vtbl;
} NotifyObject;

/* What Outlook implements: IMAPIOfflineMgr, whose first seven slots are IMAPIOffline. */
typedef struct MgrVtbl {
    HR(MAPI_CALL *QueryInterface)(void *self, const GUID16 *iid, void **out);
    ULONG32(MAPI_CALL *AddRef)(void *self);
    ULONG32(MAPI_CALL *Release)(void *self);
    HR(MAPI_CALL *SetCurrentState)(void *self, ULONG32 flags, ULONG32 mask, ULONG32 state, void *reserved);
    HR(MAPI_CALL *GetCapabilities)(void *self, ULONG32 *out);
    HR(MAPI_CALL *GetCurrentState)(void *self, ULONG32 *out);
    HR(MAPI_CALL *Placeholder6)(void *self);
    HR(MAPI_CALL *Advise)(void *self, ULONG32 flags, ADVISEINFO *info, ULONG32 *token);
    HR(MAPI_CALL *Unadvise)(void *self, ULONG32 flags, ULONG32 token);
    HR(MAPI_CALL *Placeholders9to15[7])(void *self);
} MgrVtbl;
typedef struct {
    const MgrVtbl *vtbl;
} MgrObject;

_Static_assert(sizeof(MgrVtbl) == 16 * sizeof(void *), "IMAPIOfflineMgr has 16 slots");
_Static_assert(offsetof(MgrVtbl, Advise) == 7 * sizeof(void *), "Advise is slot 7");

typedef HR(MAPI_CALL *OpenOfflineObj)(
        ULONG32 reserved, const WCHAR16 *profile, const GUID16 *guid, const GUID16 *reserved2, void **out);

#endif
