package io.github.offlinestate.stress.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The model says of each way to tell a registration something wrong what is wrong. */
class WitnessTest {
    private static final int TOKEN = 7;

    private final Findings findings = new Findings();
    private final Ledger ledger = new Ledger(ConnectionState.ONLINE);
    private final Witness witness = new Witness(ledger, findings, TOKEN, told -> {});

    WitnessTest() {
        witness.joined();
        ledger.add(Told.mark(0));
        ledger.change(ConnectionState.OFFLINE);
        ledger.change(ConnectionState.ONLINE);
        ledger.add(Told.mark(1));
    }

    private static OfflineNotification phase(NotifyType type, ConnectionState to) {
        return new OfflineNotification(
                type,
                TOKEN,
                MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK,
                to.opposite().code(),
                to.code());
    }

    private static OfflineNotification[] transition(ConnectionState to) {
        return new OfflineNotification[] {
            phase(NotifyType.STATECHANGE_START, to),
            phase(NotifyType.STATECHANGE, to),
            phase(NotifyType.STATECHANGE_DONE, to)
        };
    }

    private static OfflineNotification mark(int number) {
        return new OfflineNotification(new NotifyType(Told.MARK_TYPE), TOKEN, 0, 0, number);
    }

    private void tell(OfflineNotification... all) {
        Arrays.stream(all).forEach(witness::onNotify);
    }

    private void tellTransition(ConnectionState to) {
        tell(transition(to));
    }

    private void assertOnly(Mistake... mistakes) {
        assertThat(Stream.of(Mistake.values()).filter(mistake -> findings.count(mistake) > 0))
                .as("%s", findings.first())
                .containsExactly(mistakes);
    }

    @Test
    void what_is_right_is_right() {
        tell(mark(0));
        tellTransition(ConnectionState.OFFLINE);
        tellTransition(ConnectionState.ONLINE);
        tell(mark(1));
        witness.requireTold(ledger.length());
        witness.removed();
        assertOnly();
        assertThat(witness.isAtEnd()).isTrue();
    }

    @Test
    void a_missing_phase_is_lost() {
        tell(mark(0), phase(NotifyType.STATECHANGE_START, ConnectionState.OFFLINE));
        tell(phase(NotifyType.STATECHANGE_DONE, ConnectionState.OFFLINE));
        assertOnly(Mistake.LOST);
        assertThat(findings.count(Mistake.LOST)).isEqualTo(1);
    }

    @Test
    void a_change_and_its_return_are_lost_although_the_chain_is_whole() {
        tell(mark(0), mark(1));
        assertOnly(Mistake.LOST);
        assertThat(findings.count(Mistake.LOST)).isEqualTo(6);
    }

    @Test
    void what_was_never_told_is_lost() {
        tell(mark(0));
        witness.requireTold(ledger.length());
        witness.removed();
        assertOnly(Mistake.LOST);
        assertThat(witness.isAtEnd()).isFalse();
    }

    @Test
    void a_registration_that_is_forgotten_loses_everything() {
        witness.requireTold(ledger.length());
        assertOnly(Mistake.LOST);
    }

    @Test
    void one_that_is_told_too_late_after_it_was_registered_has_lost_what_was_before() {
        Witness late = new Witness(ledger, findings, TOKEN, told -> {});
        late.joined(); // behind mark 1
        ledger.change(ConnectionState.OFFLINE);
        ledger.add(Told.mark(2));
        late.onNotify(mark(2));
        assertOnly(Mistake.LOST);
        assertThat(findings.count(Mistake.LOST)).isEqualTo(3);
    }

    @Test
    void what_is_told_again_is_doubled() {
        tell(mark(0), mark(0));
        assertOnly(Mistake.DOUBLED);
    }

    @Test
    void what_was_over_before_a_registration_is_doubled() {
        Witness late = new Witness(ledger, findings, TOKEN, told -> {});
        late.joining(ledger.length());
        late.joined();
        for (OfflineNotification told : transition(ConnectionState.ONLINE)) {
            late.onNotify(told);
        }
        late.onNotify(mark(1));
        assertOnly(Mistake.DOUBLED);
    }

    @Test
    void swapped_phases_are_out_of_order() {
        tell(mark(0), phase(NotifyType.STATECHANGE, ConnectionState.OFFLINE));
        tell(phase(NotifyType.STATECHANGE_START, ConnectionState.OFFLINE));
        assertOnly(Mistake.OUT_OF_ORDER);
    }

    @Test
    void what_nobody_made_is_out_of_order() {
        tell(mark(0), mark(5));
        assertOnly(Mistake.OUT_OF_ORDER);
    }

    @Test
    void what_comes_after_the_end_is_after_unadvise() {
        tell(mark(0));
        witness.removed();
        tell(transition(ConnectionState.OFFLINE)[0]);
        assertOnly(Mistake.AFTER_UNADVISE);
    }

    @Test
    void a_callback_that_runs_at_the_end_is_after_unadvise() {
        Witness[] itself = new Witness[1];
        itself[0] = new Witness(ledger, findings, TOKEN, told -> itself[0].removed());
        itself[0].joined();
        itself[0].onNotify(mark(1));
        assertThat(findings.count(Mistake.AFTER_UNADVISE)).isEqualTo(2);
    }

    @Test
    void a_callback_that_removes_itself_may_run_on() {
        Witness[] itself = new Witness[1];
        itself[0] = new Witness(ledger, findings, TOKEN, told -> itself[0].removedInside());
        itself[0].joined();
        itself[0].onNotify(mark(1));
        assertOnly();
        itself[0].onNotify(mark(1));
        assertThat(findings.count(Mistake.AFTER_UNADVISE)).isEqualTo(1);
    }

    @Test
    void a_call_within_a_call_is_at_the_same_time() {
        Witness[] itself = new Witness[1];
        boolean[] again = {true};
        itself[0] = new Witness(ledger, findings, TOKEN, told -> {
            if (again[0]) {
                again[0] = false;
                itself[0].onNotify(transition(ConnectionState.OFFLINE)[0]);
            }
        });
        itself[0].joined();
        itself[0].onNotify(mark(0));
        assertOnly(Mistake.AT_ONCE);
    }

    @Test
    void another_client_token_is_not_its_own() {
        witness.onNotify(new OfflineNotification(new NotifyType(Told.MARK_TYPE), TOKEN + 1, 0, 0, 0));
        assertOnly(Mistake.NOT_ITS_OWN);
    }

    @Test
    void an_interrupted_thread_is_somebody_elses() {
        Thread.currentThread().interrupt();
        tell(mark(0));
        assertThat(Thread.interrupted()).isTrue();
        assertOnly(Mistake.INTERRUPTED);
    }

    @Test
    void a_reading_that_is_older_than_what_is_told_leaves_a_gap() {
        Witness late = new Witness(ledger, findings, TOKEN, told -> {});
        late.joining(ledger.length());
        late.joined();
        late.read(ConnectionState.ONLINE);
        assertOnly();
        late.read(ConnectionState.OFFLINE); // that was over before Advise was called
        assertOnly(Mistake.WRONG_STATE);
    }

    @Test
    void foreign_notifications_are_ignored() {
        tell(mark(0), new OfflineNotification(new NotifyType(99), TOKEN, 1, 2, 3));
        tellTransition(ConnectionState.OFFLINE);
        assertOnly();
    }

    @Test
    void a_wrong_mask_makes_it_a_foreign_one_so_that_the_right_one_is_lost() {
        tell(mark(0), new OfflineNotification(NotifyType.STATECHANGE_START, TOKEN, 0xFF, 2, 1));
        tell(phase(NotifyType.STATECHANGE, ConnectionState.OFFLINE));
        assertOnly(Mistake.LOST);
    }
}
