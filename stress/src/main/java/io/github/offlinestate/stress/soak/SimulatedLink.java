package io.github.offlinestate.stress.soak;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.sim.ChangedBy;
import io.github.offlinestate.sim.SimulatedProfile;
import io.github.offlinestate.stress.model.Told;

/** A profile of provider-sim as a source. */
record SimulatedLink(SimulatedProfile profile) implements Source {
    @Override
    public void change(ConnectionState to) {
        profile.go(to, ChangedBy.NETWORK);
    }

    @Override
    public void mark(int number) {
        profile.notifyForeign(Told.MARK_TYPE, 0, 0, number);
    }

    @Override
    public void giveUp(ConnectionState target, Runnable startTold) {
        profile.announce(target);
        startTold.run();
        profile.callOff();
    }

    @Override
    public void goAway() {
        profile.goAway();
    }

    @Override
    public void comeBack(ConnectionState in) {
        profile.comeBack(in);
    }
}
