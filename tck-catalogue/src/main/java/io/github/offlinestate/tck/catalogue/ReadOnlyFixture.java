package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.Capabilities;

/** A fixture of providers whose source nobody can set. */
final class ReadOnlyFixture extends MemoryFixture {
    ReadOnlyFixture(ProviderMaker maker) {
        super(() -> new MemorySource(Capabilities.BOTH, false), maker);
    }

    @Override
    public boolean readOnly() {
        return true;
    }
}
