package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdviseTokensTest {
    private static final long LAST_NUMBER = (1L << 41) - 1;

    @Test
    void aTokenKeepsItsPlaceAndIsPositiveUpToTheLast() {
        for (long number : new long[] {1, 4_096, LAST_NUMBER}) {
            for (int stripe = 0; stripe < 4; stripe++) {
                for (int index : new int[] {0, 1, 1 << 19, (1 << 20) - 1}) {
                    long token = AdviseTokens.token(number, stripe, index);
                    assertThat(token).isPositive();
                    assertThat(AdviseTokens.stripe(token)).isEqualTo(stripe);
                    assertThat(AdviseTokens.index(token)).isEqualTo(index);
                }
            }
        }
    }

    @Test
    void whenAllAreGivenNoneIsGivenAgain() {
        AdviseTokens tokens = new AdviseTokens(new AtomicLong(LAST_NUMBER + 1 - AdviseTokens.BATCH));
        assertThat(tokens.draw()).isEqualTo(LAST_NUMBER + 1 - AdviseTokens.BATCH);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(OfflineStateException.class)
                    .isThrownBy(tokens::draw)
                    .withMessageContaining("none is given twice")
                    .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
        }
    }
}
