package io.github.offlinestate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RegistrationsTest {
    private static final OfflineNotification WHAT =
            new OfflineNotification(NotifyType.STATECHANGE, 0, 3, ConnectionState.ONLINE.code(), 1);
    private static final OfflineNotify NOBODY = notification -> {};

    private final Registrations registrations = new Registrations("a profile", new AdviseTokens());
    private final EngineManager owner = owner();

    @Test
    void theWatchdogDoesNotTakeShortCallsOfTwoDeliveriesForOneLongOne() {
        Delivery earlier = registrations.beginDelivery();
        Delivery later = registrations.beginDelivery();
        Set<Long> rounds = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            for (Delivery delivery : List.of(earlier, later)) {
                delivery.beginRound();
                assertThat(rounds.add(delivery.rounds())).as("round %d", round).isTrue();
            }
        }
    }

    @Test
    void agreesWithAMapWhateverComesAndGoes() {
        long seed = 4_711;
        Random random = new Random(seed);
        Map<AdviseToken, Integer> model = new HashMap<>();
        List<AdviseToken> live = new ArrayList<>();
        Set<AdviseToken> ever = new HashSet<>();
        Map<Integer, Integer> told = new HashMap<>();
        OfflineNotify count = notification -> told.merge(notification.clientToken(), 1, Integer::sum);
        for (int round = 0; round < 40; round++) {
            boolean grow = round % 8 < 5;
            for (int i = 0; i < 1_000; i++) {
                if (live.isEmpty() || random.nextInt(10) < (grow ? 8 : 1)) {
                    int clientToken = random.nextInt();
                    AdviseToken token = registrations.add(owner, count, clientToken);
                    assertThat(ever.add(token)).as("given once, seed %d", seed).isTrue();
                    live.add(token);
                    model.put(token, clientToken);
                } else {
                    int which = random.nextInt(live.size());
                    AdviseToken token = live.set(which, live.get(live.size() - 1));
                    live.remove(live.size() - 1);
                    model.remove(token);
                    registrations.remove(token, owner);
                }
            }
            told.clear();
            tell();
            Map<Integer, Integer> expected = new HashMap<>();
            model.values().forEach(clientToken -> expected.merge(clientToken, 1, Integer::sum));
            assertThat(told).as("round %d, seed %d", round, seed).isEqualTo(expected);
        }
    }

    @Test
    void onlyTheOwnerRemoves() {
        Engine engine = engine();
        EngineManager first = (EngineManager) engine.open("a profile");
        EngineManager second = (EngineManager) engine.open("a profile");
        AdviseToken token = registrations.add(first, NOBODY, 0);
        registrations.remove(token, second);
        registrations.remove(new AdviseToken(-1), first);
        registrations.remove(new AdviseToken(Long.MAX_VALUE), first);
        registrations.remove(new AdviseToken(0), first);
        assertThat(tell()).isEqualTo(1);
        registrations.remove(token, first);
        assertThat(tell()).isZero();
    }

    @Test
    @Timeout(60)
    void UNADVISE_2_whoIsRemovedBetweenTheLookAndTheCallIsNotCalled() throws Exception {
        List<OfflineNotification> told = new CopyOnWriteArrayList<>();
        AdviseToken token = registrations.add(owner, told::add, 0);
        HungCallbacks hung = new HungCallbacks();
        Delivery hanging = new Delivery();
        hanging.announce(Long.MAX_VALUE, 0);
        assertThat(hung.takeOver(hanging, Long.MAX_VALUE, hanging.rounds(), TimeSource.Work.NONE))
                .isTrue();
        Thread notifier = new Thread(() -> {
            Delivery delivery = registrations.beginDelivery();
            registrations.tell(delivery, WHAT, 0, hung);
            registrations.endDelivery(delivery);
        });
        synchronized (hung) { // whom it asks after it has looked at the registration, and before it calls that
            notifier.start();
            await().until(() -> notifier.getState() == Thread.State.BLOCKED);
            registrations.remove(token, owner);
        }
        notifier.join();
        assertThat(told).isEmpty();
    }

    @Test
    void takesMillionsAndThenSaysThatItIsFull() {
        int places = 1 << (AdviseTokens.INDEX_BITS + AdviseTokens.STRIPE_BITS);
        AdviseToken first = registrations.add(owner, NOBODY, 0);
        for (int i = 1; i < places; i++) {
            registrations.add(owner, NOBODY, 0);
        }
        assertThatExceptionOfType(OfflineStateException.class)
                .isThrownBy(() -> registrations.add(owner, NOBODY, 0))
                .withMessageContaining("a profile")
                .withMessageContaining("unadvise some");
        registrations.remove(first, owner);
        assertThat(registrations.add(owner, NOBODY, 0)).isNotEqualTo(first);
        registrations.removeAll(owner);
        assertThat(tell()).isZero();
    }

    private int tell() {
        Delivery delivery = registrations.beginDelivery();
        try {
            return registrations.tell(delivery, WHAT, 0, new HungCallbacks());
        } finally {
            registrations.endDelivery(delivery);
        }
    }

    private static EngineManager owner() {
        return (EngineManager) engine().open("a profile");
    }

    private static Engine engine() {
        return new Engine("test", (profile, sink) -> new StillBackend(), EngineSettings.DEFAULT);
    }

    private static final class StillBackend implements Backend {
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
}
