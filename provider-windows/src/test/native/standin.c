/*
 * A stand-in for Outlook's side of the Offline State API: the ABI of the reference, with checks stricter than
 * Outlook's own. It counts every reference, poisons what was released, crashes where a placeholder slot is called,
 * examines the callback object that it is given, and notifies from native threads of its own. One portable source:
 * Linux .so, Windows x64 and x86 DLL. The second set of exports (standin.h) drives it.
 */
#include "standin.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC_MANAGER 0x4d475221u
#define MAGIC_OFFLINE 0x4f464621u
#define MAGIC_POISON 0xddddddddu
#define FIRST_TOKEN 0x9abcfff0u /* neither cut short nor extended by its sign is it the same */
#define STATE_NOISE 0x00100040u /* bits of STATE_ALL that mean nothing to a client */
#define QUARANTINE 256
#define VIOLATIONS_KEPT 64

typedef struct Manager Manager;

typedef struct Registration {
    struct Registration *next;
    ULONG32 token, client_token;
    NotifyObject *callback;
    Manager *manager;
    int users; /* the list is one, each delivery under way is another; the last one releases the callback */
} Registration;

typedef enum { OP_CHANGE, OP_REQUEST, OP_START, OP_CANCEL, OP_FOREIGN, OP_LATE } OpKind;

typedef struct Op {
    struct Op *next;
    OpKind kind;
    ULONG32 state, type, mask, before, after;
    int abort_it;
    Registration *late;
    int *done; /* set when the operation is over; for FLAG_BLOCK */
} Op;

typedef struct Profile {
    struct Profile *next;
    WCHAR16 *name;
    ULONG32 capabilities, state, starting;
    Registration *registrations;
    Op *first, *last;
    int busy, under_way, held, abort_held, stop, storming, away;
    HR fail_result;
    int fail_next, fail_after_start;
    pthread_t worker;
    pthread_t storm[64];
} Profile;

struct Manager {
    const MgrVtbl *vtbl;
    uint32_t magic;
    int refs, dead;
    int offlines; /* IMAPIOffline pointers of the same object: it lives as long as they */
    int released; /* the last IMAPIOfflineMgr pointer is gone */
    Profile *profile;
};

typedef struct Offline {
    const MgrVtbl *vtbl;
    uint32_t magic;
    int refs;
    Manager *manager;
} Offline;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
static Profile *profiles;
static Manager *managers[4096];
static volatile ULONG32 mode;
static ULONG32 next_token = FIRST_TOKEN;
static int recording;
static int64_t counts[16];
static char *trace_text;
static size_t trace_length, trace_size;
static char violation_text[VIOLATIONS_KEPT * 200];
static void *quarantine[QUARANTINE];
static unsigned quarantined;
static __thread int in_notify;

static int64_t count_up(int what, int64_t by) {
    return __atomic_add_fetch(&counts[what], by, __ATOMIC_SEQ_CST);
}

static void violation(const char *format, ...) {
    static pthread_mutex_t text_lock = PTHREAD_MUTEX_INITIALIZER;
    char line[190];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    pthread_mutex_lock(&text_lock);
    size_t length = strlen(violation_text);
    if (length + strlen(line) + 2 < sizeof violation_text) {
        sprintf(violation_text + length, "%s\n", line);
    }
    pthread_mutex_unlock(&text_lock);
    count_up(COUNT_VIOLATIONS, 1);
}

static void fatal(const char *what, int slot) {
    fprintf(stderr, "stand-in: %s (slot %d): Outlook would crash here\n", what, slot);
    fflush(stderr);
    abort();
}

static void record(const char *format, ...) {
    if (!__atomic_load_n(&recording, __ATOMIC_SEQ_CST)) return;
    static pthread_mutex_t text_lock = PTHREAD_MUTEX_INITIALIZER;
    char line[1200];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line - 1, format, args);
    va_end(args);
    strcat(line, "\n");
    size_t length = strlen(line);
    pthread_mutex_lock(&text_lock);
    if (trace_length + length + 1 > trace_size) {
        trace_size = (trace_size + length) * 2;
        trace_text = realloc(trace_text, trace_size);
    }
    memcpy(trace_text + trace_length, line, length + 1);
    trace_length += length;
    pthread_mutex_unlock(&text_lock);
}

static int same_guid(const GUID16 *a, const GUID16 *b) {
    return memcmp(a, b, sizeof(GUID16)) == 0;
}

static size_t length16(const WCHAR16 *text) {
    size_t n = 0;
    while (text[n]) n++;
    return n;
}

static const char *guid_name(const GUID16 *guid, char *buffer) {
    if (!guid) return "NULL";
    if (same_guid(guid, &IID_Unknown)) return "IID_IUnknown";
    if (same_guid(guid, &GUID_Global)) return "GUID_GlobalState";
    if (same_guid(guid, &IID_Offline)) return "IID_IMAPIOffline";
    if (same_guid(guid, &IID_OfflineMgr)) return "IID_IMAPIOfflineMgr";
    if (same_guid(guid, &IID_OfflineNotify)) return "IID_IMAPIOfflineNotify";
    sprintf(buffer, "{%08x-%04x-%04x}", guid->data1, guid->data2, guid->data3);
    return buffer;
}

static const char *printable(const WCHAR16 *name, char *buffer, size_t size) {
    size_t at = 0;
    if (!name) return "NULL";
    for (; *name && at + 8 < size; name++) {
        if (*name >= 0x20 && *name < 0x7f) {
            buffer[at++] = (char) *name;
        } else {
            at += sprintf(buffer + at, "\\u%04x", *name);
        }
    }
    buffer[at] = 0;
    return buffer;
}

static Profile *find_profile(const WCHAR16 *name) {
    size_t length = length16(name);
    for (Profile *p = profiles; p; p = p->next) {
        if (!p->stop && length16(p->name) == length && memcmp(p->name, name, length * sizeof *name) == 0) return p;
    }
    return NULL;
}

/* ---- the callback object, as a strict caller uses it ---- */

static ULONG32 callback_add_ref(NotifyObject *callback) {
    count_up(COUNT_CALLBACK_REFS, 1);
    return callback->vtbl->AddRef(callback);
}

static ULONG32 callback_release(NotifyObject *callback) {
    count_up(COUNT_CALLBACK_REFS, -1);
    return callback->vtbl->Release(callback);
}

static NotifyObject *callback_query(NotifyObject *callback, const GUID16 *iid, HR *result) {
    void *out = (void *) (uintptr_t) 0x1;
    *result = callback->vtbl->QueryInterface(callback, iid, &out);
    if (*result == S_OK_) {
        count_up(COUNT_CALLBACK_REFS, 1);
        if (out == NULL || out == (void *) (uintptr_t) 0x1) {
            violation("QueryInterface of the callback succeeded and gave no pointer");
            return NULL;
        }
        return out;
    }
    if (out != NULL) violation("QueryInterface of the callback failed with 0x%08x and left the out-pointer", *result);
    return NULL;
}

static HR examine_callback(NotifyObject *callback) {
    static const GUID16 NEARLY_NOTIFY = {0x0317bde5, 0xfc29, 0x44cd, {0x8d, 0xcd, 0x36, 0x12, 0x5a, 0x3b, 0xe9, 0xed}};
    static const GUID16 DISPATCH = {0x00020400, 0x0000, 0x0000, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    HR result;
    ULONG32 first = callback_add_ref(callback);
    ULONG32 second = callback_add_ref(callback);
    if (second != first + 1) violation("AddRef gave %u after %u", second, first);
    ULONG32 third = callback_release(callback);
    if (third != first) violation("Release gave %u, not %u", third, first);
    NotifyObject *unknown = callback_query(callback, &IID_Unknown, &result);
    if (!unknown) {
        violation("the callback does not answer IID_IUnknown: 0x%08x", result);
    } else {
        ULONG32 left = callback_release(unknown);
        if (left != first) violation("QueryInterface did not AddRef once: %u references are left, not %u", left, first);
    }
    if (callback_query(callback, &NEARLY_NOTIFY, &result) || result != E_NOINTERFACE_)
        violation("the callback answers an interface that it has not: 0x%08x", result);
    if (callback_query(callback, &DISPATCH, &result) || result != E_NOINTERFACE_)
        violation("the callback answers IDispatch: 0x%08x", result);
    result = callback->vtbl->QueryInterface(callback, &IID_Unknown, NULL);
    if (result != E_POINTER_) violation("QueryInterface without an out-pointer gives 0x%08x", result);
    NotifyObject *notify = callback_query(callback, &IID_OfflineNotify, &result);
    callback_release(callback);
    if (!notify) return E_NOINTERFACE_;
    callback_release(notify);
    return S_OK_;
}

static void notify_now(Registration *r, ULONG32 type, ULONG32 mask, ULONG32 before, ULONG32 after, int foreign) {
    unsigned char bytes[64], kept[64];
    memset(bytes, 0xa5, sizeof bytes);
    ULONG32 size = sizeof(NOTIFYINFO);
    if (mode & MODE_BIG) size = 40;
    if (foreign && (mode & MODE_SMALL)) size = 12;
    /* What is beyond ulSize is not the client's: put a small notification at the end of an exact allocation. */
    unsigned char *exact = malloc(size);
    NOTIFYINFO info = {.ulSize = size, .NotifyType = type, .ulClientToken = r->client_token};
    if ((mode & MODE_EXTRA_STATE_BITS) && !foreign) {
        before |= STATE_NOISE;
        after |= STATE_NOISE;
    }
    info.Info.StateChange.ulMask = mask;
    info.Info.StateChange.ulStateOld = before;
    info.Info.StateChange.ulStateNew = after;
    memcpy(bytes, &info, sizeof info);
    memcpy(exact, bytes, size);
    memcpy(kept, bytes, size);
    in_notify++;
    r->callback->vtbl->Notify(r->callback, (const NOTIFYINFO *) exact);
    in_notify--;
    if (memcmp(exact, kept, size) != 0) violation("Notify changed what it was given");
    free(exact);
    count_up(COUNT_NOTIFIED, 1);
}

typedef struct {
    Registration *registration;
    ULONG32 type, mask, before, after;
    int foreign;
} Single;

static void *notify_thread(void *argument) {
    Single *s = argument;
    count_up(COUNT_THREADS, 1);
    notify_now(s->registration, s->type, s->mask, s->before, s->after, s->foreign);
    count_up(COUNT_THREADS, -1);
    return NULL;
}

static void notify_one(Registration *r, ULONG32 type, ULONG32 mask, ULONG32 before, ULONG32 after, int foreign) {
    if (!(mode & MODE_UNCHECKED)) callback_add_ref(r->callback); /* as a proxy on its way to the client holds one */
    if (mode & MODE_THREAD_EACH) {
        Single single = {r, type, mask, before, after, foreign};
        pthread_t thread;
        if (pthread_create(&thread, NULL, notify_thread, &single) == 0) pthread_join(thread, NULL);
    } else {
        notify_now(r, type, mask, before, after, foreign);
    }
    if (!(mode & MODE_UNCHECKED)) callback_release(r->callback);
}

static void unuse(Registration *r) {
    pthread_mutex_lock(&lock);
    int left = --r->users;
    pthread_mutex_unlock(&lock);
    if (left > 0) return;
    if (mode & MODE_NEVER_RELEASE) {
        count_up(COUNT_CALLBACK_REFS, -1);
    } else {
        NotifyObject *callback = r->callback;
        callback_release(callback);
        if (mode & MODE_RELEASE_TOO_OFTEN) {
            callback->vtbl->Release(callback);
            callback->vtbl->Release(callback);
        }
    }
    free(r);
}

/* Those who are registered now, each with one more user; lock held. */
static Registration **snapshot(Profile *p, size_t *count) {
    size_t n = 0;
    for (Registration *r = p->registrations; r; r = r->next) n++;
    Registration **all = malloc((n + 1) * sizeof *all);
    n = 0;
    for (Registration *r = p->registrations; r; r = r->next) {
        r->users++;
        all[n++] = r;
    }
    *count = n;
    return all;
}

static void notify_all(Profile *p, ULONG32 type, ULONG32 mask, ULONG32 before, ULONG32 after, int foreign) {
    size_t n;
    pthread_mutex_lock(&lock);
    Registration **all = snapshot(p, &n);
    pthread_mutex_unlock(&lock);
    for (size_t i = 0; i < n; i++) {
        notify_one(all[i], type, mask, before, after, foreign);
        if (mode & MODE_TWICE) notify_one(all[i], type, mask, before, after, foreign);
        unuse(all[i]);
    }
    free(all);
}

static int is_notified(Profile *p, ULONG32 state) {
    return (p->capabilities & (state == STATE_OFFLINE ? CAPABILITY_OFFLINE : CAPABILITY_ONLINE)) != 0;
}

static void set_state(Profile *p, ULONG32 state) {
    pthread_mutex_lock(&lock);
    p->state = state;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&lock);
}

static void change(Profile *p, ULONG32 to, int started) {
    ULONG32 from = p->state;
    if (from == to && !started) return;
    if (!is_notified(p, to)) {
        set_state(p, to);
        return;
    }
    if (mode & MODE_REVERSED) {
        set_state(p, to);
        notify_all(p, NOTIFY_DONE, STATE_OFFLINE_MASK, from, to, 0);
        notify_all(p, NOTIFY_STATECHANGE, STATE_OFFLINE_MASK, from, to, 0);
        notify_all(p, NOTIFY_START, STATE_OFFLINE_MASK, from, to, 0);
        return;
    }
    if (!started && !(mode & MODE_NO_START)) notify_all(p, NOTIFY_START, STATE_OFFLINE_MASK, from, to, 0);
    set_state(p, to);
    if (!(mode & MODE_NO_STATECHANGE)) notify_all(p, NOTIFY_STATECHANGE, STATE_OFFLINE_MASK, from, to, 0);
    if (!(mode & MODE_NO_DONE)) notify_all(p, NOTIFY_DONE, STATE_OFFLINE_MASK, from, to, 0);
}

static void give_up(Profile *p, ULONG32 to) {
    if (is_notified(p, to)) {
        notify_all(p, NOTIFY_START, STATE_OFFLINE_MASK, p->state, to, 0);
        pthread_mutex_lock(&lock);
        while (p->abort_held && !p->stop && !p->away) pthread_cond_wait(&moved, &lock);
        pthread_mutex_unlock(&lock);
        notify_all(p, NOTIFY_DONE, STATE_OFFLINE_MASK, p->state, p->state, 0);
    }
}

static void perform(Profile *p, Op *op) {
    switch (op->kind) {
        case OP_CHANGE:
        case OP_REQUEST:
            if (op->abort_it) {
                give_up(p, op->state);
            } else {
                change(p, op->state, p->starting == op->state);
            }
            p->starting = 0;
            break;
        case OP_START:
            p->starting = op->state;
            notify_all(p, NOTIFY_START, STATE_OFFLINE_MASK, p->state, op->state, 0);
            break;
        case OP_CANCEL:
            p->starting = 0;
            notify_all(p, NOTIFY_DONE, STATE_OFFLINE_MASK, p->state, p->state, 0);
            break;
        case OP_FOREIGN:
            notify_all(p, op->type, op->mask, op->before, op->after, 1);
            break;
        case OP_LATE:
            notify_one(op->late, NOTIFY_START, STATE_OFFLINE_MASK, STATE_ONLINE, STATE_OFFLINE, 0);
            notify_one(op->late, NOTIFY_STATECHANGE, STATE_OFFLINE_MASK, STATE_ONLINE, STATE_OFFLINE, 0);
            notify_one(op->late, NOTIFY_DONE, STATE_OFFLINE_MASK, STATE_ONLINE, STATE_OFFLINE, 0);
            unuse(op->late);
            break;
    }
}

static void *work(void *argument) {
    Profile *p = argument;
    count_up(COUNT_THREADS, 1);
    pthread_mutex_lock(&lock);
    for (;;) {
        while (!p->stop && (!p->first || (p->held && p->first->kind == OP_REQUEST))) pthread_cond_wait(&moved, &lock);
        if (p->stop && !p->first) break;
        Op *op = p->first;
        p->first = op->next;
        if (!p->first) p->last = NULL;
        p->busy = 1;
        pthread_mutex_unlock(&lock);
        perform(p, op);
        pthread_mutex_lock(&lock);
        p->busy = 0;
        if (op->kind == OP_REQUEST || op->kind == OP_CHANGE) p->under_way--;
        if (op->done) *op->done = 1;
        free(op);
        pthread_cond_broadcast(&moved);
    }
    pthread_mutex_unlock(&lock);
    count_up(COUNT_THREADS, -1);
    return NULL;
}

/* Lock held. */
static void enqueue(Profile *p, Op op) {
    Op *copy = malloc(sizeof *copy);
    *copy = op;
    copy->next = NULL;
    if (p->last) {
        p->last->next = copy;
    } else {
        p->first = copy;
    }
    p->last = copy;
    pthread_cond_broadcast(&moved);
}

/* ---- what Outlook's side answers ---- */

static HR MAPI_CALL dead_call(void *self) {
    (void) self;
    fatal("a released object was called", -1);
    return MAPI_E_CALL_FAILED_;
}

static HR MAPI_CALL placeholder6(void *self) {
    (void) self;
    fatal("a placeholder was called", 6);
    return 0;
}
#define PLACEHOLDER(n)                             \
    static HR MAPI_CALL placeholder##n(void *self) { \
        (void) self;                               \
        fatal("a placeholder was called", n);      \
        return 0;                                  \
    }
PLACEHOLDER(9)
PLACEHOLDER(10)
PLACEHOLDER(11)
PLACEHOLDER(12)
PLACEHOLDER(13)
PLACEHOLDER(14)
PLACEHOLDER(15)

static HR MAPI_CALL not_of_this_interface(void *self, ULONG32 a, ADVISEINFO *b, ULONG32 *c) {
    (void) self, (void) a, (void) b, (void) c;
    fatal("IMAPIOffline has no Advise: call it on IMAPIOfflineMgr", 7);
    return 0;
}
static HR MAPI_CALL not_of_this_interface2(void *self, ULONG32 a, ULONG32 b) {
    (void) self, (void) a, (void) b;
    fatal("IMAPIOffline has no Unadvise: call it on IMAPIOfflineMgr", 8);
    return 0;
}

static const void *const dead_vtbl[16] = {dead_call, dead_call, dead_call, dead_call, dead_call, dead_call,
        dead_call, dead_call, dead_call, dead_call, dead_call, dead_call, dead_call, dead_call, dead_call, dead_call};

/* Lock held. Poisoned memory is kept for a while, so that a use of it is told and no other object is hit. */
static void poison(void *object, size_t size) {
    memset(object, 0xdd, size);
    *(const void **) object = dead_vtbl;
    void **place = &quarantine[quarantined++ % QUARANTINE];
    free(*place);
    *place = object;
}

static Manager *manager_of(void *self, const char *method) {
    uint32_t magic = ((Manager *) self)->magic;
    if (magic == MAGIC_MANAGER) return self;
    if (magic == MAGIC_OFFLINE) return ((Offline *) self)->manager;
    fatal(method, -2);
    return NULL;
}

static const char *interface_of(void *self) {
    return ((Manager *) self)->magic == MAGIC_OFFLINE ? "IMAPIOffline" : "IMAPIOfflineMgr";
}

static const MgrVtbl offline_vtbl;

static HR MAPI_CALL query_interface(void *self, const GUID16 *iid, void **out) {
    char buffer[64];
    Manager *m = manager_of(self, "QueryInterface");
    record("%s::QueryInterface(%s)", interface_of(self), guid_name(iid, buffer));
    if (!iid || !out) {
        violation("QueryInterface without an interface id or an out-pointer");
        return E_POINTER_;
    }
    *out = NULL;
    if (m->dead) return MAPI_E_END_OF_SESSION_;
    if (mode & MODE_NULL_OBJECT) return S_OK_;
    if (same_guid(iid, &IID_Offline)) {
        Offline *offline = calloc(1, sizeof *offline);
        offline->vtbl = &offline_vtbl;
        offline->magic = MAGIC_OFFLINE;
        offline->refs = 1;
        offline->manager = m;
        pthread_mutex_lock(&lock);
        m->offlines++;
        pthread_mutex_unlock(&lock);
        count_up(COUNT_OFFLINES, 1);
        *out = offline;
        return S_OK_;
    }
    if (same_guid(iid, &IID_Unknown) || same_guid(iid, &IID_OfflineMgr)) {
        __atomic_add_fetch(&m->refs, 1, __ATOMIC_SEQ_CST);
        count_up(COUNT_MANAGERS, 1);
        *out = m;
        return S_OK_;
    }
    violation("QueryInterface for %s", guid_name(iid, buffer));
    return E_NOINTERFACE_;
}

static ULONG32 MAPI_CALL add_ref(void *self) {
    record("%s::AddRef()", interface_of(self));
    manager_of(self, "AddRef");
    int offline = ((Manager *) self)->magic == MAGIC_OFFLINE;
    count_up(offline ? COUNT_OFFLINES : COUNT_MANAGERS, 1);
    return (ULONG32) __atomic_add_fetch(offline ? &((Offline *) self)->refs : &((Manager *) self)->refs, 1, __ATOMIC_SEQ_CST);
}

static ULONG32 MAPI_CALL release(void *self) {
    record("%s::Release()", interface_of(self));
    Manager *m = manager_of(self, "Release");
    if (((Manager *) self)->magic == MAGIC_OFFLINE) {
        int left = __atomic_sub_fetch(&((Offline *) self)->refs, 1, __ATOMIC_SEQ_CST);
        count_up(COUNT_OFFLINES, -1);
        if (left == 0) {
            pthread_mutex_lock(&lock);
            poison(self, sizeof(Offline));
            if (--m->offlines == 0 && m->released) poison(m, sizeof(Manager));
            pthread_mutex_unlock(&lock);
        }
        return (ULONG32) left;
    }
    int left = __atomic_sub_fetch(&m->refs, 1, __ATOMIC_SEQ_CST);
    count_up(COUNT_MANAGERS, -1);
    if (left == 0) {
        pthread_mutex_lock(&lock);
        for (Registration *r = m->profile->registrations; r; r = r->next) {
            if (r->manager == m) violation("the manager was released before Unadvise of token 0x%08x", r->token);
        }
        for (size_t i = 0; i < sizeof managers / sizeof *managers; i++) {
            if (managers[i] == m) managers[i] = NULL;
        }
        m->released = 1;
        m->vtbl = (const MgrVtbl *) dead_vtbl;
        if (m->offlines == 0) poison(m, sizeof(Manager));
        pthread_mutex_unlock(&lock);
    }
    return (ULONG32) left;
}

static HR MAPI_CALL set_current_state(void *self, ULONG32 flags, ULONG32 mask, ULONG32 state, void *reserved) {
    Manager *m = manager_of(self, "SetCurrentState");
    record("%s::SetCurrentState(0x%x, 0x%x, 0x%x, %s)", interface_of(self), flags, mask, state,
            reserved ? "not NULL" : "NULL");
    if (m->dead) return MAPI_E_END_OF_SESSION_;
    if ((flags != FLAG_DEFAULT && flags != FLAG_BLOCK) || mask != STATE_OFFLINE_MASK || reserved
            || (state != STATE_OFFLINE && state != STATE_ONLINE)) {
        violation("SetCurrentState(0x%x, 0x%x, 0x%x, %p)", flags, mask, state, reserved);
        return E_INVALIDARG_;
    }
    if (flags == FLAG_BLOCK && in_notify) {
        violation("SetCurrentState with FLAG_BLOCK from inside a notification: Outlook would hang");
        return E_PENDING_;
    }
    Profile *p = m->profile;
    HR result = S_OK_;
    pthread_mutex_lock(&lock);
    if (p->under_way) {
        result = E_PENDING_;
    } else if (p->fail_next && !p->fail_after_start) {
        p->fail_next = 0;
        result = p->fail_result;
    } else if (p->state != state) {
        int done = 0;
        Op op = {.kind = OP_REQUEST, .state = state, .abort_it = p->fail_next};
        if (flags == FLAG_BLOCK) op.done = &done;
        p->fail_next = p->fail_after_start = 0;
        p->under_way++;
        enqueue(p, op);
        while (flags == FLAG_BLOCK && !done) pthread_cond_wait(&moved, &lock);
        if (flags == FLAG_BLOCK && p->state != state) result = MAPI_E_CALL_FAILED_;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static HR MAPI_CALL get_capabilities(void *self, ULONG32 *out) {
    Manager *m = manager_of(self, "GetCapabilities");
    record("%s::GetCapabilities()", interface_of(self));
    if (!out) {
        violation("GetCapabilities without an out-pointer");
        return E_INVALIDARG_;
    }
    if (m->dead) return MAPI_E_END_OF_SESSION_;
    *out = m->profile->capabilities;
    return S_OK_;
}

static HR MAPI_CALL get_current_state(void *self, ULONG32 *out) {
    Manager *m = manager_of(self, "GetCurrentState");
    record("%s::GetCurrentState()", interface_of(self));
    if (!out) {
        violation("GetCurrentState without an out-pointer");
        return E_INVALIDARG_;
    }
    if (m->dead) return MAPI_E_END_OF_SESSION_;
    pthread_mutex_lock(&lock);
    *out = (mode & MODE_BAD_STATE) ? STATE_NOISE | 3u : STATE_NOISE | m->profile->state;
    pthread_mutex_unlock(&lock);
    return S_OK_;
}

static HR MAPI_CALL advise(void *self, ULONG32 flags, ADVISEINFO *info, ULONG32 *token) {
    Manager *m = manager_of(self, "Advise");
    if (!info || !token) {
        violation("Advise without an info or an out-pointer");
        return E_INVALIDARG_;
    }
    record("%s::Advise(0x%x, {%s, %u, %s, 0x%x, 0x%x})", interface_of(self), flags,
            info->ulSize == sizeof(ADVISEINFO) ? "sizeof" : "wrong size", info->CallbackType,
            info->pCallback ? "callback" : "NULL", info->ulAdviseTypes, info->ulStateMask);
    if (m->dead) return MAPI_E_END_OF_SESSION_;
    if (flags != ADVISE_DEFAULT || info->ulSize != sizeof(ADVISEINFO) || info->CallbackType != CALLBACK_TYPE_NOTIFY
            || !info->pCallback || info->ulAdviseTypes != ADVISE_TYPE_STATECHANGE || info->ulStateMask != STATE_ALL) {
        violation("Advise(0x%x, {%u, 0x%x, %u, %p, 0x%x, 0x%x})", flags, info->ulSize, info->ulClientToken,
                info->CallbackType, info->pCallback, info->ulAdviseTypes, info->ulStateMask);
        return E_INVALIDARG_;
    }
    NotifyObject *callback = info->pCallback;
    if (!(mode & MODE_UNCHECKED)) {
        HR result = examine_callback(callback);
        if (result != S_OK_) return result;
    }
    callback_add_ref(callback);
    Profile *p = m->profile;
    Registration *r = calloc(1, sizeof *r);
    r->client_token = info->ulClientToken;
    r->callback = callback;
    r->manager = m;
    r->users = 1;
    pthread_mutex_lock(&lock);
    r->token = next_token++;
    r->next = p->registrations;
    p->registrations = r;
    *token = r->token;
    pthread_mutex_unlock(&lock);
    count_up(COUNT_REGISTRATIONS, 1);
    if (mode & MODE_NOTIFY_IN_ADVISE) {
        ULONG32 to = p->state ^ STATE_OFFLINE_MASK;
        change(p, to, 0);
    }
    return S_OK_;
}

static HR MAPI_CALL unadvise(void *self, ULONG32 flags, ULONG32 token) {
    Manager *m = manager_of(self, "Unadvise");
    record("%s::Unadvise(0x%x, token)", interface_of(self), flags);
    if (flags != UNADVISE_DEFAULT) violation("Unadvise with flags 0x%x", flags);
    if (m->dead) return MAPI_E_END_OF_SESSION_;
    Profile *p = m->profile;
    Registration *found = NULL;
    pthread_mutex_lock(&lock);
    for (Registration **at = &p->registrations; *at; at = &(*at)->next) {
        if ((*at)->token == token && (*at)->manager == m) {
            found = *at;
            *at = found->next;
            break;
        }
    }
    if (found && (mode & MODE_NOTIFY_AFTER_UNADVISE)) {
        found->users++;
        enqueue(p, (Op){.kind = OP_LATE, .late = found});
    }
    pthread_mutex_unlock(&lock);
    if (found) {
        count_up(COUNT_REGISTRATIONS, -1);
        unuse(found);
    } else {
        violation("Unadvise of token 0x%08x, which is not registered", token);
    }
    return S_OK_;
}

static const MgrVtbl manager_vtbl = {query_interface, add_ref, release, set_current_state, get_capabilities,
        get_current_state, placeholder6, advise, unadvise,
        {placeholder9, placeholder10, placeholder11, placeholder12, placeholder13, placeholder14, placeholder15}};
static const MgrVtbl offline_vtbl = {query_interface, add_ref, release, set_current_state, get_capabilities,
        get_current_state, placeholder6, not_of_this_interface, not_of_this_interface2,
        {placeholder9, placeholder10, placeholder11, placeholder12, placeholder13, placeholder14, placeholder15}};

EXPORT HR MAPI_CALL HrOpenOfflineObj(
        ULONG32 reserved, const WCHAR16 *name, const GUID16 *guid, const GUID16 *reserved2, void **out) {
    char text[2048], buffer[64];
    record("HrOpenOfflineObj(%u, \"%s\", %s, %s)", reserved, printable(name, text, sizeof text),
            guid_name(guid, buffer), reserved2 ? "not NULL" : "NULL");
    if (reserved || !name || !*name || !guid || !same_guid(guid, &GUID_Global) || reserved2 || !out) {
        violation("HrOpenOfflineObj(%u, %p, %s, %p, %p)", reserved, (const void *) name, guid_name(guid, buffer),
                (const void *) reserved2, (void *) out);
        return E_INVALIDARG_;
    }
    *out = NULL;
    if (mode & MODE_OUTSIDE) return MAPI_E_NOT_FOUND_;
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    if (!p || p->away || (mode & MODE_NULL_OBJECT)) {
        pthread_mutex_unlock(&lock);
        return (mode & MODE_NULL_OBJECT) ? S_OK_ : p ? MAPI_E_END_OF_SESSION_ : MAPI_E_NOT_FOUND_;
    }
    Manager *m = calloc(1, sizeof *m);
    m->vtbl = &manager_vtbl;
    m->magic = MAGIC_MANAGER;
    m->refs = 1;
    m->profile = p;
    for (size_t i = 0; i < sizeof managers / sizeof *managers; i++) {
        if (!managers[i]) {
            managers[i] = m;
            break;
        }
    }
    pthread_mutex_unlock(&lock);
    count_up(COUNT_MANAGERS, 1);
    count_up(COUNT_OPENED, 1);
    *out = m;
    return S_OK_;
}

/* ---- the second set of exports ---- */

static void stop_storm(Profile *p) {
    pthread_mutex_lock(&lock);
    int threads = p->storming;
    p->storming = 0;
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < threads; i++) pthread_join(p->storm[i], NULL);
}

static void *blow(void *argument) {
    Profile *p = argument;
    count_up(COUNT_THREADS, 1);
    for (;;) {
        pthread_mutex_lock(&lock);
        int on = p->storming;
        pthread_mutex_unlock(&lock);
        if (!on) break;
        notify_all(p, NOTIFY_STATECHANGE, STATE_OFFLINE_MASK, STATE_ONLINE, STATE_OFFLINE, 0);
    }
    count_up(COUNT_THREADS, -1);
    return NULL;
}

EXPORT void standin_storm(const WCHAR16 *name, int threads) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    pthread_mutex_unlock(&lock);
    if (!p) return;
    stop_storm(p);
    if (threads > 64) threads = 64;
    p->storming = threads;
    for (int i = 0; i < threads; i++) pthread_create(&p->storm[i], NULL, blow, p);
}

EXPORT void standin_profile(const WCHAR16 *name, ULONG32 capabilities, ULONG32 state) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    if (!p) {
        size_t bytes = (length16(name) + 1) * sizeof(WCHAR16);
        p = calloc(1, sizeof *p);
        p->name = malloc(bytes);
        memcpy(p->name, name, bytes);
        p->next = profiles;
        profiles = p;
        pthread_create(&p->worker, NULL, work, p);
    }
    p->capabilities = capabilities;
    p->state = state;
    pthread_mutex_unlock(&lock);
}

EXPORT void standin_mode(ULONG32 wanted) {
    mode = wanted;
}

static int on_profile(const WCHAR16 *name, Op op) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    if (p) {
        if (op.kind == OP_CHANGE) p->under_way++;
        enqueue(p, op);
    }
    pthread_mutex_unlock(&lock);
    return p != NULL;
}

EXPORT int standin_transition(const WCHAR16 *name, ULONG32 state) {
    return on_profile(name, (Op){.kind = OP_CHANGE, .state = state});
}

EXPORT int standin_start(const WCHAR16 *name, ULONG32 state) {
    return on_profile(name, (Op){.kind = OP_START, .state = state});
}

EXPORT int standin_cancel(const WCHAR16 *name) {
    return on_profile(name, (Op){.kind = OP_CANCEL});
}

EXPORT int standin_foreign(const WCHAR16 *name, ULONG32 type, ULONG32 mask, ULONG32 before, ULONG32 after) {
    return on_profile(name, (Op){.kind = OP_FOREIGN, .type = type, .mask = mask, .before = before, .after = after});
}

EXPORT int standin_state_unnotified(const WCHAR16 *name, ULONG32 state) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    if (p) p->state = state;
    pthread_mutex_unlock(&lock);
    return p != NULL;
}

EXPORT ULONG32 standin_state(const WCHAR16 *name) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    ULONG32 state = p ? p->state : 0;
    pthread_mutex_unlock(&lock);
    return state;
}

EXPORT int standin_fail_next(const WCHAR16 *name, HR result, int afterStart) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    if (p) {
        p->fail_next = 1;
        p->fail_result = result;
        p->fail_after_start = afterStart;
        p->abort_held = afterStart == 2;
    }
    pthread_mutex_unlock(&lock);
    return p != NULL;
}

EXPORT int standin_hold(const WCHAR16 *name, int held) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    if (p) p->held = held;
    if (p && !held) p->abort_held = 0;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&lock);
    return p != NULL;
}

EXPORT int standin_away(const WCHAR16 *name, int away) {
    Registration *dropped = NULL;
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    if (p) p->away = away;
    if (p && away) {
        for (size_t i = 0; i < sizeof managers / sizeof *managers; i++) {
            if (managers[i] && managers[i]->profile == p) managers[i]->dead = 1;
        }
        dropped = p->registrations;
        p->registrations = NULL;
        /* What was accepted and not begun is forgotten, as by a process that ended. */
        Op *kept = p->first;
        p->first = p->last = NULL;
        while (kept) {
            Op *op = kept;
            kept = op->next;
            if (op->kind == OP_REQUEST && !op->done) {
                p->under_way--;
            } else {
                enqueue(p, *op);
            }
            free(op);
        }
        p->starting = 0;
    }
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&lock);
    while (dropped) {
        Registration *r = dropped;
        dropped = r->next;
        count_up(COUNT_REGISTRATIONS, -1);
        unuse(r);
    }
    return p != NULL;
}

EXPORT int standin_open_objects(const WCHAR16 *name) {
    int n = 0;
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    for (size_t i = 0; i < sizeof managers / sizeof *managers; i++) {
        if (managers[i] && managers[i]->profile == p) n++;
    }
    pthread_mutex_unlock(&lock);
    return n;
}

/* Lock held. What is held back on purpose is not waited for. */
static int is_quiet(Profile *p) {
    if (p->busy) return p->abort_held;
    return !p->first || (p->held && p->first->kind == OP_REQUEST);
}

EXPORT void standin_drain_profile(const WCHAR16 *name) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    while (p && !is_quiet(p)) pthread_cond_wait(&moved, &lock);
    pthread_mutex_unlock(&lock);
}

EXPORT void standin_drain(void) {
    pthread_mutex_lock(&lock);
    for (Profile *p = profiles; p; p = p->next) {
        while (!is_quiet(p)) pthread_cond_wait(&moved, &lock);
    }
    pthread_mutex_unlock(&lock);
}

static void end(Profile *p) {
    if (p->stop) return;
    stop_storm(p);
    pthread_mutex_lock(&lock);
    p->held = 0;
    p->stop = 1;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&lock);
    pthread_join(p->worker, NULL);
}

EXPORT int standin_remove(const WCHAR16 *name) {
    pthread_mutex_lock(&lock);
    Profile *p = find_profile(name);
    pthread_mutex_unlock(&lock);
    if (p) end(p);
    return p != NULL;
}

EXPORT void standin_reset(void) {
    mode &= ~(ULONG32) (MODE_NOTIFY_AFTER_UNADVISE | MODE_RELEASE_TOO_OFTEN);
    for (Profile *p = profiles; p; p = p->next) end(p);
    pthread_mutex_lock(&lock);
    mode = 0;
    recording = 0;
    next_token = FIRST_TOKEN;
    trace_length = 0;
    if (trace_text) trace_text[0] = 0;
    violation_text[0] = 0;
    counts[COUNT_VIOLATIONS] = counts[COUNT_NOTIFIED] = counts[COUNT_OPENED] = 0;
    pthread_mutex_unlock(&lock);
}

EXPORT void standin_record(int on) {
    if (on) {
        trace_length = 0;
        if (trace_text) trace_text[0] = 0;
    }
    __atomic_store_n(&recording, on, __ATOMIC_SEQ_CST);
}

static size_t give(const char *text, char *out, size_t size) {
    size_t length = text ? strlen(text) : 0;
    if (size) {
        size_t copied = length < size - 1 ? length : size - 1;
        if (copied) memcpy(out, text, copied);
        out[copied] = 0;
    }
    return length;
}

EXPORT size_t standin_trace(char *out, size_t size) {
    return give(trace_text, out, size);
}

EXPORT size_t standin_violations(char *out, size_t size) {
    return give(violation_text, out, size);
}

EXPORT int64_t standin_count(int what) {
    return __atomic_load_n(&counts[what], __ATOMIC_SEQ_CST);
}
