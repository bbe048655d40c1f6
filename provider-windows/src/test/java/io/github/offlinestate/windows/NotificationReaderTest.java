package io.github.offlinestate.windows;

import static io.github.offlinestate.ConnectionState.OFFLINE;
import static io.github.offlinestate.ConnectionState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.windows.com.RawNotification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationReaderTest {
    private final List<String> told = new ArrayList<>();
    private final NotificationReader reader = new NotificationReader(new NotificationReader.Listener() {
        @Override
        public void starting(ConnectionState target) {
            told.add("starting " + target);
        }

        @Override
        public void changed(ConnectionState now) {
            told.add("changed " + now);
        }

        @Override
        public void cancelled() {
            told.add("cancelled");
        }

        @Override
        public void other(int type, int mask, int oldState, int newState) {
            told.add("other " + type + " " + mask + " " + oldState + " " + newState);
        }
    });

    private void passing(boolean complete) {
        reader.pass(complete, () -> {});
    }

    private void start(ConnectionState to) {
        send(1, to.opposite(), to);
    }

    private void change(ConnectionState to) {
        send(2, to.opposite(), to);
    }

    private void done(ConnectionState to) {
        send(3, to.opposite(), to);
    }

    private void send(int type, ConnectionState from, ConnectionState to) {
        reader.accept(new RawNotification(24, type, 0, 3, from.code(), to.code()));
    }

    @Test
    void aTripleIsOneChange() {
        passing(true);
        start(OFFLINE);
        change(OFFLINE);
        done(OFFLINE);
        assertThat(told).containsExactly("starting OFFLINE", "changed OFFLINE");
    }

    @Test
    void withoutItsStart() {
        passing(true);
        change(OFFLINE);
        done(OFFLINE);
        change(ONLINE);
        done(ONLINE);
        assertThat(told).containsExactly("changed OFFLINE", "changed ONLINE");
    }

    @Test
    void withItsDoneAlone() {
        passing(true);
        done(OFFLINE);
        done(ONLINE);
        assertThat(told).containsExactly("changed OFFLINE", "changed ONLINE");
    }

    @Test
    void eachTwice() {
        passing(false);
        for (int i = 0; i < 2; i++) {
            start(OFFLINE);
            start(OFFLINE);
            change(OFFLINE);
            change(OFFLINE);
            done(OFFLINE);
            done(OFFLINE);
        }
        assertThat(told).containsExactly("starting OFFLINE", "changed OFFLINE", "starting OFFLINE", "changed OFFLINE");
    }

    @Test
    void inReverseTheChangeIsToldAndTheLateStartIsNot() {
        passing(true);
        done(OFFLINE);
        change(OFFLINE);
        start(OFFLINE);
        assertThat(told).containsOnly("changed OFFLINE");
    }

    @Test
    void anAbort() {
        passing(true);
        start(OFFLINE);
        send(3, ONLINE, ONLINE);
        send(3, ONLINE, ONLINE);
        change(OFFLINE);
        assertThat(told).containsExactly("starting OFFLINE", "cancelled", "changed OFFLINE");
    }

    @Test
    void oneDirectionOnlyRepeatsItselfRightly() {
        passing(false);
        for (int i = 0; i < 2; i++) {
            change(OFFLINE);
            done(OFFLINE);
        }
        assertThat(told).containsExactly("changed OFFLINE", "changed OFFLINE");
    }

    @Test
    void otherBitsOfAStateMeanNothing() {
        passing(true);
        reader.accept(new RawNotification(24, 2, 0, 3, 0x100042, 0x100041));
        assertThat(told).containsExactly("changed OFFLINE");
    }

    @Test
    void foreignTypesAndMasksArePassedOnAsTheyAre() {
        passing(true);
        reader.accept(new RawNotification(24, 7, 0, 3, 1, 2));
        reader.accept(new RawNotification(24, 2, 0, 0x30, 5, 6));
        reader.accept(new RawNotification(12, 2, 0, 0, 0, 0));
        assertThat(told).containsExactly("other 7 3 1 2", "other 2 48 5 6", "other 2 0 0 0");
    }

    @Test
    void aStateThatIsNeitherIsDroppedAndWhatFollowsIsNot() {
        passing(true);
        reader.accept(new RawNotification(24, 2, 0, 3, 2, 3));
        change(OFFLINE);
        assertThat(told).containsExactly("changed OFFLINE");
    }

    @Test
    void whatComesEarlyIsHeldAndComesAfterTheBeginning() {
        change(OFFLINE);
        assertThat(told).isEmpty();
        reader.pass(true, () -> told.add("begun"));
        assertThat(told).containsExactly("begun", "changed OFFLINE");
    }

    @Test
    void whatTheStateHoldsAlreadyIsForgottenAndTheRestIsNot() {
        change(OFFLINE);
        reader.accept(new RawNotification(24, 7, 0, 3, 1, 2));
        reader.forgetHeld();
        passing(true);
        assertThat(told).containsExactly("other 7 3 1 2");
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        passing(true);
        reader.close();
        change(OFFLINE);
        assertThat(told).isEmpty();
    }
}
