/*
 * A client as the reference's own sample is one: opens the profile, asks for IMAPIOffline and the capabilities, advises,
 * is notified of a change, reads the state, sets it, unadvises and releases. Compares what the library recorded with the
 * trace file that the test of the Java binding is held to as well. Then registrations come and go while native threads
 * notify, so that a sanitizer has something to look at.
 *
 *   sample_client LIBRARY TRACE_FILE        prints SAMPLE CLIENT PASSED <bits>, and only that line counts
 */
#include "standin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
static void *load(const char *path) { return (void *) LoadLibraryA(path); }
static void *find(void *library, const char *name) { return (void *) (uintptr_t) GetProcAddress(library, name); }
#else
#include <dlfcn.h>
static void *load(const char *path) { return dlopen(path, RTLD_NOW); }
static void *find(void *library, const char *name) { return dlsym(library, name); }
#endif

#define CHECK(condition)                                                         \
    do {                                                                         \
        if (!(condition)) {                                                      \
            printf("SAMPLE CLIENT FAILED line %d: %s\n", __LINE__, #condition); \
            exit(1);                                                             \
        }                                                                        \
    } while (0)

static int references = 1;
static ULONG32 seen[16][5];
static volatile int notified;
static int raced;

static ULONG32 MAPI_CALL add_ref(void *self) {
    (void) self;
    return (ULONG32) __atomic_add_fetch(&references, 1, __ATOMIC_SEQ_CST);
}
static ULONG32 MAPI_CALL release(void *self) {
    (void) self;
    return (ULONG32) __atomic_sub_fetch(&references, 1, __ATOMIC_SEQ_CST);
}
static HR MAPI_CALL query_interface(void *self, const GUID16 *iid, void **out) {
    if (!out) return E_POINTER_;
    *out = NULL;
    if (memcmp(iid, &IID_Unknown, 16) != 0 && memcmp(iid, &IID_OfflineNotify, 16) != 0) return E_NOINTERFACE_;
    add_ref(self);
    *out = self;
    return S_OK_;
}
static void MAPI_CALL notify(void *self, const NOTIFYINFO *info) {
    (void) self;
    if (info->Info.StateChange.ulMask != STATE_OFFLINE_MASK || notified >= 16) return;
    ULONG32 *to = seen[notified];
    to[0] = info->ulSize;
    to[1] = info->NotifyType;
    to[2] = info->ulClientToken;
    to[3] = info->Info.StateChange.ulStateOld;
    to[4] = info->Info.StateChange.ulStateNew;
    notified++;
}

static void MAPI_CALL count_only(void *self, const NOTIFYINFO *info) {
    (void) self;
    CHECK(info->ulSize == sizeof(NOTIFYINFO));
    __atomic_add_fetch(&raced, 1, __ATOMIC_SEQ_CST);
}

static void expect_triple(int first, ULONG32 before, ULONG32 after) {
    for (int i = 0; i < 3; i++) {
        CHECK(seen[first + i][0] == sizeof(NOTIFYINFO));
        CHECK(seen[first + i][1] == (ULONG32) i + 1);
        CHECK(seen[first + i][2] == 0x80000001u);
        CHECK(seen[first + i][3] == before);
        CHECK(seen[first + i][4] == after);
    }
}

static OpenOfflineObj entry_point(void *library) {
    const char *names[] = {"HrOpenOfflineObj@20", "HrOpenOfflineObj"};
    int first = sizeof(void *) == 4 ? 0 : 1;
    void *found = find(library, names[first]);
    return (OpenOfflineObj) (found ? found : find(library, names[1 - first]));
}

int main(int argc, char **argv) {
    static const WCHAR16 name[] = {'O', 'u', 't', 'l', 'o', 'o', 'k', ' ', 0xd83d, 0xde00, 0};
    static const WCHAR16 unknown[] = {'n', 'o', 0};
    static const NotifyVtbl vtbl = {query_interface, add_ref, release, notify};
    static const NotifyVtbl counting = {query_interface, add_ref, release, count_only};
    CHECK(argc == 3);
    void *library = load(argv[1]);
    CHECK(library);
    void (*reset)(void) = (void (*)(void)) find(library, "standin_reset");
    void (*profile)(const WCHAR16 *, ULONG32, ULONG32) =
            (void (*)(const WCHAR16 *, ULONG32, ULONG32)) find(library, "standin_profile");
    int (*transition)(const WCHAR16 *, ULONG32) = (int (*)(const WCHAR16 *, ULONG32)) find(library, "standin_transition");
    void (*drain)(void) = (void (*)(void)) find(library, "standin_drain");
    void (*recording)(int) = (void (*)(int)) find(library, "standin_record");
    size_t (*trace)(char *, size_t) = (size_t(*)(char *, size_t)) find(library, "standin_trace");
    size_t (*violations)(char *, size_t) = (size_t(*)(char *, size_t)) find(library, "standin_violations");
    int64_t (*count)(int) = (int64_t(*)(int)) find(library, "standin_count");
    void (*storm)(const WCHAR16 *, int) = (void (*)(const WCHAR16 *, int)) find(library, "standin_storm");
    void (*mode)(ULONG32) = (void (*)(ULONG32)) find(library, "standin_mode");
    CHECK(reset && profile && transition && drain && recording && trace && violations && count && storm && mode);
    OpenOfflineObj open = entry_point(library);
    CHECK(open);

    reset();
    profile(name, CAPABILITY_OFFLINE | CAPABILITY_ONLINE, STATE_ONLINE);
    void *none = (void *) 1;
    CHECK(open(0, unknown, &GUID_Global, NULL, &none) == MAPI_E_NOT_FOUND_ && none == NULL);

    recording(1);
    MgrObject *manager = NULL, *offline = NULL;
    CHECK(open(0, name, &GUID_Global, NULL, (void **) &manager) == S_OK_ && manager);
    ULONG32 capabilities = 0, state = 0, token = 0;
    CHECK(manager->vtbl->QueryInterface(manager, &IID_Offline, (void **) &offline) == S_OK_);
    CHECK(offline->vtbl->GetCapabilities(offline, &capabilities) == S_OK_);
    CHECK(capabilities == (CAPABILITY_OFFLINE | CAPABILITY_ONLINE));
    offline->vtbl->Release(offline);

    NotifyObject object = {&vtbl};
    ADVISEINFO info = {.ulSize = sizeof info, .ulClientToken = 0x80000001u, .CallbackType = CALLBACK_TYPE_NOTIFY,
            .pCallback = &object, .ulAdviseTypes = ADVISE_TYPE_STATECHANGE, .ulStateMask = STATE_ALL};
    CHECK(manager->vtbl->Advise(manager, ADVISE_DEFAULT, &info, &token) == S_OK_);
    CHECK(references == 2);
    CHECK(transition(name, STATE_OFFLINE));
    drain();
    CHECK(notified == 3);
    expect_triple(0, STATE_ONLINE, STATE_OFFLINE);

    CHECK(manager->vtbl->QueryInterface(manager, &IID_Offline, (void **) &offline) == S_OK_);
    CHECK(offline->vtbl->GetCurrentState(offline, &state) == S_OK_);
    CHECK((state & STATE_OFFLINE_MASK) == STATE_OFFLINE);
    offline->vtbl->Release(offline);

    CHECK(manager->vtbl->QueryInterface(manager, &IID_Offline, (void **) &offline) == S_OK_);
    CHECK(offline->vtbl->SetCurrentState(offline, FLAG_DEFAULT, STATE_OFFLINE_MASK, STATE_ONLINE, NULL) == S_OK_);
    offline->vtbl->Release(offline);
    drain();
    CHECK(notified == 6);
    expect_triple(3, STATE_OFFLINE, STATE_ONLINE);

    CHECK(manager->vtbl->Unadvise(manager, UNADVISE_DEFAULT, token) == S_OK_);
    manager->vtbl->Release(manager);
    recording(0);

    CHECK(open(0, name, &GUID_Global, NULL, (void **) &manager) == S_OK_ && manager);
    NotifyObject racing = {&counting};
    info.pCallback = &racing;
    mode(MODE_UNCHECKED);
    storm(name, 8);
    for (int i = 0; i < 20000 || __atomic_load_n(&raced, __ATOMIC_SEQ_CST) < 1000; i++) {
        CHECK(manager->vtbl->Advise(manager, ADVISE_DEFAULT, &info, &token) == S_OK_);
        CHECK(manager->vtbl->Unadvise(manager, UNADVISE_DEFAULT, token) == S_OK_);
    }
    storm(name, 0);
    manager->vtbl->Release(manager);
    drain();
    CHECK(__atomic_load_n(&references, __ATOMIC_SEQ_CST) == 1);
    for (int what = COUNT_MANAGERS; what <= COUNT_REGISTRATIONS; what++) CHECK(count(what) == 0);

    static char text[65536], expected[65536];
    violations(text, sizeof text);
    if (text[0]) printf("%s", text);
    CHECK(count(COUNT_VIOLATIONS) == 0);
    trace(text, sizeof text);
    FILE *file = fopen(argv[2], "rb");
    CHECK(file);
    size_t length = 0;
    for (int c; (c = fgetc(file)) != EOF && length < sizeof expected - 1;) {
        if (c != '\r') expected[length++] = (char) c;
    }
    fclose(file);
    if (strcmp(text, expected) != 0) printf("recorded:\n%sexpected:\n%s", text, expected);
    CHECK(strcmp(text, expected) == 0);
    reset();
    printf("SAMPLE CLIENT PASSED %d\n", (int) sizeof(void *) * 8);
    return 0;
}
