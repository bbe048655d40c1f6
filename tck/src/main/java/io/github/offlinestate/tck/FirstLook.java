package io.github.offlinestate.tck;

import io.github.offlinestate.Availability;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.tck.check.CheckExecutor;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Subject;
import io.github.offlinestate.tck.model.SubjectInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Who is judged, and can it work here? Asked before the first rule, on a thread of its own and in bounded time: what a
 * provider throws or hangs in here is noted, and the rules say it again, each in its own words.
 */
final class FirstLook {
    private final ProviderFixture fixture;
    private final String fixtureName;
    private final List<String> notes = new ArrayList<>();
    private @Nullable PreparedProvider prepared;
    private @Nullable Exception broken;
    private String name = "";
    private Optional<String> unavailable = Optional.empty();
    private Optional<String> capabilities = Optional.empty();

    private FirstLook(ProviderFixture fixture) {
        this.fixture = fixture;
        this.fixtureName = fixture.getClass().getName();
    }

    /**
     * What was seen.
     *
     * @param subject who is judged
     * @param notes what went wrong in looking
     */
    record Seen(SubjectInfo subject, List<String> notes) {}

    /**
     * Looks.
     *
     * @throws IllegalStateException where the fixture cannot make a provider ready
     */
    static Seen at(ProviderFixture fixture, Duration limit) {
        FirstLook look = new FirstLook(fixture);
        Thread thread = new Thread(look::run, "tck-first-look");
        thread.setDaemon(true);
        thread.start();
        if (!CheckExecutor.waitThrough(limit, () -> !thread.isAlive())) {
            look.hung(thread.getStackTrace(), limit);
        }
        return look.seen();
    }

    private void run() {
        try {
            PreparedProvider ready = fixture.prepare();
            if (ready == null) {
                throw new IllegalStateException("prepare() gave null");
            }
            look(ready);
            ready.cleanup().close();
        } catch (Exception e) {
            breakWith(e);
        } catch (Throwable e) {
            // A thread that is killed, too: nobody else would say why there is no result.
            breakWith(new IllegalStateException(e));
        }
    }

    private synchronized void breakWith(Exception why) {
        broken = why;
    }

    private void look(PreparedProvider ready) {
        OfflineStateProvider provider = ready.provider();
        synchronized (this) {
            prepared = ready;
            name = ready.judged().getSimpleName();
        }
        ask("name()", provider::name).ifPresent(this::named);
        ask("availability()", provider::availability)
                .flatMap(Availability::reason)
                .ifPresentOrElse(this::unavailableFor, () -> lookInside(ready));
    }

    private synchronized void named(String given) {
        name = given;
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

    private synchronized void note(String what) {
        notes.add("before the first rule, " + what);
    }

    private synchronized void hung(StackTraceElement[] stack, Duration limit) {
        String hung = "hung for " + limit.toMillis() + " ms" + CheckExecutor.where(stack);
        if (prepared == null) {
            broken = new IllegalStateException("it " + hung);
        } else {
            note("the provider " + hung);
        }
    }

    private synchronized Seen seen() {
        if (broken != null || prepared == null) {
            throw new IllegalStateException(
                    "the fixture " + fixtureName + " cannot make its provider ready: " + broken, broken);
        }
        SubjectInfo subject = new SubjectInfo(
                Subject.PROVIDER,
                name,
                prepared.judged().getName(),
                TckRunner.version(prepared.judged()),
                prepared.profile(),
                fixtureName,
                capabilities,
                unavailable);
        return new Seen(subject, List.copyOf(notes));
    }
}
