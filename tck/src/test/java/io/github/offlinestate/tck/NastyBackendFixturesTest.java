package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.tck.backend.BackendControl;
import io.github.offlinestate.tck.backend.BackendFixture;
import io.github.offlinestate.tck.backend.PreparedBackend;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whatever a fixture of backends does to the kit, it is said to be the fixture's, and in bounded time. */
class NastyBackendFixturesTest {
    @Test
    void aHookThatIsNotThereIsNotVerifiedAndNamed() {
        RuleResult result = judge(() -> right(), Rule.BACKEND_3);
        assertThat(result.verdict()).isEqualTo(Verdict.NOT_VERIFIED);
        assertThat(result.message())
                .isEqualTo("the fixture does not give BackendControl.change(state): change the source");
    }

    @Test
    void aHookThatBreaksIsAnErrorWhateverItThrows() {
        BackendControl immutable = new BackendControl() {
            @Override
            public void change(ConnectionState state) {
                throw new UnsupportedOperationException("a list that cannot be changed");
            }
        };
        RuleResult result = judge(() -> right().withControl(immutable), Rule.BACKEND_3);
        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result.message()).startsWith("the fixture broke").contains("a list that cannot be changed");
    }

    @Test
    void aFixtureThatHangsAtOnceIsSaidSo() {
        BackendFixture hanging = new BackendFixture() {
            @Override
            public PreparedBackend prepare() throws InterruptedException {
                new CountDownLatch(1).await();
                return right();
            }

            @Override
            public Duration inTime() {
                return Duration.ofSeconds(1);
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> judge(hanging, Rule.BACKEND_1))
                .withMessageContaining("cannot make its backend ready: ")
                .withMessageContaining("it hung for 1000 ms in " + NastyBackendFixturesTest.class.getName());
    }

    @Test
    void aFixtureThatGivesNothingOrThrowsAnErrorIsSaidSo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> judge(() -> null, Rule.BACKEND_1))
                .withMessageContaining("prepare() gave null");
        assertThatIllegalStateException()
                .isThrownBy(() -> judge(() -> PreparedBackend.of(null, "main"), Rule.BACKEND_1))
                .withMessageContaining("the prepared factory is null");
        BackendFixture unlinked = () -> {
            throw new NoClassDefFoundError("com/example/Driver");
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> judge(unlinked, Rule.BACKEND_1))
                .withMessageContaining("com/example/Driver");
    }

    private static PreparedBackend right() {
        return PreparedBackend.of(new MemoryProvider(), MemoryProvider.PROFILE);
    }

    private static RuleResult judge(BackendFixture fixture, Rule rule) {
        TckOptions options = TckOptions.defaults().with("rule", rule.id());
        try (TckRunner runner = TckRunner.of(fixture, options, (one, run) -> one + " " + run.seed())) {
            return runner.judge(rule);
        }
    }
}
