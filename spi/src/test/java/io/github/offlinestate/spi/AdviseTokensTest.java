package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineStateException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
    void ADVISE_2_tokens_differ_across_providers_and_UNADVISE_1_knows_its_own() throws Exception {
        BlockingQueue<OfflineNotification> told = new LinkedBlockingQueue<>();
        AtomicReference<BackendSink> sink = new AtomicReference<>();
        try (OfflineManager one = open("one", new AtomicReference<>());
                OfflineManager other = open("other", sink)) {
            AdviseToken ofOne = one.advise(notification -> {});
            AdviseToken ofOther = other.advise(told::add);
            assertThat(ofOther).isNotEqualTo(ofOne);
            other.unadvise(ofOne);
            sink.get().changed(ConnectionState.OFFLINE);
            assertThat(told.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static OfflineManager open(String provider, AtomicReference<BackendSink> sink) {
        return BackendProvider.of(
                        provider,
                        (profile, given) -> {
                            sink.set(given);
                            return new Backend() {
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
                            };
                        },
                        EngineSettings.DEFAULT)
                .open("a profile");
    }

    @Test
    void profilesThatAreOpenedForOneRegistrationUseUpFewNumbers() {
        AtomicLong next = new AtomicLong();
        for (int i = 0; i < 1_000; i++) {
            Stripe stripe = new Stripe(0, new AdviseTokens(next));
            stripe.add(1, notification -> {}, 0);
        }
        assertThat(next.get()).isLessThan(100_000);
        Stripe stripe = new Stripe(0, new AdviseTokens(next));
        long before = next.get();
        Set<Long> tokens = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            tokens.add(stripe.add(1, notification -> {}, 0));
        }
        assertThat(tokens).hasSize(20_000);
        assertThat(next.get() - before).isLessThan(40_000);
    }

    @Test
    void whenAllAreGivenNoneIsGivenAgain() {
        AdviseTokens tokens = new AdviseTokens(new AtomicLong(LAST_NUMBER + 1 - AdviseTokens.BATCH));
        assertThat(tokens.draw(AdviseTokens.BATCH)).isEqualTo(LAST_NUMBER + 1 - AdviseTokens.BATCH);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(OfflineStateException.class)
                    .isThrownBy(() -> tokens.draw(AdviseTokens.BATCH))
                    .withMessageContaining("none is given twice")
                    .satisfies(e -> assertThat(e.result()).isEqualTo(HResult.MAPI_E_CALL_FAILED));
        }
    }
}
