package com.example.kit;

import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;

/** What is judged in all four ways: the simulated provider; yours instead. */
public final class KitFixture implements ProviderFixture {
    @Override
    public PreparedProvider prepare() {
        return PreparedProvider.of(SimulatedProvider.builder().profile("Default").build(), "Default");
    }
}
