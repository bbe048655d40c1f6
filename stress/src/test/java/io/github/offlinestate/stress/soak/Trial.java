package io.github.offlinestate.stress.soak;

import io.github.offlinestate.stress.model.Findings;
import io.github.offlinestate.stress.model.Mistake;
import io.github.offlinestate.tck.catalogue.CatalogueEntry;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;

/** The soak in small, on an entry of the kit's catalogue. */
final class Trial {
    private static final int REGISTRATIONS = 24;
    private static final int TRANSITIONS = 300;
    private static final Duration AT_LEAST = Duration.ofMillis(100);
    private static final Duration AT_MOST = Duration.ofSeconds(2);

    private Trial() {}

    /** What the soak finds. */
    static Findings of(CatalogueEntry entry, long seed, Duration patience) throws Exception {
        PreparedProvider prepared = entry.provider().orElseThrow().prepare();
        Findings findings = new Findings();
        try {
            Tally tally = new Tally();
            String profile = prepared.profile();
            Round round = new Round(
                    prepared.provider(),
                    List.of(profile),
                    name -> new ControlledSource(
                            prepared.control(), name, prepared.provider().open(name)),
                    new Round.Scale(1, REGISTRATIONS, Duration.ZERO, patience, 2),
                    findings,
                    tally,
                    seed);
            long begun = System.nanoTime();
            List<WeakReference<Member>> samples = round.run(() -> {
                long lasted = System.nanoTime() - begun;
                boolean enough = tally.transitions.sum() > TRANSITIONS && lasted > AT_LEAST.toNanos();
                return enough || !findings.isEmpty() || lasted > AT_MOST.toNanos();
            });
            if (findings.isEmpty() && Leftovers.kept(samples, patience) > 0) {
                findings.add(Mistake.FAILED_CALL, "callbacks are kept");
            }
        } catch (RuntimeException e) {
            findings.add(Mistake.FAILED_CALL, "the round failed with " + e);
        } finally {
            prepared.cleanup().close();
        }
        return findings;
    }
}
