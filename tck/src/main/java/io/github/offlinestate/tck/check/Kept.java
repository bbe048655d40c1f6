package io.github.offlinestate.tck.check;

import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What was kept for a client that lagged, as far as it has been told: so much at least, and so much at most. */
final class Kept {
    /** Of those that wait, so many of the oldest are never left out (NOTIFY-11). */
    static final int OLDEST = 1_024;

    private final ProviderTrial trial;
    private final Client client;
    private final AtomicInteger foreign = new AtomicInteger();

    Kept(ProviderTrial trial, Client client) {
        this.trial = trial;
        this.client = client.onForeign(told -> {
            if (told.type().code() == Course.FOREIGN && told.mask() == Course.FOREIGN_MASK) {
                foreign.incrementAndGet();
            }
        });
    }

    /** The most that the provider keeps; where the fixture does not tell, that is not judged. */
    static int limit(ProviderTrial trial) {
        return trial.fixture()
                .lagLimit()
                .orElseThrow(() ->
                        NotJudged.notVerified("how much is kept at most is not known; the fixture would have to give"
                                + " ProviderFixture.lagLimit()"));
    }

    /** How many whole transitions it was told of, aborts included. */
    int transitions() {
        return Triples.of(client.changes()).transitions().size();
    }

    /**
     * Judges what it was told.
     *
     * @param changes how many changes were made while it lagged, the one included that it was being told of
     * @param chained whether each begins where the one before ended: with both capabilities
     */
    void expectOldest(int changes, boolean chained) {
        // Where nothing can be set the last transitions may still be told: a part of one is no mistake then.
        if (!trial.waitFor(trial.settings().inTime(), () -> mistake(chained).isEmpty())) {
            mistake(chained)
                    .ifPresent(what -> trial.expect(
                            false, "expected that the chain stays whole for " + client + ", which lagged; " + what));
        }
        int least = Math.min(OLDEST, changes);
        trial.expect(
                transitions() >= least,
                "expected that the oldest " + least + " of " + changes + " transitions are kept for " + client
                        + "; it was told of " + transitions());
        expectAlternating();
    }

    private Optional<String> mistake(boolean chained) {
        Triples triples = Triples.of(client.changes());
        return chained ? triples.mistake().or(triples::broken) : triples.mistake();
    }

    private void expectAlternating() {
        boolean away = false;
        for (OfflineNotification told : client.told()) {
            if (Client.isOfSession(told)) {
                boolean lost = told.type().equals(NotifyType.BACKEND_LOST);
                trial.expect(
                        lost != away,
                        "expected that BACKEND_LOST and BACKEND_RESTORED alternate for " + client + "; " + told.type()
                                + " came twice running");
                away = lost;
            }
        }
        trial.expect(!away, "expected that BACKEND_LOST is followed by BACKEND_RESTORED for " + client);
    }

    /**
     * Judges that memory stays bounded.
     *
     * @param limit the most that is kept
     * @param later how many transitions were made when it no longer lagged
     */
    void expectAtMost(int limit, int later) {
        expectAtMost(limit, transitions() - later, "transitions");
        long losses = client.told().stream()
                .filter(told -> told.type().equals(NotifyType.BACKEND_LOST))
                .count();
        expectAtMost(limit, losses, "losses of the backend");
        expectAtMost(limit, foreign.get(), "foreign notifications");
    }

    private void expectAtMost(int limit, long told, String what) {
        trial.expect(
                told <= limit,
                "expected that no more than " + limit + " " + what + " are kept for " + client
                        + ", which lagged; it was told of " + told);
    }
}
