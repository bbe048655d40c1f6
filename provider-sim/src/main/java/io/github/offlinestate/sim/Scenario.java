package io.github.offlinestate.sim;

import io.github.offlinestate.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What happens to simulated profiles, and when: read from a YAML file whose schema docs/scenarios.md tells, and run by a
 * {@link ScenarioRunner}. Immutable.
 */
public final class Scenario {
    /** The largest scenario, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    /** The name of the embedded scenario that shows something at once. */
    public static final String DEMO = "demo";

    private static final List<String> EMBEDDED =
            List.of(DEMO, "commuters-day", "flapping-link", "one-way", "outlook-crash");

    private final String title;
    private final String description;
    private final Optional<Instant> start;
    private final Duration length;
    private final double speed;
    private final long seed;
    private final List<ProfileSettings> profiles;
    private final List<ScenarioStep> steps;

    Scenario(
            String title,
            String description,
            Optional<Instant> start,
            Duration length,
            double speed,
            long seed,
            List<ProfileSettings> profiles,
            List<ScenarioStep> steps) {
        this.title = title;
        this.description = description;
        this.start = start;
        this.length = length;
        this.speed = speed;
        this.seed = seed;
        this.profiles = List.copyOf(profiles);
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads a scenario from a file.
     *
     * @param file a YAML file in UTF-8, {@link #MAX_BYTES} at most
     * @return the scenario
     * @throws ScenarioException where the file cannot be read, is too large (it is not read then), or is not a scenario
     */
    public static Scenario load(Path file) {
        String source = file.toString();
        try {
            if (Files.isDirectory(file)) {
                throw ScenarioException.about(source, "found a directory, expected a scenario file", null);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw tooLarge(source, Files.size(file) + " bytes");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return parse(source, decode(source, readAtMostTheLimit(source, in)));
            }
        } catch (NoSuchFileException e) {
            throw ScenarioException.about(source, "found no such file, expected a scenario", e);
        } catch (IOException e) {
            throw ScenarioException.about(source, "cannot be read: " + e, e);
        }
    }

    /**
     * Reads a scenario from a text.
     *
     * @param source what errors call it, as a file's name
     * @param text YAML
     * @return the scenario
     * @throws ScenarioException where it is too large or is not a scenario
     */
    public static Scenario parse(String source, String text) {
        Objects.requireNonNull(source, "source");
        if (text.length() > MAX_BYTES) {
            throw tooLarge(source, text.length() + " characters");
        }
        return ScenarioParser.parse(source, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /**
     * The names of the scenarios that come with this module.
     *
     * @return {@link #DEMO} first
     */
    public static List<String> embedded() {
        return EMBEDDED;
    }

    /**
     * A scenario that comes with this module.
     *
     * @param name one of {@link #embedded()}
     * @return the scenario
     * @throws ScenarioException where there is no such scenario
     */
    public static Scenario embedded(String name) {
        if (!EMBEDDED.contains(name)) {
            throw ScenarioException.about(
                    name,
                    "found no such embedded scenario, expected one of " + EMBEDDED + Suggestion.of(name, EMBEDDED),
                    null);
        }
        String source = name + ".yaml";
        try (InputStream in = Scenario.class.getResourceAsStream("scenarios/" + source)) {
            if (in == null) {
                throw new IllegalStateException("this module was packaged without its scenario " + source);
            }
            return parse(source, decode(source, readAtMostTheLimit(source, in)));
        } catch (IOException e) {
            throw ScenarioException.about(source, "cannot be read: " + e, e);
        }
    }

    private static byte[] readAtMostTheLimit(String source, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(source, "more");
        }
        return bytes;
    }

    private static String decode(String source, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            String lenient = new String(bytes, StandardCharsets.UTF_8);
            int bad = Math.max(0, lenient.indexOf('\uFFFD'));
            Problems problems = new Problems(source);
            problems.at(
                    TextPosition.lineOf(lenient, bad),
                    TextPosition.columnOf(lenient, bad),
                    "found bytes that are not UTF-8, expected a text file");
            problems.throwIfAny();
            throw new AssertionError("there is a problem", e);
        }
    }

    private static ScenarioException tooLarge(String source, String size) {
        return ScenarioException.about(source, "found " + size + ", expected " + MAX_BYTES + " at most", null);
    }

    /**
     * What it is called.
     *
     * @return one line
     */
    public String title() {
        return title;
    }

    /**
     * What it shows.
     *
     * @return empty where the file does not say
     */
    public String description() {
        return description;
    }

    /**
     * What the wall clock shows when it begins.
     *
     * @return empty where the file does not say
     */
    public Optional<Instant> start() {
        return start;
    }

    /**
     * How long it takes, in its own time.
     *
     * @return as the file says; else until its last step and the latency of that are over
     */
    public Duration length() {
        return length;
    }

    /**
     * How many times as fast as real time it is meant to be shown.
     *
     * @return 1 where the file does not say
     */
    public double speed() {
        return speed;
    }

    /**
     * What its random flapping is made of.
     *
     * @return the seed; 0 where the file does not say
     */
    public long seed() {
        return seed;
    }

    /**
     * The same with other random flapping.
     *
     * @param other the seed
     * @return a copy
     */
    public Scenario withSeed(long other) {
        return new Scenario(title, description, start, length, speed, other, profiles, steps);
    }

    /**
     * Whose states it tells of.
     *
     * @return the names, in the order of the file; the first is the default
     */
    public List<String> profiles() {
        return profiles.stream().map(ProfileSettings::name).toList();
    }

    /**
     * A provider with the scenario's profiles, to which nothing has happened yet.
     *
     * @param time what it runs on
     * @return a new one at every call
     */
    public SimulatedProvider newProvider(TimeSource time) {
        SimulatedProvider.Builder builder = SimulatedProvider.builder().time(time);
        profiles.forEach(builder::profile);
        return builder.build();
    }

    /** What happens, in its order, single flips and all. */
    List<ScenarioStep> steps() {
        return Flaps.expand(steps, seed);
    }

    @Override
    public String toString() {
        return "Scenario[" + title + ", " + length + ", profiles " + profiles() + "]";
    }
}
