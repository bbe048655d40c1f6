package io.github.offlinestate.tck;

import io.github.offlinestate.tck.backend.BackendFixture;
import io.github.offlinestate.tck.backend.PreparedBackend;
import io.github.offlinestate.tck.model.Subject;
import io.github.offlinestate.tck.model.SubjectInfo;
import java.util.Optional;

/** The first look at a backend: its factory is made ready, and nothing is opened. */
final class BackendLook extends FirstLook<PreparedBackend> {
    private final BackendFixture fixture;

    BackendLook(BackendFixture fixture) {
        super("backend", fixture);
        this.fixture = fixture;
    }

    @Override
    PreparedBackend prepare() throws Exception {
        return fixture.prepare();
    }

    @Override
    void look(PreparedBackend ready) {
        // Who is judged is known by the factory's class, and a backend says of no machine that it cannot work there.
    }

    @Override
    AutoCloseable cleanup(PreparedBackend ready) {
        return ready.cleanup();
    }

    @Override
    SubjectInfo subject(PreparedBackend ready, String fixtureName) {
        Class<?> type = ready.factory().getClass();
        return new SubjectInfo(
                Subject.BACKEND,
                type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName(),
                type.getName(),
                TckRunner.version(type),
                ready.profile(),
                fixtureName,
                Optional.empty(),
                Optional.empty());
    }
}
