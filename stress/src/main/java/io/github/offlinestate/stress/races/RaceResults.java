package io.github.offlinestate.stress.races;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/** What jcstress found: a result for each test and each JVM that it ran in. */
final class RaceResults {
    private static final String FORBIDDEN = "FORBIDDEN ";
    private static final int SHOWN = 6;

    /** One test, over all its JVMs. */
    private record Race(String name, List<TestResult> results) {
        long samples() {
            return results.stream().mapToLong(TestResult::getTotalCount).sum();
        }

        long forbidden() {
            return results.stream()
                    .flatMap(result -> result.grading().gradingResults.values().stream())
                    .filter(grade -> grade.expect == Expect.FORBIDDEN)
                    .mapToLong(grade -> grade.count)
                    .sum();
        }

        /** JVMs that crashed, hung, or in which the test threw. */
        long broken() {
            return results.stream()
                    .filter(result -> result.status() != Status.NORMAL)
                    .count();
        }

        double seconds() {
            return results.stream()
                            .mapToLong(result -> (long) result.getConfig().time * result.getConfig().iters)
                            .sum()
                    / 1e3;
        }

        boolean passed() {
            return samples() > 0 && forbidden() == 0 && broken() == 0;
        }

        String outcomes() {
            Map<String, Long> counts = new TreeMap<>();
            for (TestResult result : results) {
                for (GradingResult grade : result.grading().gradingResults.values()) {
                    if (grade.count > 0) {
                        counts.merge(
                                grade.expect == Expect.FORBIDDEN ? FORBIDDEN + grade.id : grade.id,
                                grade.count,
                                Long::sum);
                    }
                }
            }
            String most = counts.entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, Long>, Boolean>comparing(
                                    entry -> !entry.getKey().startsWith(FORBIDDEN))
                            .thenComparing(
                                    Map.Entry.<String, Long>comparingByValue().reversed()))
                    .limit(SHOWN)
                    .map(entry -> "[" + entry.getKey() + "] " + entry.getValue())
                    .collect(Collectors.joining(", "));
            return counts.size() <= SHOWN ? most : most + ", and " + (counts.size() - SHOWN) + " more";
        }
    }

    private final List<Race> races;

    private RaceResults(Collection<TestResult> results) {
        races = results.stream()
                .collect(Collectors.groupingBy(TestResult::getName, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new Race(entry.getKey(), entry.getValue()))
                .toList();
    }

    static RaceResults read(Path file) throws IOException, ClassNotFoundException {
        InProcessCollector results = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(file.toString(), results);
        reader.dump();
        reader.close();
        return new RaceResults(results.getTestResults());
    }

    int tests() {
        return races.size();
    }

    boolean passed() {
        return !races.isEmpty() && races.stream().allMatch(Race::passed);
    }

    void print(Path report) {
        System.out.println();
        for (Race race : races) {
            System.out.printf(
                    Locale.ROOT,
                    "%-6s %-42s %,13d samples, %3.0f s: %s%n",
                    race.passed() ? "ok" : "FAILED",
                    race.name().replaceFirst("^io\\.github\\.offlinestate\\.", ""),
                    race.samples(),
                    race.seconds(),
                    race.outcomes());
        }
        System.out.println("jcstress' own report: " + report.resolve("report").resolve("index.html"));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d tests, %d passed, %d forbidden outcomes, %d broken JVMs, %d samples, %.0f s or more a test",
                races.size(),
                races.stream().filter(Race::passed).count(),
                races.stream().mapToLong(Race::forbidden).sum(),
                races.stream().mapToLong(Race::broken).sum(),
                races.stream().mapToLong(Race::samples).sum(),
                races.stream().mapToDouble(Race::seconds).min().orElse(0));
    }
}
