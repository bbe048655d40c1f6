package io.github.offlinestate.tck;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.sim.ChangedBy;
import io.github.offlinestate.sim.RequestFailure;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.tck.backend.BackendControl;
import io.github.offlinestate.tck.backend.PreparedBackend;
import java.io.IOException;

/** The kit for backends on those of the simulated provider, with every hook. */
class SimulatedBackendTckTest extends OfflineStateBackendTck {
    private static final String PROFILE = "Judged";

    @Override
    public PreparedBackend prepare() {
        SimulatedProvider provider =
                SimulatedProvider.builder().profile(PROFILE).build();
        return PreparedBackend.of(provider, PROFILE).withControl(new Source(provider.profile(PROFILE)));
    }

    private record Source(SimulatedProfile profile) implements BackendControl {
        @Override
        public void change(ConnectionState state) {
            profile.go(state, ChangedBy.NETWORK);
        }

        /** Which failure it is, the simulated source says itself. */
        @Override
        public void failNextChange(Exception cause) {
            profile.failNextRequest(RequestFailure.REFUSE);
        }

        @Override
        public void takeAway() {
            profile.goAway(new IOException("taken away by the kit"));
        }

        @Override
        public void bringBack(ConnectionState state) {
            profile.comeBack(state);
        }
    }
}
