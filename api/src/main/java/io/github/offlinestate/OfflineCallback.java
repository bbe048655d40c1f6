package io.github.offlinestate;

/**
 * Anything that can be handed over as a callback. It has no method: {@link OfflineManager#advise(AdviseInfo)} takes
 * one and refuses with {@link HResult#E_NOINTERFACE} what is not an {@link OfflineNotify} (ADVISE-3).
 *
 * <p>MAPI counterpart: the {@code IUnknown} of {@code MAPIOFFLINE_ADVISEINFO.pCallback}.
 */
public interface OfflineCallback {}
