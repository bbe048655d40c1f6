package io.github.offlinestate.tck;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;

/** A provider that forgets client tokens, and to look whether there is anything to be forgotten: it breaks two rules. */
public final class ForgetfulFixture implements ProviderFixture {
    @Override
    public PreparedProvider prepare() {
        PreparedProvider right = new MemoryFixture().prepare();
        NastyProvidersTest.Wrong forgetful =
                new NastyProvidersTest.Wrong(right.provider(), real -> new NastyProvidersTest.Manager(real) {
                    @Override
                    public AdviseToken advise(AdviseInfo info) {
                        return super.advise(info.withClientToken(0));
                    }
                });
        return PreparedProvider.of(forgetful, right.profile());
    }
}
