package io.github.offlinestate.windows.com;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** The layouts of the reference, for this process's pointer size, and what the calling convention is here. */
final class Abi {
    static final int POINTER_SIZE = Native.POINTER_SIZE;

    /** IUnknown. */
    static final int QUERY_INTERFACE = 0;

    static final int RELEASE = 2;
    /** IMAPIOffline. */
    static final int SET_CURRENT_STATE = 3;

    static final int GET_CAPABILITIES = 4;
    static final int GET_CURRENT_STATE = 5;
    /** IMAPIOfflineMgr; slot 6 and those from 9 on are placeholders and never called. */
    static final int ADVISE = 7;

    static final int UNADVISE = 8;

    /** MAPIOFFLINE_ADVISEINFO: the pointer is aligned to its own size, and so is the whole. */
    static final int ADVISE_CLIENT_TOKEN = 4;

    static final int ADVISE_CALLBACK_TYPE = 8;
    static final int ADVISE_CALLBACK = POINTER_SIZE == 8 ? 16 : 12;
    static final int ADVISE_TYPES = ADVISE_CALLBACK + POINTER_SIZE;
    static final int ADVISE_STATE_MASK = ADVISE_TYPES + 4;
    static final int ADVISE_SIZE = ADVISE_STATE_MASK + 4;

    /** MAPIOFFLINE_NOTIFY: no pointer in it, so the same everywhere. */
    static final int NOTIFY_TYPE = 4;

    static final int NOTIFY_CLIENT_TOKEN = 8;
    static final int NOTIFY_MASK = 12;
    static final int NOTIFY_STATE_OLD = 16;
    static final int NOTIFY_STATE_NEW = 20;
    /** What every notification has: size, type, client token. */
    static final int NOTIFY_HEAD = 12;

    static final int NOTIFY_SIZE = 24;

    static final UUID IID_IUNKNOWN = UUID.fromString("00000000-0000-0000-c000-000000000046");

    private Abi() {}

    /** STDMETHODCALLTYPE is stdcall on 32-bit Windows; everywhere else there is one convention, and JNA refuses two. */
    static boolean hasStdcall() {
        return Platform.isWindows() && POINTER_SIZE == 4;
    }

    static int convention() {
        return hasStdcall() ? Function.ALT_CONVENTION : Function.C_CONVENTION;
    }

    /**
     * A string as COM takes it: UTF-16LE with a NUL, also where wchar_t has four bytes. Unit by unit, since a charset
     * would replace half a character by another name's.
     */
    static Memory wide(String text) {
        ByteBuffer units = ByteBuffer.allocate(2 * (text.length() + 1)).order(ByteOrder.LITTLE_ENDIAN);
        units.asCharBuffer().put(text);
        Memory memory = new Memory(units.capacity());
        memory.write(0, units.array(), 0, units.capacity());
        return memory;
    }

    static Memory guid(UUID id) {
        Memory memory = new Memory(16);
        memory.write(0, guidBytes(id), 0, 16);
        return memory;
    }

    static UUID guid(Pointer at) {
        byte[] b = at.getByteArray(0, 16);
        long high = (b[3] & 0xffL) << 56
                | (b[2] & 0xffL) << 48
                | (b[1] & 0xffL) << 40
                | (b[0] & 0xffL) << 32
                | (b[5] & 0xffL) << 24
                | (b[4] & 0xffL) << 16
                | (b[7] & 0xffL) << 8
                | (b[6] & 0xffL);
        long low = 0;
        for (int i = 8; i < 16; i++) {
            low = low << 8 | (b[i] & 0xffL);
        }
        return new UUID(high, low);
    }

    /** The first three groups are little-endian numbers, the rest bytes in order. */
    private static byte[] guidBytes(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        byte[] b = new byte[16];
        b[0] = (byte) (high >> 32);
        b[1] = (byte) (high >> 40);
        b[2] = (byte) (high >> 48);
        b[3] = (byte) (high >> 56);
        b[4] = (byte) (high >> 16);
        b[5] = (byte) (high >> 24);
        b[6] = (byte) high;
        b[7] = (byte) (high >> 8);
        for (int i = 0; i < 8; i++) {
            b[8 + i] = (byte) (low >> (56 - 8 * i));
        }
        return b;
    }
}
