package io.github.offlinestate.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one benchmark method by JMH. */
final class Harness {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final boolean quick;
    private int measured;

    /**
     * How much care is taken.
     *
     * @param quick once, shortly, in this JVM: that it works, not what it costs
     */
    Harness(boolean quick) {
        this.quick = quick;
    }

    boolean isQuick() {
        return quick;
    }

    /** One of two lists of sizes. */
    List<Integer> sizes(List<Integer> full, List<Integer> few) {
        return quick ? few : full;
    }

    /** Nanoseconds a call, on one thread. */
    Spread time(Class<?> type, String method, Map<String, ?> parameters) {
        return measure(type, method, parameters, 1, false);
    }

    /** Nanoseconds a call, on as many threads as there are cores: of each thread. */
    Spread timeOnAllCores(Class<?> type, String method, Map<String, ?> parameters) {
        return measure(type, method, parameters, Runtime.getRuntime().availableProcessors(), false);
    }

    /** Bytes that a call allocates, on all threads. */
    Spread bytes(Class<?> type, String method, Map<String, ?> parameters) {
        return measure(type, method, parameters, 1, true);
    }

    private Spread measure(Class<?> type, String method, Map<String, ?> parameters, int threads, boolean bytes) {
        System.err.printf("%3d %s.%s %s%n", ++measured, type.getSimpleName(), method, parameters);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\Q" + type.getCanonicalName() + "." + method + "\\E$")
                .threads(threads)
                .forks(quick ? 0 : 3)
                .warmupIterations(quick ? 1 : 3)
                .warmupTime(TimeValue.milliseconds(quick ? 20 : 200))
                .measurementIterations(quick ? 1 : 3)
                .measurementTime(TimeValue.milliseconds(quick ? 20 : 200))
                .jvmArgsAppend("-Xms2g", "-Xmx2g")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach((name, value) -> options.param(name, value.toString()));
        if (bytes) {
            options.addProfiler(GCProfiler.class);
        }
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            if (results.size() != 1) {
                throw new IllegalStateException(results.size() + " results of " + type + "." + method);
            }
            return Spread.of(results.iterator().next().getBenchmarkResults().stream()
                    .map(fork -> ofFork(fork, bytes))
                    .toList());
        } catch (RunnerException e) {
            throw new IllegalStateException(type + "." + method + " " + parameters + " failed", e);
        }
    }

    private static double ofFork(BenchmarkResult fork, boolean bytes) {
        return Spread.median(fork.getIterationResults().stream()
                .map(iteration -> score(iteration, bytes))
                .collect(Collectors.toList()));
    }

    private static double score(IterationResult iteration, boolean bytes) {
        return bytes
                ? Objects.requireNonNull(iteration.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                        .getScore()
                : iteration.getPrimaryResult().getScore();
    }
}
