package io.github.offlinestate.tck;

import io.github.offlinestate.Availability;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Subject;
import io.github.offlinestate.tck.model.SubjectInfo;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The first look at a provider: it is asked what it is called and whether it can work here, and opened once. */
final class ProviderLook extends FirstLook<PreparedProvider> {
    private final ProviderFixture fixture;
    private Optional<String> name = Optional.empty();
    private Optional<String> unavailable = Optional.empty();
    private Optional<String> capabilities = Optional.empty();

    ProviderLook(ProviderFixture fixture) {
        super("provider", fixture);
        this.fixture = fixture;
    }

    @Override
    PreparedProvider prepare() throws Exception {
        return fixture.prepare();
    }

    @Override
    void look(PreparedProvider ready) {
        OfflineStateProvider provider = ready.provider();
        ask("name()", provider::name).ifPresent(this::named);
        ask("availability()", provider::availability)
                .flatMap(Availability::reason)
                .ifPresentOrElse(this::unavailableFor, () -> lookInside(ready));
    }

    private synchronized void named(String given) {
        name = Optional.of(given);
    }

    private synchronized void unavailableFor(String reason) {
        unavailable = Optional.of(reason);
    }

    private void lookInside(PreparedProvider ready) {
        String open = "open(\"" + ready.profile() + "\")";
        Optional<OfflineManager> opened = ask(open, () -> ready.provider().open(ready.profile()));
        opened.flatMap(manager -> ask("capabilities()", manager::capabilities))
                .ifPresent(given -> capable(given.toString()));
        opened.ifPresent(manager -> ask("close()", () -> {
            manager.close();
            return manager;
        }));
    }

    private synchronized void capable(String given) {
        capabilities = Optional.of(given);
    }

    private <T> Optional<T> ask(String call, Callable<T> question) {
        try {
            T answer = question.call();
            if (answer == null) {
                note(call + " gave null");
            }
            return Optional.ofNullable(answer);
        } catch (Throwable thrown) {
            note(call + " threw " + thrown);
            return Optional.empty();
        }
    }

    @Override
    AutoCloseable cleanup(PreparedProvider ready) {
        return ready.cleanup();
    }

    @Override
    synchronized SubjectInfo subject(PreparedProvider ready, String fixtureName) {
        return new SubjectInfo(
                Subject.PROVIDER,
                name.orElseGet(ready.judged()::getSimpleName),
                ready.judged().getName(),
                TckRunner.version(ready.judged()),
                ready.profile(),
                fixtureName,
                capabilities,
                unavailable);
    }
}
