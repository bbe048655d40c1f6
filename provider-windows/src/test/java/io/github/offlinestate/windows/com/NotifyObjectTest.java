package io.github.offlinestate.windows.com;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.github.offlinestate.MapiConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The callback object as a caller sees it who has an address and the vtable, also one who gives it nonsense. */
@Tag("native")
class NotifyObjectTest {
    private static final int E_POINTER = 0x80004003;
    private static final int ADD_REF = 1;
    private static final int NOTIFY = 3;

    private final int heldBefore = NotifyObject.held();
    private final List<RawNotification> received = new ArrayList<>();
    private final NotifyObject object = NotifyObject.create(received::add);
    private final Pointer self = object.pointer();

    @AfterEach
    void release() {
        object.release();
        assertThat(NotifyObject.held()).isEqualTo(heldBefore);
    }

    private static Function method(Pointer of, int slot) {
        Pointer vtable = of.getPointer(0);
        return Function.getFunction(vtable.getPointer((long) slot * Abi.POINTER_SIZE), Abi.convention());
    }

    private int call(int slot, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = self;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return method(self, slot).invokeInt(all);
    }

    private int query(UUID iid, Memory out) {
        try (Memory id = Abi.guid(iid)) {
            return call(Abi.QUERY_INTERFACE, id, out);
        }
    }

    @Test
    void countsReferencesAndTellsHowManyAreLeft() {
        assertThat(call(ADD_REF)).isEqualTo(2);
        assertThat(call(ADD_REF)).isEqualTo(3);
        assertThat(call(Abi.RELEASE)).isEqualTo(2);
        assertThat(call(Abi.RELEASE)).isEqualTo(1);
    }

    /** Unadvise cuts off; a thread of Outlook's may still hold a reference then, and use it. */
    @Test
    void livesUntilTheLastReleaseAndNotUntilItIsCutOff() {
        object.detach();
        assertThat(call(ADD_REF)).isEqualTo(2);
        assertThat(call(Abi.RELEASE)).isEqualTo(1);
    }

    @Test
    void answersItsTwoInterfacesAndNoOther() {
        try (Memory out = new Memory(Abi.POINTER_SIZE)) {
            for (UUID iid : List.of(Abi.IID_IUNKNOWN, MapiConstants.IID_IMAPI_OFFLINE_NOTIFY)) {
                out.clear();
                assertThat(query(iid, out)).isEqualTo(MapiConstants.S_OK);
                assertThat(out.getPointer(0)).isEqualTo(new Pointer(Pointer.nativeValue(self)));
                assertThat(call(Abi.RELEASE)).isEqualTo(1);
            }
            for (UUID iid : List.of(MapiConstants.IID_IMAPI_OFFLINE, MapiConstants.IID_IMAPI_OFFLINE_MGR)) {
                out.setPointer(0, self);
                assertThat(query(iid, out)).isEqualTo(MapiConstants.E_NOINTERFACE);
                assertThat(out.getPointer(0)).isNull();
            }
            assertThat(call(ADD_REF)).isEqualTo(2);
            assertThat(call(Abi.RELEASE)).isEqualTo(1);
        }
    }

    @Test
    void nullsAreRefusedAndNotFollowed() {
        try (Memory out = new Memory(Abi.POINTER_SIZE)) {
            out.setPointer(0, self);
            assertThat(call(Abi.QUERY_INTERFACE, Pointer.NULL, out)).isEqualTo(MapiConstants.E_INVALIDARG);
            assertThat(out.getPointer(0)).isNull();
            try (Memory id = Abi.guid(Abi.IID_IUNKNOWN)) {
                assertThat(call(Abi.QUERY_INTERFACE, id, Pointer.NULL)).isEqualTo(E_POINTER);
            }
            method(self, NOTIFY).invokeVoid(new Object[] {self, Pointer.NULL});
            assertThat(method(self, ADD_REF).invokeInt(new Object[] {Pointer.NULL}))
                    .isZero();
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 11, 12, 23, 24, 25, 0x7fff_ffff, -1})
    void aNotificationIsReadAsFarAsItSaysThatItReaches(int size) {
        try (Memory info = new Memory(Abi.NOTIFY_SIZE)) {
            int[] fields = {size, 2, 7, 3, 2, 1};
            info.write(0, fields, 0, fields.length);
            method(self, NOTIFY).invokeVoid(new Object[] {self, info});
        }
        if (Integer.compareUnsigned(size, 12) < 0) {
            assertThat(received).isEmpty();
        } else if (Integer.compareUnsigned(size, 24) < 0) {
            assertThat(received).containsExactly(new RawNotification(size, 2, 7, 0, 0, 0));
        } else {
            assertThat(received).containsExactly(new RawNotification(size, 2, 7, 3, 2, 1));
        }
    }

    @Test
    void whoCallsAnObjectThatIsGoneMeetsNothingAndReachesNobody() {
        NotifyObject gone = NotifyObject.create(received::add);
        Pointer address = gone.pointer();
        assertThat(method(address, Abi.RELEASE).invokeInt(new Object[] {address}))
                .isZero();
        assertThat(method(address, ADD_REF).invokeInt(new Object[] {address})).isZero();
        assertThat(method(address, Abi.RELEASE).invokeInt(new Object[] {address}))
                .isZero();
        try (Memory info = new Memory(Abi.NOTIFY_SIZE)) {
            info.clear();
            info.setInt(0, Abi.NOTIFY_SIZE);
            method(address, NOTIFY).invokeVoid(new Object[] {address, info});
        }
        assertThat(received).isEmpty();
    }
}
