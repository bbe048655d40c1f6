package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.offlinestate.AdviseInfo;
import io.github.offlinestate.AdviseToken;
import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.NotifyType;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.OfflineNotification;
import io.github.offlinestate.OfflineNotify;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.tck.fixture.PreparedProvider;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Overall;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.TestResult;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever a provider does to the kit, the run goes on, and says what was wrong. */
class NastyProvidersTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    @Test
    void aProviderThatHangsFailsWithTheThreadsAndTheRunGoesOn() {
        TckReport report = judge("CAP-4,SET-7", real -> new Manager(real) {
            @Override
            public Capabilities capabilities() {
                hang();
                return super.capabilities();
            }
        });
        RuleResult hung = report.result(Rule.CAP_4).orElseThrow();
        assertThat(hung.verdict()).isEqualTo(Verdict.FAIL);
        TestResult decisive = hung.decisive().orElseThrow();
        assertThat(decisive.threadDump().orElseThrow())
                .contains("\"tck-CAP-4\"")
                .contains("hang");
        assertThat(decisive.message()).contains("hung");
        assertThat(hung.describe())
                .contains("look first at")
                .contains("reproduce:")
                .contains("capabilities()");
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aProviderThatThrowsErrorsFails() {
        TckReport report = judge("CAP-4,SET-7", real -> new Manager(real) {
            @Override
            public Capabilities capabilities() {
                throw new StackOverflowError("on purpose");
            }
        });
        assertThat(report.result(Rule.CAP_4).orElseThrow().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.result(Rule.CAP_4).orElseThrow().message()).contains("StackOverflowError");
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    @SuppressWarnings("removal")
    void aProviderThatEndsTheThreadThatCallsItFails() {
        TckReport report = judge("CAP-4,SET-7", real -> new Manager(real) {
            @Override
            public Capabilities capabilities() {
                throw new ThreadDeath();
            }
        });
        assertThat(report.result(Rule.CAP_4).orElseThrow().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aProviderThatInterruptsTheKitsThreadsDoesNotBreakIt() {
        TckReport report = judge("CAP-4,STATE-1,ADVISE-1,NOTIFY-1", real -> new Manager(real) {
            @Override
            public AdviseToken advise(AdviseInfo info) {
                AdviseToken token = super.advise(info);
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("tck-") && thread != Thread.currentThread())
                        .forEach(Thread::interrupt);
                return token;
            }
        });
        assertThat(report.results())
                .extracting(RuleResult::verdict)
                .doesNotContain(Verdict.ERROR, Verdict.FAIL, Verdict.INCONCLUSIVE);
    }

    @Test
    void aProviderThatFloodsAndCallsBackFromInsideAdviseIsJudged() {
        OfflineNotification noise = new OfflineNotification(new NotifyType(0x7777), 0, 0x40, 1, 2);
        OfflineNotification early = new OfflineNotification(NotifyType.STATECHANGE, 0, 3, 1, 2);
        TckReport report = judge("ADVISE-9,SET-7", real -> new Manager(real) {
            @Override
            public AdviseToken advise(AdviseInfo info) {
                if (info != null && info.callback() instanceof OfflineNotify callback) {
                    for (int count = 0; count < 50_000; count++) {
                        callback.onNotify(noise);
                    }
                    callback.onNotify(early);
                }
                return super.advise(info);
            }
        });
        RuleResult told = report.result(Rule.ADVISE_9).orElseThrow();
        assertThat(told.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(told.decisive().orElseThrow().events()).hasSizeLessThan(10_000);
        assertThat(told.decisive().orElseThrow().eventsLeftOut()).isPositive();
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aFixtureThatBreaksIsAnErrorAndNoVerdictOnTheProvider() {
        int[] calls = new int[1];
        ProviderFixture fixture = () -> {
            if (calls[0]++ > 0) {
                throw new IllegalStateException("the fixture's own mistake");
            }
            return new MemoryFixture().prepare();
        };
        TckReport report = run(fixture, "SET-7");
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.ERROR);
        assertThat(report.conclusion().overall()).isEqualTo(Overall.ERROR);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void aSourceThatNeverRestsIsNoFaultOfTheProvider() {
        TckReport report = run(new ByItself(new MemoryFixture(), true), "NOTIFY-10b");
        RuleResult result = report.result(Rule.NOTIFY_10B).orElseThrow();
        assertThat(result)
                .satisfiesAnyOf(
                        disturbed -> {
                            assertThat(disturbed.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
                            assertThat(disturbed.message()).contains("somebody else changed the state in ");
                        },
                        // A busy machine has held up who disturbs.
                        judged -> assertThat(judged.verdict()).isEqualTo(Verdict.PASS));
    }

    @Test
    void aProviderWhoseSourceMayChangeByItselfIsBlamedForWhatIsItsOwn() {
        ProviderFixture wrong = wrong(real -> new Manager(real) {
            @Override
            public AdviseToken advise(AdviseInfo info) {
                return super.advise(
                        new AdviseInfo(1, info.callbackType(), info.callback(), info.adviseTypes(), info.stateMask()));
            }
        });
        TckReport report = run(new ByItself(wrong, false), "ADVISE-6");
        assertThat(report.result(Rule.ADVISE_6).orElseThrow().verdict()).isEqualTo(Verdict.FAIL);
    }

    /** What another fixture makes ready, whose source may change by itself, and does all the time or never. */
    private record ByItself(ProviderFixture other, boolean restless) implements ProviderFixture {
        @Override
        public PreparedProvider prepare() throws Exception {
            return disturbed(other.prepare());
        }

        @Override
        public Optional<PreparedProvider> prepareWithLimits(Duration startLimit, Duration callbackLimit)
                throws Exception {
            return other.prepareWithLimits(startLimit, callbackLimit).map(this::disturbed);
        }

        private PreparedProvider disturbed(PreparedProvider quiet) {
            AtomicBoolean over = new AtomicBoolean(!restless);
            Thread disturber = new Thread(
                    () -> {
                        ConnectionState next = ConnectionState.OFFLINE;
                        while (!over.get()) {
                            next = changes(quiet, next) ? next.opposite() : next;
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                        }
                    },
                    "disturber");
            disturber.setDaemon(true);
            disturber.start();
            return quiet.withCleanup(() -> {
                over.set(true);
                quiet.cleanup().close();
            });
        }

        private static boolean changes(PreparedProvider prepared, ConnectionState next) {
            try {
                prepared.control().change(prepared.profile(), next);
                return true;
            } catch (Exception nothingIsOpen) {
                return false;
            }
        }

        @Override
        public boolean changesByItself() {
            return true;
        }

        @Override
        public Duration inTime() {
            return Duration.ofSeconds(1);
        }
    }

    @Test
    void aFixtureThatHangsIsAnErrorAndTheRunGoesOn() {
        int[] calls = new int[1];
        ProviderFixture fixture = briefly(() -> {
            if (calls[0]++ == 1) {
                hang();
            }
            return new MemoryFixture().prepare();
        });
        TckReport report = run(fixture, "CAP-4,SET-7");
        RuleResult hung = report.result(Rule.CAP_4).orElseThrow();
        assertThat(hung.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(hung.message()).startsWith("the fixture broke").contains("it hung");
        assertThat(report.result(Rule.SET_7).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aFixtureThatGivesNothingIsAnErrorThatSaysSo() {
        int[] calls = new int[1];
        ProviderFixture fixture = () -> calls[0]++ == 0 ? new MemoryFixture().prepare() : null;
        RuleResult result = run(fixture, "SET-7").result(Rule.SET_7).orElseThrow();
        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result.message()).contains("prepare() failed").contains("it gave null");
        assertThatIllegalStateException()
                .isThrownBy(() -> run(() -> null, "SET-7"))
                .withMessageContaining("prepare() gave null");
        assertThatIllegalStateException()
                .isThrownBy(() -> run(() -> PreparedProvider.of(new MemoryProvider(), null), "SET-7"))
                .withMessageContaining("the name of the prepared profile is null");
    }

    @Test
    void aFixtureThatHangsAtOnceIsSaidSo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> run(
                        briefly(() -> {
                            hang();
                            return new MemoryFixture().prepare();
                        }),
                        "SET-7"))
                .withMessageContaining("it hung for 1000 ms in " + NastyProvidersTest.class.getName());
    }

    @Test
    void aProviderThatHangsAlreadyWhenItIsLookedAtIsJudged() {
        TckReport report = run(
                always(real -> {
                    hang();
                    return real;
                }),
                "CAP-4");
        assertThat(report.result(Rule.CAP_4).orElseThrow().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.subject().name()).isEqualTo("memory");
        assertThat(report.subject().capabilities()).isEmpty();
        assertThat(report.notes())
                .anyMatch(note ->
                        note.contains("hung for 1000 ms in " + getClass().getName()));
    }

    @Test
    void aProviderThatThrowsAnErrorAlreadyWhenItIsLookedAtIsJudged() {
        TckReport report = run(
                always(real -> {
                    throw new NoClassDefFoundError("com/example/Driver");
                }),
                "CAP-4");
        assertThat(report.result(Rule.CAP_4).orElseThrow().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.notes()).anyMatch(note -> note.contains("com/example/Driver"));
    }

    @Test
    void aProviderThatGivesNullFails() {
        TckReport report = run(always(real -> null), "CAP-1,CAP-3");
        assertThat(report.results()).extracting(RuleResult::verdict).containsOnly(Verdict.FAIL);
        TckReport withoutCapabilities = judge("CAP-1,CAP-3", real -> new Manager(real) {
            @Override
            public Capabilities capabilities() {
                return null;
            }
        });
        assertThat(withoutCapabilities.results())
                .extracting(RuleResult::verdict)
                .containsOnly(Verdict.FAIL);
        assertThat(withoutCapabilities.results())
                .allSatisfy(result -> assertThat(result.message()).contains("it gave null"));
    }

    @Test
    void aProviderThatNotifiesNothingAtAllFails() {
        TckReport report = judge("ADVISE-9", real -> new Manager(real) {
            @Override
            public AdviseToken advise(AdviseInfo info) {
                if (info != null && info.callback() instanceof OfflineNotify callback) {
                    callback.onNotify(null);
                }
                return super.advise(info);
            }
        });
        RuleResult result = report.result(Rule.ADVISE_9).orElseThrow();
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.message()).contains("it was told null");
    }

    /** The plainest provider, whose objects are wrong from the first look on. */
    private static ProviderFixture always(UnaryOperator<OfflineManager> wrong) {
        return briefly(() -> {
            PreparedProvider right = new MemoryFixture().prepare();
            return PreparedProvider.of(new Wrong(right.provider(), wrong), right.profile());
        });
    }

    private static ProviderFixture briefly(ProviderFixture fixture) {
        return new ProviderFixture() {
            @Override
            public PreparedProvider prepare() throws Exception {
                return fixture.prepare();
            }

            @Override
            public Duration inTime() {
                return Duration.ofSeconds(1);
            }
        };
    }

    private static void hang() {
        boolean interrupted = false;
        while (true) {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                interrupted = !interrupted;
            }
        }
    }

    /** The plainest provider, with one thing wrong with its objects. */
    private static TckReport judge(String rules, UnaryOperator<OfflineManager> wrong) {
        return run(wrong(wrong), rules);
    }

    private static ProviderFixture wrong(UnaryOperator<OfflineManager> wrong) {
        return new ProviderFixture() {
            private boolean looked;

            @Override
            public PreparedProvider prepare() {
                PreparedProvider right = new MemoryFixture().prepare();
                if (!looked) {
                    looked = true;
                    return right;
                }
                return PreparedProvider.of(new Wrong(right.provider(), wrong), right.profile())
                        .withControl(right.control())
                        .withCleanup(right.cleanup());
            }

            @Override
            public Duration inTime() {
                return Duration.ofSeconds(1);
            }
        };
    }

    private static TckReport run(ProviderFixture fixture, String rules) {
        TckOptions options = TckOptions.defaults().with("rule", rules);
        try (TckRunner runner = TckRunner.of(fixture, options, (rule, run) -> rule + " " + run.seed())) {
            return runner.run(TckListener.NONE);
        }
    }

    record Wrong(OfflineStateProvider real, UnaryOperator<OfflineManager> wrong) implements OfflineStateProvider {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public OfflineManager open(String profile) {
            return wrong.apply(real.open(profile));
        }
    }

    /** An object that does what another does. */
    static class Manager implements OfflineManager {
        private final OfflineManager real;

        Manager(OfflineManager real) {
            this.real = real;
        }

        @Override
        public Capabilities capabilities() {
            return real.capabilities();
        }

        @Override
        public ConnectionState currentState() {
            return real.currentState();
        }

        @Override
        public void setCurrentState(ConnectionState state, SetFlag flag) {
            real.setCurrentState(state, flag);
        }

        @Override
        public boolean canSet() {
            return real.canSet();
        }

        @Override
        public AdviseToken advise(AdviseInfo info) {
            return real.advise(info);
        }

        @Override
        public void unadvise(AdviseToken token) {
            real.unadvise(token);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
