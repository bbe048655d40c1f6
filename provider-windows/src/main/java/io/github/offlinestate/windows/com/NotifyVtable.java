package io.github.offlinestate.windows.com;

import com.sun.jna.AltCallingConvention;
import com.sun.jna.CallbackProxy;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vtable that all callback objects share: four function pointers, made once and kept for good, so that none can be
 * collected while somebody may call it.
 *
 * <p>Outlook's threads are attached to the JVM at their first call and stay so, as daemons: attaching each time costs
 * thirty times as much, and a thread that is no daemon would keep the JVM from ending.
 */
final class NotifyVtable {
    private static final Logger LOG = System.getLogger(NotifyVtable.class.getName());
    private static final String THREAD_NAME = "offline-state-outlook-notify";

    /** In slot order. */
    private static final List<Method> METHODS = List.of(
            method(int.class, 0, NotifyVtable::queryInterface, Pointer.class, Pointer.class, Pointer.class),
            method(int.class, 0, (self, arguments) -> self.addRef(), Pointer.class),
            method(int.class, 0, (self, arguments) -> self.release(), Pointer.class),
            method(void.class, null, NotifyVtable::onNotify, Pointer.class, Pointer.class));

    private static final Memory TABLE = table();

    private NotifyVtable() {}

    static Pointer address() {
        return TABLE;
    }

    private static Memory table() {
        Memory table = new Memory((long) METHODS.size() * Abi.POINTER_SIZE);
        for (int slot = 0; slot < METHODS.size(); slot++) {
            Method method = METHODS.get(slot);
            // Before the function pointer is taken: JNA ignores it afterwards without a word.
            Native.setCallbackThreadInitializer(method, new CallbackThreadInitializer(true, false, THREAD_NAME));
            table.setPointer((long) slot * Abi.POINTER_SIZE, CallbackReference.getFunctionPointer(method));
        }
        return table;
    }

    private static @Nullable Object queryInterface(NotifyObject self, @Nullable Object[] arguments) {
        return self.queryInterface((Pointer) arguments[1], (Pointer) arguments[2]);
    }

    private static @Nullable Object onNotify(NotifyObject self, @Nullable Object[] arguments) {
        self.onNotify((Pointer) arguments[1]);
        return null;
    }

    private static Method method(Class<?> returns, @Nullable Object nothing, Body body, Class<?>... parameters) {
        return Abi.hasStdcall()
                ? new StdcallMethod(returns, nothing, body, parameters)
                : new Method(returns, nothing, body, parameters);
    }

    private interface Body {
        @Nullable
        Object run(NotifyObject self, @Nullable Object[] arguments);
    }

    /** A method of the vtable, as JNA calls it. */
    private static class Method implements CallbackProxy {
        private final Class<?> returns;
        private final @Nullable Object nothing;
        private final Body body;
        private final Class<?>[] parameters;

        Method(Class<?> returns, @Nullable Object nothing, Body body, Class<?>... parameters) {
            this.returns = returns;
            this.nothing = nothing;
            this.body = body;
            this.parameters = parameters;
        }

        @Override
        public @Nullable Object callback(@Nullable Object[] arguments) {
            try {
                NotifyObject self = arguments[0] instanceof Pointer pointer ? NotifyObject.at(pointer) : null;
                if (self == null) {
                    log(Level.WARNING, "Outlook called a callback object that it had released", null);
                    return nothing;
                }
                return body.run(self, arguments);
            } catch (Throwable thrown) {
                // Nothing may cross into COM, an Error as little as an exception.
                log(Level.ERROR, "what Outlook called failed", thrown);
                return nothing;
            }
        }

        private static void log(Level level, String message, @Nullable Throwable thrown) {
            try {
                LOG.log(level, message, thrown);
            } catch (Throwable alsoFailed) {
                // There is nobody left who could be told.
            }
        }

        @Override
        public Class<?>[] getParameterTypes() {
            return parameters;
        }

        @Override
        public Class<?> getReturnType() {
            return returns;
        }
    }

    private static final class StdcallMethod extends Method implements AltCallingConvention {
        StdcallMethod(Class<?> returns, @Nullable Object nothing, Body body, Class<?>... parameters) {
            super(returns, nothing, body, parameters);
        }
    }
}
