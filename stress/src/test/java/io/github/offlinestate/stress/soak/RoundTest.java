package io.github.offlinestate.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.stress.model.Findings;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The soak in small, on what it is made for. */
@ExtendWith(QuietLog.class)
class RoundTest {
    private static final long TRANSITIONS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void finds_nothing_in_the_simulated_provider_and_leaves_nothing() {
        SimulatedProvider provider = SimulatedProvider.builder()
                .profile("crowded")
                .profile("one")
                .profile("other")
                .build();
        Findings findings = new Findings();
        Tally tally = new Tally();
        List<WeakReference<Member>> samples = new Round(
                        provider,
                        List.of("crowded", "one", "other"),
                        profile -> new SimulatedLink(provider.profile(profile)),
                        new Round.Scale(2, 200, Duration.ZERO, PATIENCE, 4),
                        findings,
                        tally,
                        1)
                .run(() -> tally.transitions.sum() >= TRANSITIONS && tally.closings.sum() > 0);
        assertThat(findings.isEmpty()).as("%s", findings.first()).isTrue();
        assertThat(tally.notifications.sum()).isGreaterThan(TRANSITIONS);
        assertThat(tally.registrations.sum()).isGreaterThan(200);
        assertThat(Leftovers.kept(samples, PATIENCE)).isZero();
    }
}
