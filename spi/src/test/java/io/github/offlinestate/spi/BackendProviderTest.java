package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.SetFlag;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackendProviderTest {
    private static final class Probe implements Backend {
        @Override
        public Capabilities capabilities() {
            return Capabilities.BOTH;
        }

        @Override
        public ConnectionState currentState() {
            return ConnectionState.ONLINE;
        }

        @Override
        public boolean canSet() {
            return false;
        }

        @Override
        public void close() {}
    }

    private final BackendProvider provider =
            BackendProvider.of("probe", (profile, sink) -> new Probe(), EngineSettings.DEFAULT);

    @Test
    void itHasANameToBeChosenBy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackendProvider.of(" ", (profile, sink) -> new Probe(), EngineSettings.DEFAULT))
                .withMessageContaining("blank");
        assertThat(provider).asString().contains("probe");
        assertThat(provider.settings()).isEqualTo(EngineSettings.DEFAULT);
    }

    @Test
    void limitsAreChangedOneByOne() {
        Duration limit = Duration.ofSeconds(7);
        assertThat(EngineSettings.DEFAULT.withRequestLimit(limit).requestLimit())
                .isEqualTo(limit);
        assertThat(EngineSettings.DEFAULT.withStartLimit(limit).startLimit()).isEqualTo(limit);
        assertThat(EngineSettings.DEFAULT.withCallbackLimit(limit).callbackLimit())
                .isEqualTo(limit);
        assertThat(EngineSettings.DEFAULT.withCloseLimit(limit).closeLimit()).isEqualTo(limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineSettings.DEFAULT.withRequestLimit(Duration.ZERO))
                .withMessageContaining("requestLimit");
    }

    @Test
    void SET_12_whatCannotBeSetSaysSoBeforeAndRefusesAtOnce() {
        try (OfflineManager manager = provider.open("a profile")) {
            assertThat(manager.canSet()).isFalse();
            for (SetFlag flag : SetFlag.values()) {
                for (ConnectionState state : ConnectionState.values()) {
                    assertThatExceptionOfType(OfflineStateException.class)
                            .isThrownBy(() -> manager.setCurrentState(state, flag))
                            .withMessageContaining("canSet()")
                            .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_NO_SUPPORT));
                }
            }
        }
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> new Probe().beginChange(ConnectionState.OFFLINE))
                .withMessageContaining("canSet()");
    }

    @Test
    @SuppressWarnings("NullAway") // a caller without null checking
    void itsTextSaysThatAnObjectIsClosedAndNothingIsUnadvisedWithoutHarm() {
        OfflineManager manager = provider.open("a profile");
        assertThat(manager).asString().contains("a profile", "probe").doesNotContain("closed");
        manager.close();
        manager.unadvise(null);
        assertThat(manager).asString().contains("closed");
    }
}
