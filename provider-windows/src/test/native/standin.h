/* The second set of exports: how a test drives the stand-in and asks what it saw. All plain cdecl. */
#ifndef STANDIN_H
#define STANDIN_H

#include "mapioffline.h"

/* What the stand-in does beside or against the reference; bits. */
enum {
    MODE_NO_START = 1 << 0,
    MODE_NO_STATECHANGE = 1 << 1,
    MODE_NO_DONE = 1 << 2,
    MODE_REVERSED = 1 << 3,              /* DONE, STATECHANGE, START */
    MODE_TWICE = 1 << 4,                 /* each notification twice */
    MODE_BIG = 1 << 5,                   /* ulSize 40, with bytes of no meaning behind */
    MODE_SMALL = 1 << 6,                 /* foreign notifications end after ulClientToken */
    MODE_EXTRA_STATE_BITS = 1 << 7,      /* notified states carry bits outside the mask */
    MODE_BAD_STATE = 1 << 8,             /* GetCurrentState gives neither ONLINE nor OFFLINE */
    MODE_NULL_OBJECT = 1 << 9,           /* HrOpenOfflineObj and QueryInterface succeed without an object */
    MODE_OUTSIDE = 1 << 10,              /* every profile is MAPI_E_NOT_FOUND, as outside Outlook's process */
    MODE_NOTIFY_IN_ADVISE = 1 << 11,     /* a whole transition is notified before Advise returns */
    MODE_NOTIFY_AFTER_UNADVISE = 1 << 12, /* and after Unadvise returned, on a reference kept for that */
    MODE_RELEASE_TOO_OFTEN = 1 << 13,    /* two Releases too many when a registration ends */
    MODE_NEVER_RELEASE = 1 << 14,        /* none at all */
    MODE_THREAD_EACH = 1 << 15,          /* every notification on a native thread of its own */
    MODE_UNCHECKED = 1 << 16             /* Advise does not examine the callback; for runs of a million */
};

enum {
    COUNT_MANAGERS,       /* IMAPIOfflineMgr references held by the client */
    COUNT_OFFLINES,       /* IMAPIOffline references held by the client */
    COUNT_CALLBACK_REFS,  /* references on callbacks that the stand-in holds */
    COUNT_REGISTRATIONS,
    COUNT_NOTIFIED,       /* Notify calls that returned */
    COUNT_VIOLATIONS,
    COUNT_THREADS,        /* native threads of the stand-in */
    COUNT_OPENED          /* successful HrOpenOfflineObj calls */
};

EXPORT void standin_reset(void);
EXPORT void standin_profile(const WCHAR16 *name, ULONG32 capabilities, ULONG32 state);
EXPORT int standin_remove(const WCHAR16 *name);
EXPORT void standin_mode(ULONG32 mode);
/* A change from outside; returns when it is queued. */
EXPORT int standin_transition(const WCHAR16 *name, ULONG32 state);
/* The START alone of a change, which counts as none; standin_transition continues it, standin_cancel ends it. */
EXPORT int standin_start(const WCHAR16 *name, ULONG32 state);
EXPORT int standin_cancel(const WCHAR16 *name);
/* Another state, and nobody is told. */
EXPORT int standin_state_unnotified(const WCHAR16 *name, ULONG32 state);
EXPORT ULONG32 standin_state(const WCHAR16 *name);
EXPORT int standin_foreign(const WCHAR16 *name, ULONG32 type, ULONG32 mask, ULONG32 before, ULONG32 after);
/*
 * The next SetCurrentState returns this result; afterStart 1: it succeeds, sends START, then DONE without a change;
 * 2: that DONE waits until standin_hold(name, 0).
 */
EXPORT int standin_fail_next(const WCHAR16 *name, HR result, int afterStart);
/* While held, accepted SetCurrentState requests stay under way without a notification. */
EXPORT int standin_hold(const WCHAR16 *name, int held);
/* As if Outlook ended: the profile's open objects answer MAPI_E_END_OF_SESSION for ever, openings until it is back. */
EXPORT int standin_away(const WCHAR16 *name, int away);
/* How many of the profile's offline objects are open. */
EXPORT int standin_open_objects(const WCHAR16 *name);
/* Waits until all that is queued, and not held back, has been notified. */
EXPORT void standin_drain(void);
EXPORT void standin_drain_profile(const WCHAR16 *name);
/* Native threads that notify whoever is registered, without a pause, until storm is called with 0. */
EXPORT void standin_storm(const WCHAR16 *name, int threads);
EXPORT void standin_record(int on);
/* The recorded calls, one a line; returns the length without the NUL. */
EXPORT size_t standin_trace(char *out, size_t size);
EXPORT size_t standin_violations(char *out, size_t size);
EXPORT int64_t standin_count(int what);

#endif
