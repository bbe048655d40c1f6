package com.example.kit;

import io.github.offlinestate.tck.OfflineStateProviderTck;
import io.github.offlinestate.tck.fixture.PreparedProvider;

/** The first way, with the provider that is wrong on purpose: it has to fail. */
class ForgetfulSubclassTest extends OfflineStateProviderTck {
    @Override
    public PreparedProvider prepare() {
        return new ForgetfulFixture().prepare();
    }
}
