package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StripeTest {
    @Test
    @Timeout(60)
    void whoFindsItLockedForLongWaitsWithoutBurningACore() throws Exception {
        Stripe stripe = new Stripe(0, new AdviseTokens());
        stripe.lock();
        assertThat(stripe.tryLock()).isFalse();
        Thread waiting = new Thread(() -> {
            stripe.lock();
            stripe.unlock();
        });
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        stripe.unlock();
        waiting.join();
        assertThat(stripe.tryLock()).isTrue();
    }
}
