package io.github.offlinestate.tck.check;

import io.github.offlinestate.ConnectionState;

/** What a source does, a thousand times over, while a client lags. */
final class Course {
    /** A type and a mask that mean nothing to anybody. */
    static final int FOREIGN = 0x7001;

    static final int FOREIGN_MASK = 0x30;

    private final ProviderTrial trial;
    private final Scene scene;
    private ConnectionState last;
    private int changes;

    Course(ProviderTrial trial, Scene scene) {
        this.trial = trial;
        this.scene = scene;
        this.last = scene.from();
    }

    /** The state that it is in. */
    ConnectionState last() {
        return last;
    }

    /** How many told changes it has made. */
    int changes() {
        return changes;
    }

    /** A change that is told; where the way back is not, after that. */
    void change() {
        if (!scene.capabilities().notifies(last.opposite())) {
            go(last.opposite());
        }
        go(last.opposite());
        changes++;
    }

    private void go(ConnectionState state) {
        last = state;
        trial.countChange();
        trial.control().changeUnrecorded(scene.profile(), state);
    }

    void change(int times) {
        for (int change = 0; change < times; change++) {
            change();
        }
    }

    void loseAndRestore(int times) {
        for (int loss = 0; loss < times; loss++) {
            trial.control().loseAndRestoreUnrecorded(scene.profile(), trial.onPurpose(), last);
        }
    }

    void sendForeign(int times) {
        for (int notification = 0; notification < times; notification++) {
            trial.control().sendForeignUnrecorded(scene.profile(), FOREIGN, FOREIGN_MASK);
        }
    }
}
