package io.github.offlinestate.windows.com;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.github.offlinestate.MapiConstants;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An IMAPIOfflineNotify that COM can hold: a native cell with the address of the vtable, and a count of references. It
 * stays reachable until that count is zero, which may be long after Unadvise: a thread of Outlook's may still be on its
 * way to it. From {@link #detach()} on it lets nothing through any more.
 *
 * <p>A source that calls Release too often, or Notify on an object that is gone, meets memory that is still there: the
 * vtable is kept for good, and cells are used again only after many others ({@link Cells}).
 */
final class NotifyObject {
    private static final Logger LOG = System.getLogger(NotifyObject.class.getName());
    private static final UUID IID = MapiConstants.IID_IMAPI_OFFLINE_NOTIFY;
    private static final int E_POINTER = 0x80004003;

    /** By the cell's address: this map, and nothing else, keeps the objects that COM holds. */
    private static final ConcurrentMap<Pointer, NotifyObject> HELD = new ConcurrentHashMap<>();

    private final Memory cell;
    private final AtomicInteger references = new AtomicInteger(1);
    private volatile @Nullable Consumer<RawNotification> receiver;

    private NotifyObject(Consumer<RawNotification> receiver, Memory cell) {
        this.receiver = receiver;
        this.cell = cell;
    }

    /** A new object with one reference, the maker's. */
    static NotifyObject create(Consumer<RawNotification> receiver) {
        Memory cell = Cells.take();
        NotifyObject object = new NotifyObject(receiver, cell);
        HELD.put(address(cell), object);
        return object;
    }

    /** The object that COM means by this pointer; null where it is gone. */
    static @Nullable NotifyObject at(Pointer self) {
        return HELD.get(address(self));
    }

    /** How many objects somebody still holds. */
    static int held() {
        return HELD.size();
    }

    Pointer pointer() {
        return cell;
    }

    /** Nothing reaches the receiver that begins after this returned. */
    void detach() {
        receiver = null;
    }

    int queryInterface(@Nullable Pointer iid, @Nullable Pointer out) {
        if (out == null) {
            return E_POINTER;
        }
        out.setPointer(0, null);
        if (iid == null) {
            return MapiConstants.E_INVALIDARG;
        }
        UUID wanted = Abi.guid(iid);
        if (!wanted.equals(Abi.IID_IUNKNOWN) && !wanted.equals(IID)) {
            return MapiConstants.E_NOINTERFACE;
        }
        addRef();
        out.setPointer(0, cell);
        return MapiConstants.S_OK;
    }

    int addRef() {
        return references.updateAndGet(n -> n == 0 ? 0 : n + 1);
    }

    int release() {
        int before = references.getAndUpdate(n -> n == 0 ? 0 : n - 1);
        if (before == 1) {
            receiver = null;
            HELD.remove(address(cell));
            Cells.giveBack(cell);
        }
        return Math.max(0, before - 1);
    }

    void onNotify(@Nullable Pointer info) {
        Consumer<RawNotification> to = receiver;
        if (to == null) {
            LOG.log(Level.DEBUG, "a notification came after Unadvise and is dropped");
            return;
        }
        RawNotification notification = RawNotification.read(info);
        if (notification == null) {
            LOG.log(Level.WARNING, "Outlook sent a notification with nothing in it; it is dropped");
            return;
        }
        to.accept(notification);
    }

    /** Without what {@link Memory} adds to the address, and equal on 32 bits however the pointer was made. */
    private static Pointer address(Pointer pointer) {
        long value = Pointer.nativeValue(pointer);
        return new Pointer(Abi.POINTER_SIZE == 4 ? value & 0xffffffffL : value);
    }
}
