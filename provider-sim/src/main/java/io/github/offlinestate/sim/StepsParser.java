package io.github.offlinestate.sim;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.MapiConstants;
import io.github.offlinestate.sim.ScenarioStep.Action;
import io.github.offlinestate.sim.ScenarioStep.Announce;
import io.github.offlinestate.sim.ScenarioStep.CallOff;
import io.github.offlinestate.sim.ScenarioStep.ComeBack;
import io.github.offlinestate.sim.ScenarioStep.FailNext;
import io.github.offlinestate.sim.ScenarioStep.Flap;
import io.github.offlinestate.sim.ScenarioStep.Foreign;
import io.github.offlinestate.sim.ScenarioStep.Go;
import io.github.offlinestate.sim.ScenarioStep.GoAway;
import io.github.offlinestate.sim.ScenarioStep.GoSilently;
import io.github.offlinestate.sim.YamlNode.Mapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes single steps, at their times, of the list of steps in a scenario file. */
final class StepsParser {
    /** How many steps a scenario may come to, loops and flaps counted out. */
    static final int MAX_STEPS = 100_000;

    static final Map<String, ConnectionState> STATES =
            Map.of("offline", ConnectionState.OFFLINE, "online", ConnectionState.ONLINE);

    private static final String AWAY = "away";
    private static final String NOTHING = "nothing";
    private static final String UNCHANGED = "unchanged";

    private static final List<String> ACTIONS =
            List.of("go", "come-back", "flap", "repeat", "announce", "fail-next", "notify");
    private static final List<String> STEP_KEYS = List.of(
            "at",
            "after",
            "profile",
            "go",
            "by",
            "silently",
            "because",
            "come-back",
            "flap",
            "repeat",
            "every",
            "steps",
            "announce",
            "fail-next",
            "notify");
    private static final List<String> FLAP_KEYS = List.of("for", "between");
    private static final List<String> FAIL_KEYS = List.of("how", "requests");
    private static final List<String> NOTIFY_KEYS = List.of("type", "mask", "old", "new");

    /** Which keys belong to which action only. */
    private static final Map<String, String> BELONGS_TO =
            Map.of("by", "go", "silently", "go", "because", "go", "every", "repeat", "steps", "repeat");

    private static final Map<String, ChangedBy> CHANGED_BY =
            Map.of("network", ChangedBy.NETWORK, "user", ChangedBy.USER);
    private static final Map<String, RequestFailure> FAILURES = Map.of(
            "refuse", RequestFailure.REFUSE,
            "fail-after-start", RequestFailure.FAIL_AFTER_START,
            "never-complete", RequestFailure.NEVER_COMPLETE,
            "hang", RequestFailure.HANG,
            "throw", RequestFailure.THROW);

    private final Map<String, ProfileSettings> profiles;
    private final Problems problems;

    StepsParser(Map<String, ProfileSettings> profiles, Problems problems) {
        this.profiles = profiles;
        this.problems = problems;
    }

    /**
     * Steps that follow each other.
     *
     * @param steps at times from the block's beginning
     * @param end when the last of them is over
     * @param weight how many steps they come to when flaps are counted out
     */
    record Block(List<ScenarioStep> steps, long end, long weight) {
        static final Block EMPTY = new Block(List.of(), 0, 0);
    }

    Block steps(YamlNode node, Fields context) {
        List<ScenarioStep> steps = new ArrayList<>();
        long cursor = 0;
        long begun = 0;
        long end = 0;
        long weight = 0;
        for (YamlNode item : context.items(node, "a list of at least one step")) {
            Optional<Fields> fields = Fields.of(item, "a step", STEP_KEYS, problems);
            if (fields.isEmpty()) {
                continue;
            }
            long at = timeOf(fields.get(), cursor, begun);
            Block block = block(fields.get());
            weight += block.weight;
            if (at + block.end > Durations.LONGEST.toNanos() || weight > MAX_STEPS) {
                problems.at(
                        item,
                        "found more than " + Durations.LONGEST.toDays() + " days or " + MAX_STEPS
                                + " steps up to here, loops and flaps counted out, expected less");
                return Block.EMPTY;
            }
            block.steps.forEach(step -> steps.add(step.later(at)));
            begun = at;
            cursor = at + block.end;
            end = Math.max(end, cursor);
        }
        return new Block(steps, end, weight);
    }

    private long timeOf(Fields step, long cursor, long begun) {
        YamlNode atNode = step.get("at");
        Optional<Duration> at = step.duration("at");
        Optional<Duration> after = step.duration("after");
        if (atNode != null && step.get("after") != null) {
            problems.at(atNode, "found 'at' and 'after' in one step, expected one of them");
        }
        if (at.isPresent() && atNode != null) {
            if (at.get().toNanos() < begun) {
                problems.at(
                        atNode,
                        "found " + atNode.found() + ", expected no time before that of the step above ("
                                + Duration.ofNanos(begun) + ")");
                return cursor;
            }
            return at.get().toNanos();
        }
        return cursor + after.map(Duration::toNanos).orElse(0L);
    }

    private Block block(Fields step) {
        Mapping mapping = step.mapping();
        List<String> actions =
                ACTIONS.stream().filter(action -> step.get(action) != null).toList();
        if (actions.size() != 1) {
            problems.at(
                    mapping,
                    "found a step with " + (actions.isEmpty() ? "no action" : "the actions " + actions)
                            + ", expected one of " + ACTIONS);
            return Block.EMPTY;
        }
        String action = actions.get(0);
        BELONGS_TO.forEach((key, owner) -> {
            if (!owner.equals(action)) {
                step.refuseKey(key, "in a step with '" + action + "', expected it with '" + owner + "' only");
            }
        });
        return action.equals("repeat") ? repeat(step) : single(step, action);
    }

    private Block repeat(Fields step) {
        step.refuseKey("profile", "in a step with 'repeat', expected it in the steps that are repeated");
        Optional<Long> times = step.wholeNumber("repeat", 1, MAX_STEPS);
        Optional<Duration> every = step.duration("every");
        YamlNode body = step.require("steps", "a step with 'repeat'");
        if (body == null) {
            return Block.EMPTY;
        }
        Block once = steps(body, step);
        long period = every.map(Duration::toNanos).orElse(once.end);
        if (period < once.end) {
            step.refuseValue(
                    "every",
                    "at least the " + Duration.ofNanos(once.end).toMillis() + "ms that the repeated steps take");
            return Block.EMPTY;
        }
        long count = times.orElse(1L);
        if (period > Durations.LONGEST.toNanos() / count || once.weight > MAX_STEPS / count) {
            return new Block(List.of(), 0, MAX_STEPS + 1L); // too much; the caller says so
        }
        List<ScenarioStep> all = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long begin = i * period;
            once.steps.forEach(each -> all.add(each.later(begin)));
        }
        return new Block(all, count * period, count * once.weight);
    }

    private Block single(Fields step, String name) {
        ProfileSettings profile = profileOf(step);
        Action action =
                switch (name) {
                    case "go" -> go(step, profile);
                    case "come-back" -> comeBack(step);
                    case "flap" -> flap(step);
                    case "announce" -> announce(step);
                    case "fail-next" -> failNext(step);
                    default -> notifyForeign(step);
                };
        if (profile == null || action == null) {
            return Block.EMPTY;
        }
        Mapping where = step.mapping();
        ScenarioStep made = new ScenarioStep(0, profile.name(), action, where.line(), where.column());
        return action instanceof Flap flap
                ? new Block(List.of(made), flap.forNanos(), 1 + flap.atMost())
                : new Block(List.of(made), 0, 1);
    }

    private @Nullable ProfileSettings profileOf(Fields step) {
        Optional<String> name = step.text("profile");
        YamlNode node = step.get("profile");
        if (node == null) {
            if (profiles.size() > 1) {
                problems.at(step.mapping(), "found a step without 'profile', expected one of " + profiles.keySet());
                return null;
            }
            return profiles.values().stream().findFirst().orElse(null);
        }
        ProfileSettings profile = name.map(profiles::get).orElse(null);
        if (name.isPresent() && profile == null) {
            problems.at(
                    node,
                    "found the profile " + node.found() + ", expected one of " + profiles.keySet()
                            + Suggestion.of(name.get(), profiles.keySet()));
        }
        return profile;
    }

    private @Nullable Action go(Fields step, @Nullable ProfileSettings profile) {
        Optional<String> where = step.oneOf("go", Map.of("offline", "offline", "online", "online", AWAY, AWAY));
        Optional<ChangedBy> by = step.oneOf("by", CHANGED_BY);
        Optional<Boolean> silently = step.yesOrNo("silently");
        Optional<String> because = step.text("because");
        if (where.isEmpty()) {
            return null;
        }
        ConnectionState state = STATES.get(where.get());
        if (state == null) {
            for (String key : List.of("by", "silently")) {
                step.refuseKey(key, "with 'go: away', expected it with 'go: offline' and 'go: online' only");
            }
            return new GoAway(because.orElse("gone away, as the scenario says"));
        }
        step.refuseKey("because", "with 'go: " + where.get() + "', expected it with 'go: away' only");
        ChangedBy who = by.orElse(ChangedBy.NETWORK);
        if (!silently.orElse(false)) {
            return new Go(state, who);
        }
        if (profile != null && profile.capabilities().notifies(state)) {
            step.refuseKey(
                    "silently",
                    "with a change into " + state + ", which '" + profile.name()
                            + "' has the capability to tell of, expected it with others only");
        }
        return new GoSilently(state, who);
    }

    private @Nullable Action comeBack(Fields step) {
        Optional<String> in =
                step.oneOf("come-back", Map.of("offline", "offline", "online", "online", UNCHANGED, UNCHANGED));
        return in.isEmpty() ? null : new ComeBack(STATES.get(in.get()));
    }

    private @Nullable Action announce(Fields step) {
        Optional<String> what =
                step.oneOf("announce", Map.of("offline", "offline", "online", "online", NOTHING, NOTHING));
        if (what.isEmpty()) {
            return null;
        }
        ConnectionState target = STATES.get(what.get());
        return target == null ? new CallOff() : new Announce(target);
    }

    private @Nullable Action flap(Fields step) {
        Optional<Fields> given = nested(step, "flap", FLAP_KEYS);
        if (given.isEmpty()) {
            return null;
        }
        Fields flap = given.get();
        flap.require("for", "a flap");
        YamlNode between = flap.require("between", "a flap");
        Optional<Duration> lasting = flap.duration("for");
        if (between == null || lasting.isEmpty()) {
            return null;
        }
        String expected = "a list of two durations, the shortest and the longest pause, as [2s, 30s]";
        List<YamlNode> items = flap.items(between, expected);
        List<Duration> pauses =
                items.stream().map(flap::duration).flatMap(Optional::stream).toList();
        if (pauses.size() != 2 || items.size() != 2) {
            if (!items.isEmpty() && pauses.size() == items.size()) {
                problems.at(between, "found " + items.size() + " durations, expected " + expected);
            }
            return null;
        }
        if (pauses.get(0).isZero() || pauses.get(0).compareTo(pauses.get(1)) > 0) {
            problems.at(
                    between,
                    "found " + pauses.get(0) + " and " + pauses.get(1) + ", expected " + expected
                            + ", the first of them 1ms at least and not above the second");
            return null;
        }
        return new Flap(
                lasting.get().toNanos(), pauses.get(0).toMillis(), pauses.get(1).toMillis());
    }

    private @Nullable Action failNext(Fields step) {
        YamlNode node = step.get("fail-next");
        if (!(node instanceof Mapping)) {
            return step.oneOf("fail-next", FAILURES)
                    .map(how -> new FailNext(how, 1))
                    .orElse(null);
        }
        Optional<Fields> given = nested(step, "fail-next", FAIL_KEYS);
        if (given.isEmpty()) {
            return null;
        }
        given.get().require("how", "'fail-next'");
        Optional<RequestFailure> how = given.get().oneOf("how", FAILURES);
        Optional<Long> requests = given.get().wholeNumber("requests", 1, 1_000);
        return how.isEmpty()
                ? null
                : new FailNext(how.get(), requests.orElse(1L).intValue());
    }

    private @Nullable Action notifyForeign(Fields step) {
        Optional<Fields> given = nested(step, "notify", NOTIFY_KEYS);
        if (given.isEmpty()) {
            return null;
        }
        Fields values = given.get();
        values.require("type", "'notify'");
        Optional<Integer> type = values.unsigned("type");
        int mask = values.unsigned("mask").orElse(0);
        int oldState = values.unsigned("old").orElse(0);
        int newState = values.unsigned("new").orElse(0);
        if (type.isEmpty()) {
            return null;
        }
        if (isDocumented(type.get(), mask)) {
            problems.at(
                    values.mapping(),
                    "found a documented notification, expected another type or mask: 'go',"
                            + " 'announce' and 'come-back' make the documented ones");
            return null;
        }
        return new Foreign(type.get(), mask, oldState, newState);
    }

    private static boolean isDocumented(int type, int mask) {
        boolean stateChange = type >= MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_START
                && type <= MapiConstants.MAPIOFFLINE_NOTIFY_TYPE_STATECHANGE_DONE;
        return (stateChange && mask == MapiConstants.MAPIOFFLINE_STATE_OFFLINE_MASK)
                || type == MapiConstants.NOTIFY_TYPE_BACKEND_LOST
                || type == MapiConstants.NOTIFY_TYPE_BACKEND_RESTORED;
    }

    private Optional<Fields> nested(Fields step, String key, List<String> keys) {
        YamlNode node = step.get(key);
        return node == null ? Optional.empty() : Fields.of(node, "'" + key + "'", keys, problems);
    }
}
