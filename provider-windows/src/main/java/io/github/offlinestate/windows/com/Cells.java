package io.github.offlinestate.windows.com;

import com.sun.jna.Memory;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The native halves of the callback objects. One that was given back is used again only after {@link #RESTING} others,
 * and never freed: a source that calls it once more then finds the vtable, and an object that is gone, not foreign
 * memory.
 */
final class Cells {
    private static final int RESTING = 1024;

    private static final Deque<Memory> RETURNED = new ArrayDeque<>();

    private Cells() {}

    static Memory take() {
        synchronized (RETURNED) {
            if (RETURNED.size() > RESTING) {
                return RETURNED.removeFirst();
            }
        }
        Memory cell = new Memory(Abi.POINTER_SIZE);
        cell.setPointer(0, NotifyVtable.address());
        return cell;
    }

    static void giveBack(Memory cell) {
        synchronized (RETURNED) {
            RETURNED.addLast(cell);
        }
    }
}
