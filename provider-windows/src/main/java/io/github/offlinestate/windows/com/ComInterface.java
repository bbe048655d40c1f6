package io.github.offlinestate.windows.com;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One reference on a COM object, given back exactly once: when it was closed and no call is under way any more. So a
 * call that races with the closing either happens on a live object or not at all, and nobody waits for anybody.
 */
final class ComInterface implements AutoCloseable {
    private static final int CLOSED = 1 << 30;

    private final Pointer self;
    /** Calls under way, and {@link #CLOSED}. */
    private final AtomicInteger users = new AtomicInteger();

    /** Takes the reference over. */
    ComInterface(Pointer self) {
        this.self = self;
    }

    /**
     * Calls a method.
     *
     * @return its HRESULT
     * @throws OfflineStateException MAPI_E_NOT_INITIALIZED where the reference was given back already
     */
    int call(int slot, Object... arguments) {
        if (!enter()) {
            throw new OfflineStateException(
                    HResult.MAPI_E_NOT_INITIALIZED, "method " + slot + " was called on an object that is closed");
        }
        try {
            return invoke(slot, arguments);
        } finally {
            leave();
        }
    }

    /** Another interface of the same object; the caller closes it. */
    ComInterface query(UUID iid, String name) {
        try (Memory id = Abi.guid(iid);
                Memory out = new Memory(Abi.POINTER_SIZE)) {
            out.clear();
            ComFailure.check(call(Abi.QUERY_INTERFACE, id, out), "QueryInterface for " + name);
            return taken(out, "QueryInterface for " + name);
        }
    }

    /** The object that a call gave; COM has been seen to say S_OK and give none. */
    static ComInterface taken(Pointer out, String what) {
        Pointer object = out.getPointer(0);
        if (object == null) {
            throw new OfflineStateException(
                    HResult.MAPI_E_CALL_FAILED, what + " succeeded, but gave no object: nothing can be done with it");
        }
        return new ComInterface(object);
    }

    @Override
    public void close() {
        if (users.getAndUpdate(n -> n | CLOSED) == 0) {
            invoke(Abi.RELEASE);
        }
    }

    private boolean enter() {
        int before = users.get();
        while ((before & CLOSED) == 0 && !users.compareAndSet(before, before + 1)) {
            before = users.get();
        }
        return (before & CLOSED) == 0;
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSED) {
            invoke(Abi.RELEASE);
        }
    }

    private int invoke(int slot, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = self;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Pointer method = self.getPointer(0).getPointer((long) slot * Abi.POINTER_SIZE);
        return Function.getFunction(method, Abi.convention()).invokeInt(all);
    }
}
