package io.github.offlinestate.windows.com;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import java.util.Map;

/** HRESULTs that COM gave, in words. */
final class ComFailure {
    /** winerror.h and MAPI's own; the ones of the contract have their names from {@link HResult}. */
    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(0x8000000A, "a change is under way"),
            Map.entry(0x80004001, "E_NOTIMPL: this is not implemented"),
            Map.entry(0x80004002, "the object has no such interface"),
            Map.entry(0x80004003, "E_POINTER: a pointer was not valid"),
            Map.entry(0x80004005, "it failed without a reason (E_FAIL)"),
            Map.entry(0x80010007, "RPC_E_SERVER_DIED: the other process ended"),
            Map.entry(0x80010012, "RPC_E_SERVER_DIED_DNE: the other process ended, the call was not made"),
            Map.entry(0x80010105, "RPC_E_SERVERFAULT: the other side failed inside"),
            Map.entry(0x80010108, "RPC_E_DISCONNECTED: the object is no longer connected to its client"),
            Map.entry(0x8001010E, "RPC_E_WRONG_THREAD: the object belongs to another thread"),
            Map.entry(0x80040102, "this is not supported"),
            Map.entry(0x8004010F, "it was not found"),
            Map.entry(0x80040111, "MAPI_E_LOGON_FAILED: the logon failed"),
            Map.entry(0x80040113, "the user cancelled it"),
            Map.entry(0x80040115, "MAPI_E_NETWORK_ERROR: the network failed"),
            Map.entry(0x80040200, "the session has ended"),
            Map.entry(0x80040605, "MAPI is not initialized, or no longer"),
            Map.entry(0x800401F0, "CO_E_NOTINITIALIZED: COM is not initialized on this thread"),
            Map.entry(0x800401FD, "CO_E_OBJNOTCONNECTED: the object is not connected to its server"),
            Map.entry(0x80070005, "E_ACCESSDENIED: access was denied"),
            Map.entry(0x8007000E, "E_OUTOFMEMORY: there was not enough memory"),
            Map.entry(0x80070057, "an argument was not valid"),
            Map.entry(0x800706BA, "RPC_S_SERVER_UNAVAILABLE: the other process is not there"),
            Map.entry(0x800706BE, "RPC_S_CALL_FAILED: the other process ended during the call"),
            Map.entry(0x8000FFFF, "E_UNEXPECTED: something is badly wrong inside"));

    private ComFailure() {}

    static void check(int hresult, String what) {
        if (hresult < 0) {
            throw of(hresult, what);
        }
    }

    static OfflineStateException of(int hresult, String what) {
        return new OfflineStateException(new HResult(hresult), what + " failed: " + text(hresult));
    }

    private static String text(int hresult) {
        return TEXTS.getOrDefault(hresult, "Outlook gave a code that is not known here");
    }
}
