package io.github.offlinestate.windows.com;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.OfflineStateException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An IMAPIOfflineMgr. It makes the calls that the reference's sample makes, with the same arguments: whatever reads or
 * sets goes through an IMAPIOffline that is asked for and given back each time. FLAG_BLOCK is never used: inside a
 * notification it hangs Outlook, and outside it the waiting is the engine's.
 */
public final class OfflineObject implements AutoCloseable {

    private final ComInterface manager;

    OfflineObject(ComInterface manager) {
        this.manager = manager;
    }

    /**
     * GetCapabilities.
     *
     * @return all bits, as they came
     */
    public Capabilities capabilities() {
        return new Capabilities(read(Abi.GET_CAPABILITIES, "GetCapabilities"));
    }

    /**
     * GetCurrentState.
     *
     * @return the state without the bits that mean something else
     * @throws OfflineStateException with the value, where it is neither online nor offline
     */
    public ConnectionState state() {
        return state(read(Abi.GET_CURRENT_STATE, "GetCurrentState"), "GetCurrentState");
    }

    /**
     * SetCurrentState without waiting.
     *
     * @param target the wanted state
     */
    public void requestState(ConnectionState target) {
        onOffline(offline -> {
            int result = offline.call(
                    Abi.SET_CURRENT_STATE,
                    MapiConstants.MAPIOFFLINE_FLAG_DEFAULT,
                    MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK,
                    target.code(),
                    Pointer.NULL);
            ComFailure.check(result, "SetCurrentState(" + target + ")");
            return result;
        });
    }

    /**
     * Advise. The receiver may be called before this returns, and on any thread; what it throws is logged.
     *
     * @param clientToken given back with each notification
     * @param receiver gets every notification, whatever its type
     * @return the registration; closing it is Unadvise
     */
    public Advised advise(int clientToken, Consumer<RawNotification> receiver) {
        NotifyObject callback = NotifyObject.create(receiver);
        try (Memory info = new Memory(Abi.ADVISE_SIZE);
                Memory token = new Memory(4)) {
            info.clear();
            info.setInt(0, Abi.ADVISE_SIZE);
            info.setInt(Abi.ADVISE_CLIENT_TOKEN, clientToken);
            info.setInt(Abi.ADVISE_CALLBACK_TYPE, MapiConstants.MAPIOFFLINE_CALLBACK_TYPE_NOTIFY);
            info.setPointer(Abi.ADVISE_CALLBACK, callback.pointer());
            info.setInt(Abi.ADVISE_TYPES, MapiConstants.MAPIOFFLINE_ADVISE_TYPE_STATECHANGE);
            info.setInt(Abi.ADVISE_STATE_MASK, MapiConstants.MAPIOFFLINE_STATE_ALL);
            token.clear();
            int result = manager.call(Abi.ADVISE, MapiConstants.MAPIOFFLINE_ADVISE_DEFAULT, info, token);
            ComFailure.check(result, "Advise");
            return new Advised(manager, token.getInt(0), callback);
        } catch (RuntimeException | Error failed) {
            callback.detach();
            throw failed;
        } finally {
            // The maker's reference; what COM took for itself keeps the object.
            callback.release();
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private int read(int slot, String what) {
        return onOffline(offline -> {
            try (Memory out = new Memory(4)) {
                out.clear();
                ComFailure.check(offline.call(slot, out), what);
                return out.getInt(0);
            }
        });
    }

    private <T> T onOffline(Function<ComInterface, T> use) {
        try (ComInterface offline = manager.query(MapiConstants.IID_IMAPI_OFFLINE, "IMAPIOffline")) {
            return use.apply(offline);
        }
    }

    /**
     * The state in a raw value, which may carry bits that mean something else.
     *
     * @param raw as COM gave it
     * @param source what gave it, for the message
     * @return the state
     * @throws OfflineStateException with the value, where it is neither online nor offline
     */
    public static ConnectionState state(int raw, String source) {
        return switch (raw & MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK) {
            case MapiConstants.MAPIOFFLINE_STATE_OFFLINE -> ConnectionState.OFFLINE;
            case MapiConstants.MAPIOFFLINE_STATE_ONLINE -> ConnectionState.ONLINE;
            default ->
                throw new OfflineStateException(
                        HResult.MAPI_E_CALL_FAILED,
                        String.format("%s gave 0x%X, which is neither online (2) nor offline (1)", source, raw));
        };
    }

    /** A registration at COM. */
    public static final class Advised implements AutoCloseable {
        private final ComInterface manager;
        private final int token;
        private final NotifyObject callback;
        private final AtomicBoolean closed = new AtomicBoolean();

        Advised(ComInterface manager, int token, NotifyObject callback) {
            this.manager = manager;
            this.token = token;
            this.callback = callback;
        }

        /**
         * Unadvise, once. After it returns, nothing reaches the receiver that had not begun before.
         *
         * @throws OfflineStateException where COM refuses; the receiver is cut off all the same
         */
        @Override
        public void close() {
            if (closed.getAndSet(true)) {
                return;
            }
            callback.detach();
            int result = manager.call(Abi.UNADVISE, MapiConstants.MAPIOFFLINE_UNADVISE_DEFAULT, token);
            ComFailure.check(result, "Unadvise");
        }
    }
}
