package io.github.offlinestate;

import java.util.List;

/**
 * A source of online/offline states, found by {@link java.util.ServiceLoader}. Applications use it through
 * {@link OfflineManagers}; implementers build on {@code BackendProvider} of the module {@code io.github.offlinestate.spi},
 * which gives any backend the whole contract, or implement this interface straight and keep the contract themselves.
 *
 * <p>MAPI counterpart: none; the reference has one source, Outlook.
 *
 * <p>Making an instance, and all methods but {@link #open}, load no native library and open nothing (FIND-2). All
 * methods may be called from any thread.
 */
public interface OfflineStateProvider {
    /**
     * The name that the provider is chosen by, as {@code outlook}.
     *
     * @return not blank; the same at every call
     */
    String name();

    /**
     * Which of several usable providers is taken where nobody names one: the highest (FIND-5).
     *
     * @return any number; 0 unless overridden
     */
    default int priority() {
        return 0;
    }

    /**
     * Whether the provider is taken only by those who name it (FIND-5): right for simulations.
     *
     * @return false unless overridden
     */
    default boolean byNameOnly() {
        return false;
    }

    /**
     * Whether the provider can work here, and if not, why (FIND-2).
     *
     * @return available unless overridden
     */
    default Availability availability() {
        return Availability.available();
    }

    /**
     * The names of the profiles, the default first (FIND-6). A provider that cannot list them gives none, and profiles
     * are then opened by name only.
     *
     * @return the names; empty unless overridden
     * @throws OfflineStateException where the source cannot be asked
     */
    default List<String> profiles() {
        return List.of();
    }

    /**
     * Opens a profile's offline object.
     *
     * <p>MAPI counterpart: {@code HrOpenOfflineObj}.
     *
     * @param profile the name, any Unicode without NUL (OPEN-3)
     * @return an open object; the caller closes it
     * @throws OfflineStateException {@link HResult#E_INVALIDARG} for a name that is null, empty or holds NUL
     *     (OPEN-6); {@link HResult#MAPI_E_NOT_FOUND} for an unknown profile (OPEN-2);
     *     {@link HResult#MAPI_E_END_OF_SESSION} while the backend is away (OPEN-7);
     *     {@link HResult#MAPI_E_CALL_FAILED} and the cause where the backend fails otherwise
     */
    OfflineManager open(String profile);
}
