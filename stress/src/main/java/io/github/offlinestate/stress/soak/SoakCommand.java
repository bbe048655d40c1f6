package io.github.offlinestate.stress.soak;

import io.github.offlinestate.sim.SimulatedProvider;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.stress.DurationOption;
import io.github.offlinestate.stress.model.Findings;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code soak}: the simulated provider under a seed, every notification checked, nothing left at the end. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Runs the simulated provider under a seed and checks every notification.")
public final class SoakCommand implements Callable<Integer> {
    /** How many transitions a minute has to have: a million in five minutes. */
    private static final long TRANSITIONS_A_MINUTE = 200_000;

    /** By how much the heap may differ after a collection: what the JVM itself allocates meanwhile. */
    private static final long NOISE = 1 << 20;

    private static final int PROFILES = 64;
    private static final int ROUNDS = 5;
    private static final int DICE = 16;

    /** A simulated profile remembers so many of its changes; that they are there is no growth. */
    private static final int REMEMBERED = 1_000;

    private static final Duration CALLBACK_LIMIT = Duration.ofSeconds(2);
    private static final Duration HANG = Duration.ofMillis(2_500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(names = "--seed", description = "What decides who does what (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--for",
            converter = DurationOption.class,
            paramLabel = "DURATION",
            description =
                    "How long at least, as 30s or 5m (default: 30s); until there were 200,000 transitions a minute.")
    private Duration duration = Duration.ofSeconds(30);

    @Option(names = "--registrations", description = "How many are there at a time (default: ${DEFAULT-VALUE}).")
    private int registrations = 10_000;

    private final Findings findings = new Findings();
    private final Tally tally = new Tally();

    @Override
    public Integer call() {
        Logger quiet = Logger.getLogger("io.github.offlinestate");
        quiet.setLevel(Level.OFF); // the throwers' exceptions are logged, each of them
        long goal = Math.max(
                1,
                duration.toMillis()
                        * TRANSITIONS_A_MINUTE
                        / Duration.ofMinutes(1).toMillis());
        int threads = Runtime.getRuntime().availableProcessors();
        System.out.printf(
                Locale.ROOT,
                "soak: seed %d, %d registrations of %d profiles, %d threads of clients and as many of sources, %d rounds%n",
                seed,
                registrations,
                PROFILES,
                threads,
                ROUNDS);
        List<String> profiles =
                IntStream.range(0, PROFILES).mapToObj(i -> "profile " + i).toList();
        SimulatedProvider.Builder builder =
                SimulatedProvider.builder().settings(EngineSettings.DEFAULT.withCallbackLimit(CALLBACK_LIMIT));
        profiles.forEach(builder::profile);
        SimulatedProvider provider = builder.build();
        for (String profile : profiles) {
            for (int i = 0; i < REMEMBERED; i++) {
                provider.profile(profile).flip();
            }
        }
        Round.Scale scale = new Round.Scale(threads, registrations, HANG, PATIENCE, DICE);

        Progress progress = new Progress(tally, findings, goal, duration);
        List<WeakReference<Member>> samples = new ArrayList<>();
        long heapBefore = 0;
        long heapAfter = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            Progress.Part part = progress.part(round, ROUNDS);
            samples.addAll(new Round(
                            provider,
                            profiles,
                            profile -> new SimulatedLink(provider.profile(profile)),
                            scale,
                            findings,
                            tally,
                            seed * ROUNDS + round)
                    .run(part::isOver));
            samples.removeIf(sample -> sample.get() == null);
            heapAfter = Leftovers.heap();
            heapBefore = round == 1 ? heapAfter : heapBefore; // the first one loads classes and fills caches
        }
        return verdict(
                progress,
                Leftovers.threads(PATIENCE),
                Leftovers.kept(samples, PATIENCE),
                heapAfter - heapBefore,
                heapBefore);
    }

    private int verdict(Progress progress, List<String> threads, long kept, long growth, long heap) {
        findings.first().forEach(System.out::println);
        threads.forEach(thread -> System.out.println("still there: " + thread));
        boolean passed = findings.isEmpty() && threads.isEmpty() && kept == 0 && growth <= NOISE;
        System.out.printf(
                Locale.ROOT,
                "SOAK %s: %d transitions, %d notifications to %d registrations, %d objects closed, in %d s, seed %d: %s;"
                        + " %d threads left, %d callbacks kept, heap %+d bytes of %d (noise: %d)%n",
                passed ? "PASSED" : "FAILED",
                tally.transitions.sum(),
                tally.notifications.sum(),
                tally.registrations.sum(),
                tally.closings.sum(),
                progress.seconds(),
                seed,
                findings,
                threads.size(),
                kept,
                growth,
                heap,
                NOISE);
        return passed ? 0 : 1;
    }
}
