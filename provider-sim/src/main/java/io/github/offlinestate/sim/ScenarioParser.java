package io.github.offlinestate.sim;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.sim.YamlNode.Entry;
import io.github.offlinestate.sim.YamlNode.Mapping;
import io.github.offlinestate.sim.YamlNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a scenario of a YAML text, or says all that is wrong with it. The schema is in docs/scenarios.md. */
final class ScenarioParser {
    private static final int MAX_PROFILES = 1_000;
    private static final double SLOWEST = 0.001;
    private static final double FASTEST = 1_000_000;

    private static final List<String> TOP_KEYS =
            List.of("scenario", "description", "start", "length", "speed", "seed", "profiles", "steps");
    private static final List<String> PROFILE_KEYS =
            List.of("capabilities", "initially", "away", "latency", "reports", "can-set");
    private static final List<String> LATENCY_KEYS = List.of("start", "change", "outcome");

    private static final Map<String, Capabilities> CAPABILITIES = Map.of(
            "both", Capabilities.BOTH,
            "offline", Capabilities.OFFLINE_ONLY,
            "online", Capabilities.ONLINE_ONLY,
            "none", Capabilities.NONE);
    private static final Map<String, Reporting> REPORTS = Map.of(
            "changes", Reporting.CHANGES,
            "phases", Reporting.PHASES,
            "twice", Reporting.TWICE,
            "many-threads", Reporting.MANY_THREADS);

    private final Problems problems;

    private ScenarioParser(Problems problems) {
        this.problems = problems;
    }

    static Scenario parse(String source, String text) {
        Problems problems = new Problems(source);
        YamlNode root = YamlReader.read(problems, source, text);
        problems.throwIfAny();
        if (root == null || (root instanceof Scalar scalar && scalar.isNothing())) {
            problems.at(1, 1, "found nothing, expected a scenario with the keys 'scenario', 'profiles' and 'steps'");
        } else {
            Scenario scenario = new ScenarioParser(problems).scenario(root);
            if (scenario != null) {
                return scenario;
            }
        }
        problems.throwIfAny();
        throw new IllegalStateException("no scenario and no problem in " + source);
    }

    private @Nullable Scenario scenario(YamlNode root) {
        Optional<Fields> top = Fields.of(root, "a scenario", TOP_KEYS, problems);
        if (top.isEmpty()) {
            return null;
        }
        Fields fields = top.get();
        fields.require("scenario", "a scenario");
        YamlNode profilesNode = fields.require("profiles", "a scenario");
        YamlNode stepsNode = fields.require("steps", "a scenario");
        Optional<String> title = fields.text("scenario");
        Optional<String> description = fields.text("description");
        Optional<Duration> length = fields.duration("length");
        Map<String, ProfileSettings> profiles = profilesNode == null ? Map.of() : profiles(profilesNode);
        StepsParser.Block block = stepsNode == null
                ? StepsParser.Block.EMPTY
                : new StepsParser(profiles, problems).steps(stepsNode, fields);
        if (problems.none()) {
            new AwayCheck(profiles.values(), problems).look(block.steps());
        }
        Duration needed = Duration.ofNanos(block.end());
        if (length.isPresent() && length.get().compareTo(needed) < 0) {
            fields.refuseValue("length", "at least the " + needed.toMillis() + "ms that the steps take");
        }
        Scenario scenario = new Scenario(
                title.orElse(""),
                description.orElse(""),
                fields.moment("start"),
                length.orElseGet(() -> needed.plus(longestLatency(profiles))),
                fields.number("speed", SLOWEST, FASTEST).orElse(1.0),
                fields.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0L),
                List.copyOf(profiles.values()),
                block.steps());
        return problems.none() ? scenario : null;
    }

    private static Duration longestLatency(Map<String, ProfileSettings> profiles) {
        return profiles.values().stream()
                .map(profile -> profile.latency().total())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Map<String, ProfileSettings> profiles(YamlNode node) {
        Map<String, ProfileSettings> profiles = new LinkedHashMap<>();
        if (!(node instanceof Mapping mapping) || mapping.entries().isEmpty()) {
            problems.at(
                    node,
                    "found " + (node instanceof Mapping ? "no profile" : node.found())
                            + ", expected at least one profile: its name, and under it what it is like, or nothing");
            return profiles;
        }
        if (mapping.entries().size() > MAX_PROFILES) {
            problems.at(node, "found " + mapping.entries().size() + " profiles, expected " + MAX_PROFILES + " at most");
        }
        for (Entry entry : mapping.entries()) {
            String name = entry.key().text();
            profiles.put(name, profile(entry.key(), entry.value()));
        }
        return profiles;
    }

    private ProfileSettings profile(Scalar name, YamlNode node) {
        if (name.text().isEmpty() || name.text().indexOf('\0') >= 0) {
            problems.at(name, "found a profile's name that is empty or holds NUL, expected one that can be opened");
            return new ProfileBuilder("?").build();
        }
        ProfileBuilder profile = new ProfileBuilder(name.text());
        if (!(node instanceof Scalar scalar && scalar.isNothing())) {
            Fields.of(node, "a profile", PROFILE_KEYS, problems).ifPresent(fields -> configure(profile, fields));
        }
        try {
            return profile.build();
        } catch (IllegalArgumentException e) {
            problems.at(node, "found a contradiction: " + e.getMessage());
            return new ProfileBuilder(name.text()).build();
        }
    }

    private void configure(ProfileBuilder profile, Fields fields) {
        fields.oneOf("capabilities", CAPABILITIES).ifPresent(profile::capabilities);
        fields.oneOf("initially", StepsParser.STATES).ifPresent(profile::initially);
        fields.oneOf("reports", REPORTS).ifPresent(profile::reporting);
        if (fields.yesOrNo("away").orElse(false)) {
            profile.initiallyAway();
        }
        if (!fields.yesOrNo("can-set").orElse(true)) {
            profile.readOnly();
        }
        YamlNode latency = fields.get("latency");
        if (latency instanceof Mapping) {
            Fields.of(latency, "a latency", LATENCY_KEYS, problems)
                    .ifPresent(phases -> profile.latency(new Latency(
                            phases.duration("start").orElse(Duration.ZERO),
                            phases.duration("change").orElse(Duration.ZERO),
                            phases.duration("outcome").orElse(Duration.ZERO))));
        } else if (latency != null) {
            fields.duration(latency).ifPresent(profile::latency);
        }
    }

    /** Holds away and back apart: what is away cannot go away, speak or come back from where it is not. */
    private static final class AwayCheck {
        private final Map<String, Boolean> away = new HashMap<>();
        private final Problems problems;

        AwayCheck(Iterable<ProfileSettings> profiles, Problems problems) {
            profiles.forEach(profile -> away.put(profile.name(), profile.away()));
            this.problems = problems;
        }

        void look(List<ScenarioStep> steps) {
            List<ScenarioStep> inTime = new ArrayList<>(steps);
            inTime.sort(Comparator.comparingLong(ScenarioStep::at));
            for (ScenarioStep step : inTime) {
                if (!problems.none()) {
                    return; // what follows from the first one is no news
                }
                look(step);
            }
        }

        private void look(ScenarioStep step) {
            boolean isAway = away.getOrDefault(step.profile(), false);
            if (step.action() instanceof ScenarioStep.GoAway) {
                demand(step, !isAway, "going away", "away already");
                away.put(step.profile(), true);
            } else if (step.action() instanceof ScenarioStep.ComeBack) {
                demand(step, isAway, "coming back", "not away");
                away.put(step.profile(), false);
            } else if (step.action() instanceof ScenarioStep.Foreign
                    || step.action() instanceof ScenarioStep.Announce
                    || step.action() instanceof ScenarioStep.CallOff) {
                demand(step, !isAway, "a report", "away");
            }
        }

        private void demand(ScenarioStep step, boolean holds, String what, String instead) {
            if (!holds) {
                problems.at(
                        step.line(),
                        step.column(),
                        "found " + what + " of '" + step.profile() + "', which is " + instead + " by then ("
                                + Duration.ofNanos(step.at()) + " after the beginning)");
            }
        }
    }
}
