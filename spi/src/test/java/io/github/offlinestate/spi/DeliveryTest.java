package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.TimeSource;
import org.junit.jupiter.api.Test;

/** NOTIFY-12: the watchdog takes away the very call that it saw, and no other. */
class DeliveryTest {
    private final Delivery delivery = new Delivery();
    private final HungCallbacks hung = new HungCallbacks();

    @Test
    void aCallThatStandsStillIsGivenUp() {
        delivery.announce(7, 1);
        assertThat(delivery.giveUp(7, delivery.rounds())).isTrue();
        assertThat(delivery.called()).as("it runs still").isEqualTo(7);
        assertThat(delivery.announce(8, 1)).as("its thread finds the mark").isEqualTo(-7);
    }

    @Test
    void aCallThatHasReturnedIsNot() {
        delivery.announce(7, 1);
        long rounds = delivery.rounds();
        delivery.announce(8, 1);
        assertThat(hung.takeOver(delivery, 7, rounds, TimeSource.Work.NONE)).isFalse();
        assertThat(hung.any()).isFalse();
        assertThat(hung.isTakenOver(delivery)).isFalse();
        assertThat(delivery.announce(Delivery.NOTHING, 0)).isEqualTo(8);
    }

    @Test
    void aLaterCallOfTheSameRegistrationIsAnother() {
        delivery.announce(7, 1);
        long rounds = delivery.rounds();
        delivery.announce(Delivery.NOTHING, 0);
        delivery.beginRound();
        delivery.announce(7, 1);
        assertThat(hung.takeOver(delivery, 7, rounds, TimeSource.Work.NONE)).isFalse();
        assertThat(delivery.announce(Delivery.NOTHING, 0))
                .as("the mark was taken back")
                .isEqualTo(7);
    }

    @Test
    void oneThatWasNeverGivenUpHasNothingToCatchUpWith() {
        hung.catchUp(delivery, new Registrations("a profile", new AdviseTokens()));
        assertThat(delivery.called()).isEqualTo(Delivery.NOTHING);
    }
}
