package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineManagers;
import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.spi.EngineSettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What comes before the first notification: finding a provider, opening a profile. */
public class OpenBenchmark {
    /** A provider made by hand. */
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public static class Profile {
        private OfflineStateProvider provider;

        /** Makes it. */
        @Setup
        public void make() {
            provider = new Link(EngineSettings.DEFAULT).provider();
        }

        /** The first of a profile, which is the last too: the backend opens and closes. */
        @Benchmark
        public void openAndClose() {
            OfflineManagers.open(provider, "default").close();
        }
    }

    /** Providers that ServiceLoader finds. */
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public static class Discovery {
        @Param("1")
        int providers;

        private ClassLoader loader;

        /** Puts them on a path of their own. */
        @Setup
        public void install() {
            loader = new ManyProviders(providers);
        }

        /** Finds all, asks each what it is, and chooses one. */
        @Benchmark
        public OfflineStateProvider choose() {
            return OfflineManagers.directory(loader).choose();
        }
    }
}
