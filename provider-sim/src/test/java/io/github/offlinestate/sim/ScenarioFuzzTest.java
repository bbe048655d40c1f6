package io.github.offlinestate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Valid scenario files, changed at random: each is a scenario still, or an error with places; nothing else, and soon.
 * Another seed by {@code -Dscenario.fuzz.seed=N}.
 */
class ScenarioFuzzTest {
    private static final long SEED = Long.getLong("scenario.fuzz.seed", 20260302);
    private static final int LONGEST = 4_000;
    private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final List<String> PIECES = List.of(
            ":",
            ": ",
            "-",
            "- ",
            "\n",
            "\n  ",
            "\t",
            "{",
            "}",
            "[",
            "]",
            ",",
            "&a ",
            "*a",
            "!!int ",
            "!<x> ",
            "|",
            ">-",
            "'",
            "\"",
            "\\",
            "\\x",
            "\\U0011FFFF",
            "#",
            " #",
            "?",
            "? ",
            "%YAML 1.2\n",
            "---\n",
            "...\n",
            "~",
            "null",
            "\u0000",
            "\u0007",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uD83D",
            "\uDE86",
            "\uD83D\uDE86",
            "0x",
            "-1",
            "1e9",
            "99999999999999999999",
            "366d",
            "999999999d",
            "1ms",
            "NaN",
            "repeat: 100000",
            "every: 1ms",
            "go: away",
            "come-back: unchanged",
            "steps:",
            "flap: {for: 1d, between: [1ms, 1ms]}",
            "<<: ",
            "@",
            "`",
            "!",
            "%");

    private final Random random = new Random(SEED);

    @Test
    void givesAScenarioOrAnErrorWithPlaces() throws IOException {
        fuzz(20_000);
    }

    @Test
    @Tag("long")
    void givesAScenarioOrAnErrorWithPlacesManyTimes() throws IOException {
        fuzz(200_000);
    }

    private void fuzz(int runs) throws IOException {
        System.Logger log = System.getLogger(ScenarioFuzzTest.class.getName());
        log.log(System.Logger.Level.INFO, "seed " + SEED + ", " + runs + " runs");
        List<String> valid = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
            for (Path file : files.sorted().toList()) {
                valid.add(Files.readString(file));
            }
        }
        int scenarios = 0;
        for (int run = 0; run < runs; run++) {
            String text = mutate(valid);
            long began = System.nanoTime();
            try {
                assertThat(Scenario.parse("fuzz", text).steps()).isNotEmpty();
                scenarios++;
            } catch (ScenarioException e) {
                if (e.problems().isEmpty()
                        || e.problems().stream().anyMatch(problem -> problem.line() < 1 || problem.column() < 1)) {
                    fail("run " + run + " of seed " + SEED + ": an error without places, " + e + ", for\n" + text);
                }
            } catch (RuntimeException | Error e) {
                fail("run " + run + " of seed " + SEED + ": " + e + ", for\n" + text, e);
            }
            if (System.nanoTime() - began > SLOWEST_NANOS) {
                fail("run " + run + " of seed " + SEED + " took seconds, for\n" + text);
            }
        }
        assertThat(scenarios).as("some survive their changes").isBetween(runs / 100, runs - runs / 100);
    }

    private String mutate(List<String> valid) {
        StringBuilder text = new StringBuilder(pick(valid));
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            mutateOnce(text, valid);
        }
        text.setLength(Math.min(text.length(), LONGEST));
        return text.toString();
    }

    private void mutateOnce(StringBuilder text, List<String> valid) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        switch (random.nextInt(8)) {
            case 0 -> text.insert(from, pick(PIECES));
            case 1 -> text.replace(from, to, pick(PIECES));
            case 2 -> text.delete(from, to);
            case 3 -> text.insert(from, (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
            case 4 -> text.insert(from, text.substring(from, to));
            case 5 -> text.insert(from, pick(PIECES).repeat(1 + random.nextInt(60)));
            case 6 -> {
                String other = pick(valid);
                int begin = random.nextInt(other.length());
                text.insert(from, other, begin, Math.min(other.length(), begin + random.nextInt(200)));
            }
            default -> {
                if (to > from) {
                    text.setCharAt(from, (char) (text.charAt(from) ^ (1 << random.nextInt(7))));
                }
            }
        }
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
