package io.github.offlinestate.stress.soak;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.stress.model.Told;
import io.github.offlinestate.tck.fixture.ProviderControl;

/** A source as the compatibility kit controls it. */
record ControlledSource(ProviderControl control, String profile, OfflineManager manager) implements Source {
    /** Something that a fixture can make happen. */
    private interface Action {
        void run() throws Exception;
    }

    private static void run(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void change(ConnectionState to) {
        run(() -> control.change(profile, to));
    }

    @Override
    public void mark(int number) {
        run(() -> control.sendForeign(profile, Told.MARK_TYPE, 0, 0, number));
    }

    @Override
    public void giveUp(ConnectionState target, Runnable startTold) {
        run(() -> {
            Runnable fail = control.failNextChangeAfterStart(profile, new IllegalStateException("fails on purpose"));
            manager.setCurrentState(target, SetFlag.DEFAULT);
            startTold.run();
            fail.run();
        });
    }

    @Override
    public void goAway() {
        run(() -> control.takeAway(profile, new IllegalStateException("goes away on purpose")));
    }

    @Override
    public void comeBack(ConnectionState in) {
        run(() -> control.bringBack(profile, in));
    }
}
