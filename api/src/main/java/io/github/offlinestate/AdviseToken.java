package io.github.offlinestate;

/**
 * The handle of a registration, to be handed back to {@link OfflineManager#unadvise(AdviseToken)}. Its value is the
 * provider's own and means nothing to a client. Tokens of live registrations differ, across the objects of a provider
 * too, and one is not given again while its object is open (ADVISE-2).
 *
 * <p>MAPI counterpart: the {@code ULONG} that {@code IMAPIOfflineMgr::Advise} gives; 64 bits here, because 32 would be
 * used up.
 *
 * @param value opaque
 */
public record AdviseToken(long value) {
    @Override
    public String toString() {
        return String.format("AdviseToken[0x%x]", value);
    }
}
