package io.github.offlinestate.tck.check.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.tck.TckOptions;
import io.github.offlinestate.tck.TckRunner;
import io.github.offlinestate.tck.backend.BackendControl;
import io.github.offlinestate.tck.backend.BackendFixture;
import io.github.offlinestate.tck.backend.PreparedBackend;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckEvent;
import io.github.offlinestate.tck.model.Verdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RecordingSinkTest {
    /** Reports the opposite of each change, so that the rule fails and its history is kept. */
    private static final class Contrary implements BackendControl {
        private final AtomicReference<BackendSink> sink = new AtomicReference<>();

        Backend open(String profile, BackendSink opened) {
            sink.set(opened);
            return new Still();
        }

        @Override
        public void change(ConnectionState state) {
            sink.get().changed(state.opposite());
        }
    }

    /** Always online. */
    private static final class Still implements Backend {
        @Override
        public Capabilities capabilities() {
            return Capabilities.BOTH;
        }

        @Override
        public ConnectionState currentState() {
            return ConnectionState.ONLINE;
        }

        @Override
        public void close() {}
    }

    private static PreparedBackend prepare() {
        Contrary contrary = new Contrary();
        return PreparedBackend.of(contrary::open, "profile").withControl(contrary);
    }

    @Test
    void aReportThatWasTakenHasAnEndInTheHistory() {
        BackendFixture fixture = RecordingSinkTest::prepare;
        try (TckRunner runner = TckRunner.of(fixture, TckOptions.defaults(), (rule, run) -> "")) {
            RuleResult result = runner.judge(Rule.BACKEND_3);
            assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.FAIL);
            List<TckEvent.Kind> kinds = result.decisive().orElseThrow().events().stream()
                    .filter(event -> event.lane().startsWith("sink"))
                    .map(TckEvent::kind)
                    .toList();
            assertThat(kinds).isNotEmpty();
            for (int i = 0; i < kinds.size(); i += 2) {
                assertThat(kinds.subList(i, Math.min(i + 2, kinds.size())))
                        .containsExactly(TckEvent.Kind.NOTIFIED, TckEvent.Kind.NOTIFIED_END);
            }
        }
    }
}
