package com.example.kit;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;

/** A provider that is wrong on purpose: it forgets client tokens, and does not look whether there is an info at all. */
public final class ForgetfulFixture implements ProviderFixture {
    @Override
    public PreparedProvider prepare() {
        PreparedProvider right = new KitFixture().prepare();
        return PreparedProvider.of(new Provider(right.provider()), right.profile());
    }

    private record Provider(OfflineStateProvider right) implements OfflineStateProvider {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public OfflineManager open(String profile) {
            return new Manager(right.open(profile));
        }
    }

    private record Manager(OfflineManager right) implements OfflineManager {
        @Override
        public AdviseToken advise(AdviseInfo info) {
            return right.advise(info.withClientToken(0));
        }

        @Override
        public void unadvise(AdviseToken token) {
            right.unadvise(token);
        }

        @Override
        public Capabilities capabilities() {
            return right.capabilities();
        }

        @Override
        public ConnectionState currentState() {
            return right.currentState();
        }

        @Override
        public void setCurrentState(ConnectionState state, SetFlag flag) {
            right.setCurrentState(state, flag);
        }

        @Override
        public boolean canSet() {
            return right.canSet();
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
