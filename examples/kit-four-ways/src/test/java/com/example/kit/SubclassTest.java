package com.example.kit;

import io.github.offlinestate.tck.OfflineStateProviderTck;
import io.github.offlinestate.tck.fixture.PreparedProvider;

/** The first way: a test class of one's own. */
class SubclassTest extends OfflineStateProviderTck {
    @Override
    public PreparedProvider prepare() {
        return new KitFixture().prepare();
    }
}
