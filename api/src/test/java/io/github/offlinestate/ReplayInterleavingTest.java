package io.github.offlinestate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.ConnectionChange.Cause;
import io.github.offlinestate.ModelManager.Happening;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The present state, then every change once: in every interleaving of opening a monitor with what happens to the profile
 * meanwhile. When it fails, the message has the model's log and the events: look at what came within the reading.
 */
class ReplayInterleavingTest {
    private static final int TWO_HAPPENINGS = 2;

    @ParameterizedTest(name = "from {0}")
    @EnumSource(ConnectionState.class)
    void noGapAndNoDuplicateWithBothCapabilities(ConnectionState first) {
        long runs = Choices.exhaust(choices -> new Run(Capabilities.BOTH, first, choices, TWO_HAPPENINGS).check());
        assertThat(runs).isGreaterThan(10_000);
    }

    @ParameterizedTest(name = "from {0}")
    @EnumSource(ConnectionState.class)
    void noGapAndNoDuplicateWithOneCapability(ConnectionState first) {
        long runs =
                Choices.exhaust(choices -> new Run(Capabilities.OFFLINE_ONLY, first, choices, TWO_HAPPENINGS).check());
        assertThat(runs).isGreaterThan(5_000);
    }

    @Test
    void longHistoriesAtRandom() {
        List<Capabilities> all = List.of(Capabilities.BOTH, Capabilities.OFFLINE_ONLY, Capabilities.ONLINE_ONLY);
        Choices.sample(
                20_261_121,
                20_000,
                choices -> new Run(all.get(choices.next(3)), ConnectionState.values()[choices.next(2)], choices, 6)
                        .check());
    }

    /** One run: a monitor is opened and asked at a chosen moment, while things happen. */
    private static final class Run {
        private final Choices choices;
        private final ModelManager model;
        private final Capabilities capabilities;
        private final List<ConnectionChange> told = new ArrayList<>();
        private int truthAfter;
        private boolean lossHappens;

        Run(Capabilities capabilities, ConnectionState first, Choices choices, int happenings) {
            this.choices = choices;
            this.capabilities = capabilities;
            model = new ModelManager(capabilities, first, choices);
            for (int i = 0; i < happenings; i++) {
                Happening happening = Happening.values()[choices.next(Happening.values().length)];
                lossHappens |= happening != Happening.CHANGE && happening != Happening.ABORT;
                model.happen(happening);
            }
        }

        void check() {
            try (ConnectionMonitor monitor = ConnectionMonitor.of(model)) {
                monitor.listen(told::add, ListenerOptions.DEFAULT.on(Runnable::run));
                truthAfter = model.truth.size();
                int askAt = choices.next(4);
                for (int done = 0; model.step(); done++) {
                    if (done == askAt) {
                        askedState(monitor);
                    }
                }
                verify(monitor);
            } catch (AssertionError e) {
                throw new AssertionError(
                        choices + "\n" + capabilities + "\nmodel: " + model.log + "\ntruth: "
                                + model.truth + "\ntold: "
                                + told.stream().map(ConnectionChange::toJson).toList(),
                        e);
            }
        }

        private void askedState(ConnectionMonitor monitor) {
            Connectivity answer = monitor.state();
            assertThat(answer).isEqualTo(lastTold());
        }

        private Connectivity lastTold() {
            return told.get(told.size() - 1).newState();
        }

        private void verify(ConnectionMonitor monitor) {
            chainIsWhole();
            assertThat(monitor.state()).as("asked again").isEqualTo(Connectivity.of(model.state()));
            assertThat(lastTold()).as("what was told last").isEqualTo(Connectivity.of(model.state()));
            if (capabilities.notifiesBoth()) {
                everyStateOnce();
            } else if (!lossHappens) {
                everyNotifiedChangeOnce();
            }
        }

        private void chainIsWhole() {
            assertThat(told.get(0).cause()).isEqualTo(Cause.REPLAYED);
            for (int i = 1; i < told.size(); i++) {
                assertThat(told.get(i).oldState()).isEqualTo(told.get(i - 1).newState());
                assertThat(told.get(i).number()).isEqualTo(told.get(i - 1).number() + 1);
                assertThat(told.get(i).newState()).isNotEqualTo(told.get(i).oldState());
            }
        }

        /** What was told is the end of the truth, from a moment within the opening on. */
        private void everyStateOnce() {
            List<Connectivity> states =
                    told.stream().map(ConnectionChange::newState).toList();
            boolean found = false;
            for (int from = model.truthAtAdvise; from < truthAfter; from++) {
                found |= states.equals(model.truth.subList(from, model.truth.size()));
            }
            assertThat(found).as("states told are the end of the truth").isTrue();
        }

        private void everyNotifiedChangeOnce() {
            ConnectionState notified =
                    capabilities.notifiesOffline() ? ConnectionState.OFFLINE : ConnectionState.ONLINE;
            long arrivals = told.stream()
                    .skip(1)
                    .filter(change -> change.newState() == Connectivity.of(notified))
                    .count();
            List<Long> possible = new ArrayList<>();
            for (int from = model.truthAtAdvise; from < truthAfter; from++) {
                possible.add(model.truth.subList(from + 1, model.truth.size()).stream()
                        .filter(Connectivity.of(notified)::equals)
                        .count());
            }
            assertThat(possible).as("how often it was told %s", notified).contains(arrivals);
        }
    }
}
